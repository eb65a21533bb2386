"""Invented contacts: visits and calls, one that nobody came to, one written late, one amended, one lunch."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case
from r2com.contacts import actions as contacts
from r2com.contacts.models import Statement
from r2com.contacts.note import About, Note, Promise, Said
from r2com.content import read_json
from r2com.plans.models import Plan

if TYPE_CHECKING:
    from .begin import Stage

HALF_AN_HOUR = timedelta(minutes=30)
COMMON = ("kind", "minutes", "purpose", "words", "readers")
OWN = ("attendance", "because", "changes")


def write_all(stage: "Stage") -> None:
    """Write down every contact that is told of, in the order of the days."""
    told = read_json("demo", "contacts.json")
    cases = {case.person.name: case for case in Case.objects.with_people()}
    for one in told["contacts"]:
        _write(stage, cases[one["person"]], one)
    _session(stage, cases, told["session"])


def _write(stage: "Stage", case: Case, told: dict[str, Any]) -> None:
    by, note = stage.staff[told["by"]], _note(stage, case, told)
    written = stage.moment(told["written"], 17) if "written" in told else note.happened_at + HALF_AN_HOUR
    at = min(written, stage.now)
    words, days = told.get("next", ("", 0))
    promise = Promise(words, stage.day(days)) if words else None
    contact = contacts.write(case, note=note, promise=promise, by=by, at=at)
    if "amended" in told:
        better = told["amended"]
        note = replace(note, words=better["words"])
        at = stage.moment(better["day"], 16)
        contacts.amend(contact, base=1, note=note, reason=better["reason"], by=by, at=at)


def _session(stage: "Stage", cases: dict[str, Case], told: dict[str, Any]) -> None:
    """One lunch with several people. Each has a note of their own."""
    common = {name: told[name] for name in ("day", "hour", "kind", "purpose", "readers")}
    notes = []
    for one in told["people"]:
        came = "attendance" not in one
        words = "\n\n".join(filter(None, [told["words"] if came else "", one.get("words", "")]))
        own = {**common, **one, "words": words, "minutes": told["minutes"] // len(told["people"])}
        notes.append((cases[one["person"]], _note(stage, cases[one["person"]], own)))
    at = notes[0][1].happened_at + HALF_AN_HOUR
    contacts.write_for_several(notes, by=stage.staff[told["by"]], at=min(at, stage.now))


def _note(stage: "Stage", case: Case, told: dict[str, Any]) -> Note:
    given = {name: told[name] for name in COMMON + OWN if name in told}
    said = tuple(Said(kind, words) for kind in ("said", "observed", "view") for words in told.get(kind, []))
    said += tuple(Said(Statement.Type.REPORTED, words, who) for words, who in told.get("reported", []))
    return Note(
        happened_at=stage.moment(told["day"], told["hour"]),
        statements=said,
        towards=_first_goal(case) if told.get("towards") else (),
        **given,
    )


def _first_goal(case: Case) -> tuple[About, ...]:
    plan = Plan.objects.filter(case=case).standing().first()
    return tuple(About(goal) for goal in plan.kept_goals[:1]) if plan else ()
