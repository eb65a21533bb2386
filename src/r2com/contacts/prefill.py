"""What a form begins with, so that nobody types what is known already."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.cases.phases import Phase
from r2com.plans.models import Plan
from r2com.tasks.models import Task

from .models import Attendance, Contact, Kind, Readers, Statement
from .note import About, Note

A_VISIT = 45
# How soon one meets again, by phase (field practice after Critical Time Intervention). A day to change.
RHYTHM = {
    Phase.UNKNOWN: timedelta(days=14),
    Phase.BEFORE: timedelta(days=14),
    Phase.LANDING: timedelta(days=1),
    Phase.SETTLING: timedelta(days=7),
    Phase.TRYING: timedelta(days=14),
    Phase.HANDING_OVER: timedelta(days=28),
}
LINE = re.compile(r"(said|observed|reported|view|who)_(\d{1,2})")
Goals = list[tuple[str, str, About]]


def anew(case: Case, user: User, tasks: list[Task], now: datetime) -> dict:
    """Now, as last time, with the two who were there, and when one meets again."""
    return {**when(case, user, now), **present(case, user), **meeting_again(case, user, tasks, now.date())}


def when(case: Case | None, user: User, now: datetime) -> dict:
    """Kind, minutes and readers as in the last note of this writer about this person; chance is no habit."""
    own = Contact.objects.visible_to(user).filter(written_by=user).newest_first().with_version()
    last = own.filter(case=case).exclude(standing__kind=Kind.CHANCE).first() if case else None
    return {
        "happened_at": now.replace(second=0, microsecond=0),
        "attendance": Attendance.TOOK_PLACE,
        "kind": last.standing.kind if last else Kind.VISIT,
        "minutes": last.standing.minutes if last else A_VISIT,
        "readers": last.standing.readers if last else Readers.CASE_TEAM,
    }


def present(case: Case, user: User) -> dict:
    return {"present": f"{case.person.short_name}, {user.get_short_name()}"}


def meeting_again(case: Case, user: User, tasks: list[Task], day: date) -> dict:
    """A proposal for what is due next, unless something of theirs is coming already."""
    phase = case.phase_on(day)
    if phase not in RHYTHM or any(task.due > day for task in tasks):
        return {}
    return {"next_words": _("Meet again"), "next_due": day + RHYTHM[phase], "next_meets": True}


def again(note: Note, goals: Goals) -> dict:
    """What a routine note gives to the next one. What was said, seen or thought belongs to its own day."""
    kept = ("kind", "minutes", "readers", "present", "purpose", "words")
    return {**{name: getattr(note, name) for name in kept}, "towards": chosen(note, goals)}


def amending(note: Note, goals: Goals) -> dict:
    """A note as its form shows it."""
    kept = ("happened_at", "kind", "attendance", "minutes", "readers")
    said = ("present", "purpose", "words", "because", "changes")
    start = {name: getattr(note, name) for name in kept + said} | {"towards": chosen(note, goals)}
    for kind in Statement.Type:
        for number, one in enumerate(_of(note, kind), 1):
            start[f"{kind}_{number}"] = one.words
            start |= {f"who_{number}": one.who} if kind == Statement.Type.REPORTED else {}
    return start


def lines_of(note: Note) -> dict[str, int]:
    """How many lines each type of statement needs."""
    return {kind: max(1, len(_of(note, kind))) for kind in Statement.Type}


def lines_in(names: Iterable[str], more: str = "") -> dict[str, int]:
    """How many lines of each type a form had that holds these fields, and one more where it was asked for."""
    found = [
        (match[1].replace("who", "reported"), int(match[2])) for match in map(LINE.fullmatch, names) if match
    ]
    had = {kind: max([1, *(number for name, number in found if name == kind)]) for kind in Statement.Type}
    return had | ({more: had[more] + 1} if more in had else {})


def goals_of(case: Case, user: User, note: Note | None = None) -> Goals:
    """The goals and steps of the plan that is worked with, and those that the note names already."""
    plans = Plan.objects.visible_to(user).filter(case=case).standing()
    plan = plans.prefetch_related("goals__steps").first()
    offered = [_about(goal) for goal in plan.kept_goals] if plan else []
    rows = [one for goal in offered for one in goal]
    rows += [_one(about) for about in (note.towards if note else ())]
    return list({key: (key, label, about) for key, label, about in rows}.values())


def chosen(note: Note, goals: Goals) -> list[str]:
    offered = {key for key, _label, _about in goals}
    return [key for key, _label, _about in map(_one, note.towards) if key in offered]


def _of(note: Note, kind: str) -> list:
    return [one for one in note.statements if one.type == kind]


def _about(goal) -> Goals:
    return [_one(About(goal)), *(_one(About(goal, step)) for step in goal.steps.all())]


def _one(about: About) -> tuple[str, str, About]:
    """The key, the label and the goal or step itself."""
    if about.step is None:
        return str(about.goal.pk), _("“%(goal)s”") % {"goal": about.goal.words}, about
    return str(about.step.pk), about.step.words, about
