"""Forms from elsewhere, and ours for elsewhere. Knows no database."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from r2com.core import fhir, xlsform
from r2com.core.instruments import BadDefinition, faults
from r2com.core.refusals import Refused

from . import definitions
from .speech import report, say

WRITERS = {"xlsform": xlsform.write, "fhir": fhir.write}


def bring(args) -> int:
    """Make an instrument of a form, and name everything that was left out."""
    source, out = Path(args.file), Path(args.out)
    if (out / "instrument.json").exists():
        raise Refused(f"{out} holds an instrument already. Give a folder that is new.")
    brought = xlsform.read(_bytes(source), source.name)
    _write(out / "instrument.json", brought.definition)
    for code, language in brought.languages.items():
        _write(out / "languages" / f"{code}.json", language)
    asked = len(brought.definition["questions"])
    if args.json:
        told = {"what": str(source), "out": str(out), "questions": asked}
        told |= {"languages": sorted(brought.languages), "not_carried": [asdict(one) for one in brought.left]}
        report(told)
    else:
        say(f"{out} holds {asked} questions from {source.name}.", *_named(brought.left))
        say(f"Read it, then: r2com instruments check {out}")
    return 0


def take(args) -> int:
    """Write an instrument as a form for elsewhere, and name everything that was left out."""
    definition, languages = definitions.read(args.what)
    if found := faults(definition, languages):
        raise BadDefinition(found)
    out = Path(args.out)
    if out.exists():
        raise Refused(f"{out} is there already. Give another name, or remove it first.")
    data, left = WRITERS[args.format](definition, languages)
    out.write_bytes(data)
    if args.json:
        report({"what": args.what, "out": str(out), "not_carried": [asdict(one) for one in left]})
    else:
        say(f"{out} is written.", *_named(left))
    return 0


def _named(left: Iterable[xlsform.Left]) -> list[str]:
    lines = [f"  {one}." for one in left]
    return [f"Not carried, {len(lines)}:", *lines] if lines else ["Everything was carried."]


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(f"{path} is not there. Name an .xlsx file.")
    with path.open("rb") as file:
        return file.read(xlsform.LARGEST_FILE + 1)


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
