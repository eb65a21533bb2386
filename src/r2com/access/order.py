"""Lists in order: the first cases of somebody, read from an index that is in that order already.

Sorting everything that somebody may see grows with what they may see. Instead each kind of grant, those
without an end and those with one, is read in order only as far as a page needs, and the two are put
together. The next page goes on behind the last row of this one, not after so many rows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models.expressions import RawSQL

from .models import moment_of, prepared


@dataclass(frozen=True)
class Order:
    """A column of Grant in which cases are put in order, and which end comes first."""

    column: str
    newest_first: bool = False


BY_DAY: Final = Order("day")
BY_CHANGE: Final = Order("changed_at", newest_first=True)


@dataclass(frozen=True)
class Span:
    """How far to read: from one day or moment to another, both included, and behind one row.

    `backwards` reads against the order, towards the beginning, for the page before this one. `closed` reads
    the cases that are over, and no others.
    """

    first: date | datetime | None = None
    last: date | datetime | None = None
    behind: tuple[date | datetime, UUID] | None = None
    backwards: bool = False
    closed: bool = False


EVERYTHING: Final = Span()
EACH_KIND = ("until IS NULL", "until > %s")


def first(user, count: int, order: Order = BY_DAY, span: Span = EVERYTHING) -> RawSQL:
    """The ids of the first cases that this user sees, for `filter(pk__in=…)`."""
    now = prepared("since", moment_of(user))
    falls = order.newest_first != span.backwards
    key, way = f'{order.column}, "case"', "DESC" if falls else "ASC"
    sorted_by = f'ORDER BY {order.column} {way}, "case" {way} LIMIT {count:d}'
    bounds, given = _bounds(order, span, "<" if falls else ">")
    kinds, params = [], []
    for number, kind in enumerate(EACH_KIND):
        where = f'"user" = %s AND closed = %s AND {kind} AND since <= %s{bounds}'
        kinds.append(
            f"SELECT * FROM (SELECT DISTINCT {key} FROM access_grant WHERE {where} {sorted_by}) k{number}"  # noqa: S608
        )
        params += [
            prepared("user", user.pk),
            prepared("closed", span.closed),
            *([now] if "%s" in kind else []),
            now,
            *given,
        ]
    return RawSQL(f'SELECT "case" FROM ({" UNION ".join(kinds)} {sorted_by}) f', params)  # noqa: S608, S611


def _bounds(order: Order, span: Span, beyond: str) -> tuple[str, list]:
    """What the span says, in SQL."""
    said, given = "", []
    for sign, value in ((">=", span.first), ("<=", span.last)):
        if value is not None:
            said += f" AND {order.column} {sign} %s"
            given.append(prepared(order.column, value))
    if span.behind:
        said += f' AND ({order.column}, "case") {beyond} (%s, %s)'
        given += [prepared(order.column, span.behind[0]), prepared("case", span.behind[1])]
    return said, given
