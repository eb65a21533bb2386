"""Ratings from a table of text: one to a line: `subject,rater,rating`, and `item` for several items."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np

from .alpha import Scale
from .tables import Array, BadRatings

COLUMNS = ("subject", "rater", "rating")
LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """What was rated on one item: `ratings` are subjects × raters. `name` is empty without items."""

    name: str
    ratings: Array


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    item: str
    subject: str
    rater: str
    rating: str


def read(lines: Iterable[str], scale: Scale = "nominal") -> list[Item]:
    """Items in the order in which they come up, with all subjects and raters of the table on each.

    An empty rating is a missing one. Words are allowed on a nominal scale only; otherwise ratings are numbers
    with a point. Raises BadRatings with the number of the line and what to do.
    """
    found: dict[tuple[str, str, str], _Line] = {}
    for line in _lines(lines):
        before = found.setdefault((line.item, line.subject, line.rater), line)
        if before is not line:
            raise BadRatings(
                f"Line {line.number}: {line.rater} rated {line.subject} already in line {before.number}. "
                "Keep one of the two."
            )
    if not found:
        raise BadRatings("There is no rating below the first line.")
    names = [list(dict.fromkeys(name)) for name in zip(*found, strict=True)]
    _must_be_enough(names)
    return list(_tables(found, names, _numbers(found.values(), scale)))


def _tables(
    found: dict[tuple[str, str, str], _Line], names: list[list[str]], numbers: dict[str, float]
) -> Iterator[Item]:
    items, subjects, raters = names
    at = [{name: place for place, name in enumerate(kind)} for kind in names]
    ratings = np.full((len(items), len(subjects), len(raters)), np.nan)
    for (item, subject, rater), line in found.items():
        if line.rating:
            ratings[at[0][item], at[1][subject], at[2][rater]] = numbers[line.rating]
    for name, table in zip(items, ratings, strict=True):
        if np.isnan(table).all():
            raise BadRatings(f"There is no rating at all{f' on item {name}' if name else ''}.")
        yield Item(name, table)


def _must_be_enough(names: list[list[str]]) -> None:
    _, subjects, raters = names
    for kind, there in (("subject", subjects), ("rater", raters)):
        if len(there) < 2:
            raise BadRatings(f"There is one {kind} only. Agreement needs at least two.")


def _numbers(lines: Iterable[_Line], scale: Scale) -> dict[str, float]:
    """Every rating as a number; words of a nominal scale by their place in the alphabet."""
    first = {line.rating: line for line in reversed(list(lines)) if line.rating}
    numbers = {text: _number(text) for text in first}
    if None not in numbers.values():
        return {text: number for text, number in numbers.items() if number is not None}
    if scale == "nominal":
        return {text: float(place) for place, text in enumerate(sorted(first))}
    strange = next(line for line in sorted(first.values(), key=_place) if numbers[line.rating] is None)
    raise BadRatings(
        f"Line {strange.number}: “{strange.rating}” is not a number, and the scale is {scale}. Write numbers "
        "with a point, leave missing ratings empty, or use --scale nominal."
    )


def _place(line: _Line) -> int:
    return line.number


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in text else None


def _lines(lines: Iterable[str]) -> Iterator[_Line]:
    reader = csv.reader(lines, strict=True)
    places: dict[str, int] = {}
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not places:
                places = _places([cell.strip().lower().lstrip("\ufeff") for cell in row])
                continue
            if reader.line_num > LONGEST:
                raise BadRatings(f"There are more than {LONGEST:,} lines. Take one item after the other.")
            yield _line(reader.line_num, row, places)
    except csv.Error as fault:
        raise BadRatings(f"Line {reader.line_num}: this is not CSV ({fault}).") from None
    if not places:
        raise BadRatings("The file is empty. Its first line is: subject,rater,rating")


def _places(head: list[str]) -> dict[str, int]:
    if missing := [name for name in COLUMNS if name not in head]:
        raise BadRatings(
            f"Line 1: there is no column {', '.join(missing)}. The first line is: subject,rater,rating "
            "(and item, if there are several)."
        )
    if twice := [name for name in (*COLUMNS, "item") if head.count(name) > 1]:
        raise BadRatings(f"Line 1: there is more than one column {', '.join(twice)}.")
    return {name: head.index(name) for name in (*COLUMNS, "item") if name in head}


def _line(number: int, row: list[str], places: dict[str, int]) -> _Line:
    if len(row) <= max(places.values()):
        raise BadRatings(f"Line {number}: there are only {len(row)} cells. An empty one needs its comma.")
    said = {name: row[place].strip() for name, place in places.items()}
    if empty := [name for name, cell in said.items() if not cell and name != "rating"]:
        raise BadRatings(f"Line {number}: there is no {' and no '.join(empty)}.")
    return _Line(number, said.get("item", ""), said["subject"], said["rater"], said["rating"])
