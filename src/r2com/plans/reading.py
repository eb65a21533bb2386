"""How a plan is read, on the page and on paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.core.instruments import Instrument

from . import guide
from .models import Answer, Goal, Plan

SAID = {
    Answer.Says.AGREES: lambda name, day: _("%(name)s agreed on %(day)s.") % {"name": name, "day": day},
    Answer.Says.DISAGREES: lambda name, day: (
        _("%(name)s did not agree, on %(day)s.") % {"name": name, "day": day}
    ),
    Answer.Says.COULD_NOT: lambda name, day: (
        _("%(name)s could not answer, on %(day)s.") % {"name": name, "day": day}
    ),
}


@dataclass(frozen=True)
class ReadGoal:
    """A goal with the names of the part of life it is about and of the strength it builds on.

    A name is empty for somebody who does not read sensitive items.
    """

    goal: Goal
    need: str
    strength: str

    @property
    def helps(self) -> list[str]:
        return lines(self.goal.helps)


def goals(plan: Plan, instrument: Instrument, *, with_sensitive: bool) -> list[ReadGoal]:
    names = guide.titles(instrument, with_sensitive=with_sensitive)
    return [ReadGoal(g, names.get(g.item, ""), names.get(g.strength_item, "")) for g in plan.kept_goals]


def lines(text: str) -> list[str]:
    """What was written one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def numbers(ring: str) -> list[dict[str, str]]:
    """Whom to ring: the name before the colon, the number after it."""
    parts = [line.partition(":") for line in lines(ring)]
    return [{"name": name.strip(), "phone": phone.strip()} for name, _colon, phone in parts]


def whose(plan: Plan) -> str:
    """The plan's title: “Milo’s plan”."""
    return _("%(name)s’s plan") % {"name": plan.case.person.short_name}


def answered(plan: Plan) -> str:
    """What the person said about it and when, or that nobody has agreed yet."""
    if plan.is_draft:
        return _("Nobody has agreed to this yet.")
    return SAID[plan.answer.says](plan.case.person.short_name, day(plan.answer.at))


def day(moment: datetime) -> str:
    """A day in full, as on a letter."""
    return date_format(timezone.localtime(moment), pgettext("a day in full, as in 17 November 2026", "j F Y"))
