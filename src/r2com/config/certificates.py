"""Certificates on disk: check one, and write an invented one. Knows no database."""

import io
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image, ImageDraw

from r2com.content import read_text
from r2com.core import credentials as engine
from r2com.core.credentials import carriers, saying
from r2com.core.refusals import Refused
from r2com.credentials.certificate import certificate
from r2com.credentials.lookup import Lookup

from .speech import report, say, translated

DEMO_KEY = sha256(b"R2COM: an invented house, never to be trusted").digest()
DEMO = engine.Achievement(
    id="urn:uuid:0b5c5f0e-6f0c-4d2a-9a3e-8a2f1c9d7b10",
    name="Certified to rate with Open TV-RAT 0.1",
    description="Rates invented cases as others do, and says so when something is not known.",
    criteria="Two exams on invented cases, three months apart, agreed with the reference ratings.",
)


def verify(args) -> int:
    """Say what a certificate is worth, and each check for itself. Answers 0 only when it is valid."""
    sources = engine.Nothing() if args.offline else Lookup()
    found = checked(Path(args.file).read_bytes(), at=datetime.now(UTC), sources=sources)
    if args.json:
        report({"file": args.file, **as_json(found)})
    else:
        say(*sentences(found, args.language))
    return 0 if found.verdict == engine.Verdict.VALID else 1


def checked(data: bytes, *, at: datetime, sources: engine.Sources) -> engine.Report:
    """The report on the certificate that a file holds, whatever the file is."""
    try:
        document = engine.read(carriers.credential_in(data))
    except engine.Doubt as doubt:
        return engine.unreadable(doubt)
    return engine.verify(document, at=at, sources=sources)


def as_json(found: engine.Report) -> dict[str, Any]:
    """A report for a program that reads along."""
    return {
        "verdict": found.verdict,
        "checks": [
            {
                "name": check.step,
                "outcome": check.outcome,
                "why": check.why,
                "where": check.where,
                "says": saying.REASONS[check.why],
            }
            for check in found.checks
        ],
    }


def sentences(found: engine.Report, language: str) -> list[str]:
    def told(text: str) -> str:
        return translated(text, language)

    lines = [
        f"{told(saying.STEPS[check.step])}: {told(saying.OUTCOMES[check.outcome])}. "
        f"{told(saying.REASONS[check.why])}".strip()
        for check in found.checks
    ]
    return [f"{told(saying.VERDICTS[found.verdict])}. {told(saying.MEANS[found.verdict])}", *lines]


def export(args) -> int:
    """Write a certificate from an invented house to an invented person; its ending says as what."""
    where = Path(args.out)
    if where.exists():
        raise Refused(f"{where} is there already. Choose a new file.")
    document = invented(at=datetime.now(UTC))
    write = WRITERS.get(where.suffix.lower())
    if not write:
        raise Refused(f"Choose a file that ends in {', '.join(WRITERS)}.")
    where.write_bytes(write(document, args.language))
    say(f"{where} is written. House and person are invented; nobody vouches for them.")
    return 0


def invented(*, at: datetime) -> dict[str, Any]:
    """A certificate signed with a key that everybody can read."""
    issuer = engine.Issuer(engine.did_key(engine.public_key(DEMO_KEY)), "Lantern Association (invented)")
    given = engine.Given(
        id=uuid4().urn,
        holder="Zsófia Ławniczak",
        achievement=DEMO,
        valid_from=at,
        valid_until=at + timedelta(days=730),
    )
    return engine.issue(engine.credential(given, issuer), private=DEMO_KEY, at=at)


def _as_text(document: dict[str, Any], _language: str) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _as_paper(document: dict[str, Any], language: str) -> bytes:
    words = {name: translated(text, language) for name, text in saying.PAPER.items()}
    return certificate(document, language=language, words=words)


def _as_svg(document: dict[str, Any], _language: str) -> bytes:
    return carriers.in_svg(document, read_text("credentials", "badge.svg")).encode()


def _as_png(document: dict[str, Any], _language: str) -> bytes:
    drawn, plain = io.BytesIO(), Image.new("RGB", (200, 200), "white")
    pencil = ImageDraw.Draw(plain)
    pencil.ellipse((8, 8, 192, 192), outline="#20504f", width=8)
    pencil.line([(60, 104), (88, 132), (142, 70)], fill="#20504f", width=12)
    plain.save(drawn, "png")
    return carriers.in_png(document, drawn.getvalue())


WRITERS = {".json": _as_text, ".pdf": _as_paper, ".png": _as_png, ".svg": _as_svg}
