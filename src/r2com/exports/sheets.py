"""What an export holds. Without names: random ids, months for days, bands for ages, no words of anybody.

Ids are made anew for each export, so that two exports cannot be laid side by side. What fewer than five
people have in common is written as "rare". Sensitive items are left out unless it is an export with names,
which only somebody who reads them may ask for. What the person contests says so in its row; with names, also
what they say and what was answered.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from r2com.assessments.models import Rating
from r2com.assessments.responses import instrument_of
from r2com.cases.actions import age
from r2com.cases.models import Case
from r2com.contests.models import Contest
from r2com.instruments import reading
from r2com.instruments.reading import sensitive_items
from r2com.plans.models import Goal
from r2com.tasks.models import Task
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import ExportRequest, What

FEW = 5
RARE = "rare"
AT_ONCE = 500
NAMES = ("reference", "name")
CONTESTED = ("contested", "they_say", "answer")
# Columns by which somebody could be recognised when few have the same.
TELLING = {"phase", "release", "opened", "age", "language", "made", "due", "done_on", "begun"}


@dataclass(frozen=True)
class Sheet:
    """One kind of export: its columns, where its rows come from, and what each says.

    `entries` names the kind of entry that a row is, where it can be contested.
    """

    columns: tuple[str, ...]
    rows: Callable[[QuerySet], QuerySet]
    case_of: Callable[[object], Case]
    tell: Callable[["Telling", object], dict]
    opens_born: bool = False
    entries: str = ""


class Telling:
    """How days and ages are said in one export."""

    def __init__(self, is_identifiable: bool):
        self.is_identifiable = is_identifiable
        self.day_of_export = timezone.localdate()
        self._secret = secrets.token_bytes(16)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The parts of life by item, as the newest guide calls them."""
        hidden = set() if self.is_identifiable else sensitive_items()
        guide = reading.instrument(reading.newest(), "en")
        return {item.id: item.title for item in guide.items if item.id not in hidden}

    def id(self, case: Case) -> str:
        """The same for one person within this export, and for nobody in another."""
        return hmac.new(self._secret, case.person_id.bytes, "sha256").hexdigest()[:12]

    def day(self, day: date | datetime | None) -> str:
        if day is None:
            return ""
        if isinstance(day, datetime):
            day = timezone.localtime(day).date()
        return day.isoformat() if self.is_identifiable else f"{day:%Y-%m}"

    def age(self, case: Case) -> str:
        """A band of ten years."""
        born = case.person.birthday
        if born is None:
            return ""
        decade = age(born, self.day_of_export) // 10 * 10
        return f"{decade}-{decade + 9}"


def _case(telling: Telling, row: Case) -> dict:
    return {
        "phase": row.phase_on(telling.day_of_export).value,
        "release": telling.day(row.release_on),
        "opened": telling.day(row.opened_at),
        "age": telling.age(row),
        "language": row.person.language,
    }


def _task(telling: Telling, row: Task) -> dict:
    return {
        "kind": row.kind,
        "made": telling.day(row.made_at),
        "due": telling.day(row.due),
        "done": "yes" if row.is_done else "no",
        "done_on": telling.day(row.done.done_at) if row.is_done else "",
    }


def _goal(telling: Telling, row: Goal) -> dict:
    answer = row.plan.answer
    return {
        "plan": str(row.plan.number),
        "made": telling.day(row.plan.made_at),
        "answer": answer.says if answer else "draft",
        "about": telling.titles.get(row.item, ""),
        "builds_on": telling.titles.get(row.strength_item, ""),
    }


def _judgements(telling: Telling, row: Rating) -> dict:
    """One row an item; each question has a word."""
    guide = instrument_of(row.assessment, "en")
    words = {
        scale: guide.scales[scale].words[word].label
        for scale, word in row.judgements.items()
        if scale in guide.judgements
    }
    said = "; ".join(f"{guide.scales[scale].ask} {word}" for scale, word in words.items())
    return {
        "begun": telling.day(row.assessment.begun_at),
        "kind": row.assessment.kind,
        "item": row.item,
        "title": next((item.title for item in guide.items if item.id == row.item), ""),
        "need": words.get(guide.need_scale, ""),
        "strength": words.get(guide.strength_scale, ""),
        "all_words": said,
    }


def _tasks_of(cases: QuerySet) -> QuerySet:
    return Task.objects.filter(case__in=cases).select_related("case__person", "done")


def _goals_of(cases: QuerySet) -> QuerySet:
    rows = Goal.objects.filter(plan__case__in=cases, removed_at=None)
    return rows.select_related("plan__case__person").prefetch_related("plan__answers")


def _ratings_of(cases: QuerySet) -> QuerySet:
    rows = Rating.objects.filter(assessment__case__in=cases)
    heavy = ("assessment__published__definition", "assessment__published__languages")
    return rows.select_related("assessment__case__person", "assessment__published").defer(*heavy)


SHEETS = {
    What.CASELOAD: Sheet(
        ("phase", "release", "opened", "age", "language"),
        lambda cases: cases.select_related("person"),
        lambda row: row,
        _case,
        opens_born=True,
    ),
    What.TASKS: Sheet(("kind", "made", "due", "done", "done_on"), _tasks_of, lambda row: row.case, _task),
    What.PLANS: Sheet(
        ("plan", "made", "answer", "about", "builds_on"),
        _goals_of,
        lambda row: row.plan.case,
        _goal,
        entries="goal",
    ),
    What.JUDGEMENTS: Sheet(
        ("begun", "kind", "item", "title", "need", "strength", "all_words"),
        _ratings_of,
        lambda row: row.assessment.case,
        _judgements,
        entries="rating",
    ),
}


def columns(asked: ExportRequest) -> list[str]:
    sheet = SHEETS[asked.what]
    contested = CONTESTED[: None if asked.is_identifiable else 1] if sheet.entries else ()
    return ["person", *(NAMES if asked.is_identifiable else ()), *sheet.columns, *contested]


def cases(asked: ExportRequest) -> QuerySet:
    """The team's, as its supervisor sees them; all of the agency for who looks after data protection.

    What is set aside goes nowhere.
    """
    if asked.team_id is None:
        return (
            Case.objects.none()
            if asked.is_identifiable
            else Case.objects.in_use().filter(organisation=asked.organisation_id)
        )
    return Case.objects.visible_to(asked.asked_by).in_use().filter(team=asked.team_id)


def rows(asked: ExportRequest) -> QuerySet:
    found = SHEETS[asked.what].rows(cases(asked))
    if asked.what == What.JUDGEMENTS and not asked.is_identifiable:
        return found.exclude(item__in=sensitive_items())
    return found


def case_ids(asked: ExportRequest) -> list[str]:
    return sorted(str(pk) for pk in cases(asked).values_list("pk", flat=True))


def lines(asked: ExportRequest) -> Iterator[list[str]]:
    """The rows as cells, a few hundred in memory at a time. Without names they come in no order."""
    telling = Telling(asked.is_identifiable)
    known = {} if asked.is_identifiable else _people_by_value(asked, telling)
    names = columns(asked)
    for told in _told(asked, telling):
        yield [_or_rare(name, told[name], known) for name in names]


def _told(asked: ExportRequest, telling: Telling) -> Iterator[dict]:
    sheet = SHEETS[asked.what]
    ordered = rows(asked).order_by("pk" if asked.is_identifiable else "?")
    for some in _several(ordered.iterator(chunk_size=AT_ONCE)):
        if sheet.opens_born or asked.is_identifiable:
            keyring.warm(Owner.PERSON, _people(sheet, some))
        contested = _contested(sheet, some)
        for row in some:
            case = sheet.case_of(row)
            named = {"reference": case.reference, "name": case.person.name} if asked.is_identifiable else {}
            said = _said(contested.get(row.pk, []), opened=asked.is_identifiable)
            yield {"person": telling.id(case), **named, **sheet.tell(telling, row), **said}


def _contested(sheet: Sheet, some: list) -> dict[UUID, list[Contest]]:
    """What was said about these rows, in one query. Who may ask for a row may know that it is contested."""
    found: dict[UUID, list[Contest]] = {}
    if sheet.entries:
        rows = Contest.objects.filter(kind=sheet.entries, entry__in=[row.pk for row in some])
        for one in rows.select_related("decision").order_by("made_at"):
            found.setdefault(one.entry, []).append(one)
    return found


def _said(contests: list[Contest], *, opened: bool) -> dict:
    """Whether a row is contested; where names may stand, the person's words and what was answered."""
    told = {"contested": "yes" if contests else ""}
    if opened:
        answers = [one.decision for one in contests if one.is_decided]
        told["they_say"] = "\n".join(one.words for one in contests)
        told["answer"] = "\n".join(f"{one.outcome}: {one.reasons}" for one in answers)
    return told


def _people(sheet: Sheet, some: list) -> set[UUID]:
    return {sheet.case_of(row).person_id for row in some}


def _several(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _people_by_value(asked: ExportRequest, telling: Telling) -> dict[tuple[str, str], set[str]]:
    """For each value by which somebody could be recognised, up to five who have it."""
    known: dict[tuple[str, str], set[str]] = {}
    for told in _told(asked, telling):
        for name in TELLING & told.keys():
            people = known.setdefault((name, told[name]), set())
            if len(people) < FEW:
                people.add(told["person"])
    return known


def _or_rare(name: str, value: str, known: dict) -> str:
    few = known and name in TELLING and value and len(known[name, value]) < FEW
    return RARE if few else value
