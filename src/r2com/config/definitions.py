"""Instrument files on disk: check them, and mark what a translation was made from. Knows no database."""

import json
from dataclasses import asdict
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from r2com.content import folder
from r2com.core.instruments import Fault, faults, text_hashes
from r2com.core.refusals import Refused

from .speech import report, say

Languages = dict[str, Any]


def check(args) -> int:
    """Say everything that is wrong with a definition, each with its address and what to do."""
    definition, languages = read(args.what)
    found = faults(definition, languages)
    if args.json:
        report({"what": args.what, "faults": [asdict(fault) for fault in found]})
    else:
        say(*sentences(args.what, found))
    return 1 if found else 0


def sentences(what: str, found: list[Fault]) -> list[str]:
    if not found:
        return [f"{what} is sound."]
    return [*map(str, found), f"{len(found)} to mend in {what}."]


def write_hashes(args) -> int:
    """Write into each language file which English wording it was made from."""
    where = Path(args.what)
    if not (where / "instrument.json").is_file():
        raise Refused(f"{where} holds no instrument.json. Give the folder of one version.")
    wanted = text_hashes(_json(where / "instrument.json"))
    for path in sorted((where / "languages").glob("*.json")):
        language = _json(path)
        before = language.get("of_hash", {})
        changed = [name for name, text in wanted.items() if before.get(name) != text]
        language["of_hash"] = wanted
        path.write_text(json.dumps(language, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        say(f"{path.name}: {', '.join(changed) or 'nothing'} newly marked as made from the present wording.")
    return 0


def read(what: str) -> tuple[Any, Languages]:
    """A definition and its languages, from a folder, a JSON file, or an id that comes with the software.

    Raises Refused when there is nothing to read, or when it is not JSON.
    """
    path = Path(what)
    if path.is_file():
        return _json(path), {}
    where = path if path.is_dir() else _packaged(what)
    return _json(where.joinpath("instrument.json")), _languages(where.joinpath("languages"))


def _languages(where: Traversable) -> Languages:
    files = [entry for entry in where.iterdir() if entry.name.endswith(".json")] if where.is_dir() else []
    return {file.name[:-5]: _json(file) for file in sorted(files, key=lambda file: file.name)}


def _packaged(name: str) -> Traversable:
    """The newest version of an instrument that travels with the software."""
    home = folder("instruments", name)
    if not name or "/" in name or not home.is_dir():
        raise Refused(f"There is no instrument at “{name}”, and none of that name comes with the software.")
    return home.joinpath(max(entry.name for entry in home.iterdir() if entry.is_dir()))


def _json(file: Traversable) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"{file} is not there.") from None
    except ValueError as fault:
        raise Refused(f"{file.name} is not JSON: {fault}.") from None
