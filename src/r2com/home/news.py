"""What others wrote since somebody last looked, by person and in a few words. From the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from r2com.access import order
from r2com.access.order import BY_CHANGE, Span
from r2com.access.questions import Question
from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.audit.trail import READINGS
from r2com.ui.addresses import each

from .caseload import Somebody

MOST_PEOPLE, MOST_EVENTS = 20, 400
BY_THE_PERSON = "entry.contested"  # by nobody with an account: the person wrote it, through a link

ABOUT: dict[str, str | Promise] = {
    "aftercare": _("a call afterwards"),
    "assessment": _("a talk"),
    "case": _("the case itself"),
    "choice": _("choices about sharing"),
    "closing": _("closing"),
    "condition": _("conditions"),
    "contact": _("a contact"),
    "contest": _("something contested"),
    "document": _("papers"),
    "entry": _("something contested"),
    "evidence": _("a talk"),
    "formulation": _("making sense"),
    "gate": _("before the gate"),
    "goal": _("the plan"),
    "item": _("a talk"),
    "lamp": _("the first 72 hours"),
    "letter": _("a letter"),
    "member": _("who works here"),
    "notice": _("what was told"),
    "observation": _("an observation"),
    "person": _("how to reach them"),
    "plan": _("the plan"),
    "programme": _("a programme"),
    "pulse": _("a pulse"),
    "question": _("a question to colleagues"),
    "questionnaire": _("a questionnaire"),
    "review": _("a review"),
    "safety_plan": _("the safety plan"),
    "step": _("the plan"),
    "supporter": _("people in their corner"),
    "task": _("what is to be done"),
}


@dataclass(frozen=True)
class News:
    """Somebody in whose record others wrote: what it was about, who they were, and when last."""

    at: datetime
    name: str
    url: str
    about: list[str]
    who: list[str]


@dataclass
class Written:
    """What the trail says about one case, the newest first."""

    at: datetime
    about: dict[str, None]
    who: dict[str | Promise, None]

    def names(self) -> list[str]:
        return [str(who) for who in self.who if who]


def _last_looked(asker, day_begins) -> QuerySet:
    earlier = Event.objects.filter(by=asker.pk, at__lt=day_begins).order_by("-at")
    return earlier.values_list("at", flat=True)[:1]


def _written(asker, since) -> QuerySet:
    changed = order.first(asker, MOST_PEOPLE, BY_CHANGE, Span(first=since))
    name = Subquery(User.objects.filter(pk=OuterRef("by")).values("name"))
    by_others = ~Q(by=asker.pk) & Q(by__isnull=False) | Q(by__isnull=True, name=BY_THE_PERSON)
    rows = Event.objects.filter(by_others, case__in=changed, at__gt=since).exclude(name__in=READINGS)
    rows = rows.order_by("-at").annotate(who=name)
    return rows.values_list("case", "name", "at", "by", "who")[:MOST_EVENTS]


LAST_LOOKED = Question(_last_looked)
WRITTEN = Question(_written)


def last_looked(user, day_begins: datetime) -> datetime | None:
    """When this user last did or read something on an earlier day."""
    return next(iter(LAST_LOOKED(user, day_begins=day_begins)), None)


def written(user, since: datetime) -> dict[UUID, Written]:
    """What others wrote since then, by case, in the cases that changed last."""
    found: dict[UUID, Written] = {}
    for case, event, at, by, who in WRITTEN(user, since=since):
        if (thing := event.partition(".")[0]) in ABOUT and not event.endswith(".printed"):
            kept = found.setdefault(case, Written(at, {}, {}))
            kept.about[str(ABOUT[thing])] = None
            kept.who[(who or "") if by else _("the person, through a link")] = None
    return found


def told(found: dict[UUID, Written], people: dict[UUID, Somebody], names: dict[UUID, str]) -> list[News]:
    """The same in words, the newest first."""
    person = each("person")
    return [
        News(one.at, names[case], person(people[case].reference), list(one.about), one.names())
        for case, one in found.items()
    ]
