"""The certificate on paper: a tagged PDF/A-3 with the certificate itself inside and a QR code on it."""

import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import segno

from r2com.core.credentials.carriers import NAME
from r2com.core.credentials.moments import moment
from r2com.core.credentials.saying import PAPER
from r2com.ui.pdf import pdf

TEMPLATE = Path(__file__).parent / "typst/certificate.typ"


def certificate(
    document: Mapping[str, Any], *, address: str = "", language: str = "en", words: Mapping[str, str] = PAPER
) -> bytes:
    """A signed certificate as PDF/A-3a and PDF/UA-1, with itself attached; the QR leads to `address`.

    `words` are what stands around it (`saying.PAPER`), in the `language` that the paper is said to be in.
    """
    subject = document["credentialSubject"]
    begins, ends = _day(document.get("validFrom")), _day(document.get("validUntil"))
    data = {
        "language": language,
        "words": {**PAPER, **words},
        "holder": subject["identifier"][0]["identityHash"],
        "name": subject["achievement"]["name"],
        "description": subject["achievement"]["description"],
        "criteria": subject["achievement"]["criteria"]["narrative"],
        "issuer": document["issuer"]["name"],
        "begins": begins.isoformat() if begins else "",
        "ends": ends.isoformat() if ends else "",
        "date": [begins.year, begins.month, begins.day] if begins else [2000, 1, 1],
        "id": document["id"],
        "address": address,
    }
    inside = {NAME: json.dumps(document, ensure_ascii=False, indent=1).encode()}
    return pdf(TEMPLATE, data, {"code.svg": _code(address)} if address else {}, inside=inside)


def _code(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2)
    return drawn.getvalue()


def _day(text: Any) -> date | None:
    found = moment(text)
    return found.date() if found else None
