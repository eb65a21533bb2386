"""What the door, the notice and the choices about sharing ask for by themselves."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.cases.models import Case
from r2com.core import reminders as rules
from r2com.people.models import Choice, NoticeGiven

from .models import PutOff
from .reminders import Saying, Source, Told, in_cases_that, register


def register_sources() -> None:
    register(
        Source(
            "the record",
            facts,
            [rules.notice, rules.release, rules.choices],
            {
                "notice": Saying(_("Tell them what we do and what we keep"), _explain),
                "release": Saying(_("Comes out"), _person),
                "choice": Saying(_("A yes to sharing runs out: ask again"), _explain),
            },
        )
    )


def facts(user, today) -> list[Told]:
    mine = in_cases_that(user, May.RATE)
    cases = Case.objects.visible_to(user).filter(pk__in=mine)
    given = NoticeGiven.objects.visible_to(user).filter(person__cases__in=mine)
    choices = Choice.objects.visible_to(user).live(today).filter(person__cases__in=mine)
    whom = Concat(Cast("recipient_id", TextField()), Value(":"), "purpose", output_field=TextField())
    return [
        Told(cases, "opened", TruncDate("opened_at"), case="pk"),
        Told(cases.filter(release_on__isnull=False), "release", F("release_on"), case="pk"),
        Told(given, "told", TruncDate("given_at"), case="person__cases"),
        Told(choices, "choice", F("until"), case="person__cases", about=F("pk"), word=whom),
        Told(
            PutOff.objects.visible_to(user).filter(until__gt=today),
            rules.PUT_OFF,
            F("until"),
            about=F("about"),
            word=F("kind"),
        ),
    ]


def _explain(reference: str, about: str) -> str:
    return reverse("explain", args=[reference])


def _person(reference: str, about: str) -> str:
    return reverse("person", args=[reference])
