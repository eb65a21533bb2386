"""The commands that take copies, bring them back and try them: parse, one action, some sentences."""

from pathlib import Path

from django.utils import timezone

from r2com.config.copies import again as replaying
from r2com.config.speech import complain, report, say
from r2com.core.refusals import Refused

from . import archive, bringing, drilling, taking
from .archive import DATA, KEYS


def backup(args) -> int:
    """Take a copy while people go on working."""
    holds = KEYS if args.keys else DATA
    said = taking.take(Path(args.file), holds=holds, at=timezone.localtime(), tell=say)
    rows = sum(table["rows"] for table in said.tables.values())
    say(f"The {holds} are in {args.file}: {len(said.tables)} tables, {rows:,} rows.")
    if holds == DATA:
        say("Now the keys, to another place: `r2com backup --keys FILE`. Without them the copy is noise.")
    return 0


def restore(args) -> int:
    """Bring a copy back."""
    said = bringing.bring(Path(args.file), replace=args.replace, sign_out=not args.keep_sessions, tell=say)
    say(f"The {said.holds} of {said.made_at} are back.")
    again = replaying.after_restore()
    if again["keys"] or again["rows"]:
        say(f"Destroyed again, as it was: {again['keys']} keys, {again['rows']} records and people.")
    say("When data and keys are both there: `r2com upgrade`, then `r2com check`.")
    return 0


def drill(args) -> int:
    """Try a copy of this installation in a place that is thrown away."""
    tell = (lambda sentence: None) if args.json else say
    found = drilling.here(args.sealed) if args.here else _tried(args, tell)
    if args.json:
        report(found)
        return 1 if found["wrong"] else 0
    for sentence in found["wrong"]:
        complain(sentence)
    say(*_told(found))
    return 1 if found["wrong"] else 0


def _tried(args, tell) -> dict:
    if len(args.copies) not in (0, 2):
        raise Refused("Name a copy of the data and a copy of the keys, or none for fresh ones.")
    given = {archive.manifest(Path(path)).holds: Path(path) for path in args.copies}
    if args.copies and set(given) != {DATA, KEYS}:
        raise Refused("Name one copy of the data and one of the keys.")
    return drilling.drill(given, sealed=args.sealed, at=timezone.localtime(), tell=tell)


def _told(found: dict) -> list[str]:
    lines = [f"{found['opened']} sealed fields opened. Looked at: {', '.join(found['looked_at'])}."]
    if "rows" in found:
        tables, rows, seconds = (sum(found[name].values()) for name in ("tables", "rows", "seconds"))
        lines.insert(
            0, f"{tables} tables with {rows:,} rows came back as they were copied, in {seconds:.1f} s."
        )
    return [*lines, "Not everything is well." if found["wrong"] else "All is well."]
