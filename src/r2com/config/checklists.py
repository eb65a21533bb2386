"""Checklist files on disk: say what is wrong with one. Knows no database."""

import json
from dataclasses import asdict
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from r2com.content import folder
from r2com.core.checklists import faults
from r2com.core.instruments import Fault
from r2com.core.refusals import Refused

from .definitions import sentences
from .speech import report, say


def check(args) -> int:
    """Say everything that is wrong with a checklist, each with its address and what to do."""
    found = faults(*read(args.what))
    if args.json:
        report({"what": args.what, "faults": [asdict(fault) for fault in found]})
    else:
        say(*sentences(args.what, found))
    return 1 if found else 0


def packaged_faults() -> dict[str, list[Fault]]:
    """What is wrong with the checklists that travel with the software, by their place. Nothing, we hope."""
    home = folder("checklists")
    versions = [
        (one.name, version) for one in home.iterdir() for version in one.iterdir() if version.is_dir()
    ]
    found = {f"{name}/{version.name}": faults(*_of(version)) for name, version in versions}
    return {place: wrong for place, wrong in found.items() if wrong}


def read(what: str) -> tuple[Any, dict[str, Any]]:
    """A checklist and its languages, from the folder of one version, or an `ID/VERSION` of ours."""
    path = Path(what)
    if path.is_dir():
        return _of(path)
    parts = what.split("/")
    home = folder("checklists", *parts)
    if ".." in parts or "" in parts or not home.joinpath("checklist.json").is_file():
        raise Refused(
            f"There is no checklist at “{what}”. Give a folder, or ID/VERSION of one that comes along."
        )
    return _of(home)


def _of(version: Traversable) -> tuple[Any, dict[str, Any]]:
    where = version.joinpath("languages")
    files = sorted(where.iterdir(), key=lambda file: file.name) if where.is_dir() else []
    languages = {file.name[:-5]: _json(file) for file in files if file.name.endswith(".json")}
    return _json(version.joinpath("checklist.json")), languages


def _json(file: Traversable) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"{file} is not there.") from None
    except ValueError as fault:
        raise Refused(f"{file.name} is not JSON: {fault}.") from None
