"""`r2com cases`: an existing caseload moves in from a list, and back out if it was a mistake.

What is said here names rows and columns, never anything that stands in a cell.
"""

import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.utils import timezone

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.core.refusals import Refused
from r2com.imports import actions, mapping, trial, work
from r2com.imports.convert import Reader
from r2com.imports.fields import FIELDS
from r2com.imports.house import house
from r2com.imports.models import Import, Row
from r2com.imports.outcomes import Left, Outcome, Why
from r2com.imports.tables import open_table
from r2com.organisations.models import Membership, Team

from .speech import complain, report, say

LARGEST = 64 * 1024 * 1024
EVERY = 1.0


def bring_in(args) -> int:
    """Say what would happen with each row, or do it. Answers 0 only when every row was taken or is here."""
    map, more = mapping.from_json(_text(args.map))
    by, team = supervisor(args.by or more["by"])
    with closing(_opened(args.file)) as file:
        do = _tried if args.dry_run else _done
        said = do(file, map, more["reason"], by, team)
    report(said) if args.json else say(*_in_words(said))
    fine = said["counts"].get(Outcome.TAKEN, 0) + said["counts"].get(Outcome.HERE, 0)
    return 0 if fine == said["rows"] else 1


def take_out(args) -> int:
    """Say what would go and what would stay; with --yes, do it."""
    by, _team = supervisor(args.by)
    found = Import.objects.visible_to(by).filter(pk=_uuid(args.id)).first()
    if found is None:
        raise Refused("There is no such list in this team.")
    if args.yes:
        found_undoing = actions.undo(found, by=by, at=timezone.now())
        work.move_out(found_undoing)
        rows = Row.objects.filter(of=found)
        say(
            *_gone(
                Counter(rows.exclude(left="").values_list("left", flat=True)), rows.exclude(undone_at=None)
            )
        )
        return 0
    found.must_be_undoable(timezone.now())
    goes, stays = work.would_stay(found)
    why = Counter(left for _row, left in stays)
    say(f"{goes} cases would be deleted.")
    say(*[f"{count} would stay: {Left(left).label}" for left, count in why.items()], "Do it with --yes.")
    return 0


def supervisor(email: str) -> tuple[User, Team]:
    """Who answers for it, and whose team it is."""
    if not email:
        raise Refused("Say which supervisor answers for this, with --by or with “by” in the map.")
    places = Membership.objects.on(timezone.localdate()).select_related("user", "team__organisation")
    place = places.filter(user__email=email.lower(), role=Role.SUPERVISOR, team__isnull=False).first()
    if place is None:
        raise Refused("Nobody with this address supervises a team here.")
    return place.user, place.team


def _tried(file: BinaryIO, map: mapping.Map, _reason: str, by: User, team: Team) -> dict[str, Any]:
    """A dry run. Nothing is written."""
    today = timezone.localdate()
    with open_table(file, sheet=map.sheet) as table:
        reader = Reader(house(team, today), map, table.headings, today)
        found = trial.tally(_counted(table.lines, _progress()), reader, to=by)
        headings = table.headings
    rows = [_row(one.number, one.outcome, one.faults, map) for one in found.others]
    return _said(map, headings, found.counts, rows, dry_run=True)


def _done(file: BinaryIO, map: mapping.Map, reason: str, by: User, team: Team) -> dict[str, Any]:
    """For real, or on from where it was cut off."""
    found = actions.begin_here(team, file=file, map=map, reason=reason, by=by, at=timezone.now())
    if found.position:
        complain(f"Going on after row {found.position}.")
    tell = _progress(found.number)
    work.move_in(found, file, tell=tell)
    rows = Row.objects.filter(of=found)
    counts = Counter(rows.order_by().values_list("outcome", flat=True))
    others = rows.exclude(outcome=Outcome.TAKEN)
    listed = [_row(one.number, one.outcome, one.faults, map) for one in others]
    return {"import": str(found.pk), **_said(map, found.headings, counts, listed, dry_run=False)}


def _said(map, headings, counts, rows, *, dry_run) -> dict[str, Any]:
    left = map.not_taken(headings)
    return {
        "dry_run": dry_run,
        "rows": Counter(counts).total(),
        "counts": {str(outcome): counts[outcome] for outcome in Outcome if counts[outcome]},
        "not_taken": [heading for heading in left if not mapping.is_never(heading)],
        "never_recorded": [heading for heading in left if mapping.is_never(heading)],
        "others": rows,
    }


def _row(number: int, outcome: str, faults, map: mapping.Map) -> dict[str, Any]:
    return {"row": number, "outcome": str(outcome), "faults": [_fault(*one, map) for one in faults]}


def _fault(name: str, why: str, map: mapping.Map) -> dict[str, Any]:
    columns = map.columns.get(name, [])
    return {"field": name, "columns": columns, "why": str(why), "says": str(Why(why).label)}


def _in_words(said: dict[str, Any]) -> list[str]:
    begins = "This is what would happen. Nothing was written." if said["dry_run"] else "Done."
    lines = [begins, *[f"{Outcome(one).label}: {count}" for one, count in said["counts"].items()]]
    lines += [f"Column not taken: {heading}" for heading in said["not_taken"]]
    lines += [f"Column never recorded here, and not taken: {heading}" for heading in said["never_recorded"]]
    for row in said["others"]:
        for fault in row["faults"]:
            where = ", ".join(fault["columns"]) or (FIELDS[fault["field"]].label if fault["field"] else "")
            lines.append(f"Row {row['row']}, {where}: {Outcome(row['outcome']).label}. {fault['says']}")
    if "import" in said:
        lines.append(f"To take it back within 14 days: r2com cases undo-import {said['import']} --by EMAIL")
    return lines


def _gone(stays: Counter, gone) -> list[str]:
    return [
        f"{gone.count()} cases were deleted.",
        *[f"{count} stay: {Left(left).label}" for left, count in stays.items()],
    ]


def _progress(rows: int = 0) -> Callable[[int], None]:
    """Says how far it is, once a second; nothing when it takes no longer than that."""
    said_at = time.monotonic()

    def tell(row: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= EVERY:
            said_at = time.monotonic()
            complain(f"Row {row} of {rows}." if rows else f"Row {row}.")

    return tell


def _counted(lines, tell):
    for line in lines:
        tell(line.number)
        yield line


def _opened(path: str) -> BinaryIO:
    file = Path(path).open("rb")  # noqa: SIM115, closed by whoever asked
    if os.fstat(file.fileno()).st_size > LARGEST:
        file.close()
        raise Refused("This file is larger than 64 MB. Move the list in in parts.")
    return file


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The map is not text in UTF-8. Save it as that.") from None


def _uuid(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise Refused("This is no number of a list. It was said when the list moved in.") from None
