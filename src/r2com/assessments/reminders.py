"""What talking and rating asks for by itself: when to talk, when to look again, what waits for an answer."""

from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, in_cases_that, register

from .models import Assessment, HandingIn


def register_source() -> None:
    register(
        Source(
            "assessments",
            facts,
            [rules.first_look, rules.full_guide, rules.sign_off],
            {
                "first_look": Saying(_("First look, before release"), _talks),
                "full_guide": Saying(_("Full guide, within 30 days"), _talks),
                "sign_off": Saying(_("Read what was handed in"), _answer),
            },
        )
    )


def facts(user, today) -> list[Told]:
    """Every talk as a fact of its own kind; what was handed in and waits, for whoever signs it off."""
    begun = Assessment.objects.visible_to(user).filter(case__in=in_cases_that(user, May.RATE))
    waiting = Assessment.objects.visible_to(user).filter(
        Exists(HandingIn.objects.filter(assessment=OuterRef("pk"), answer__isnull=True)),
        case__in=in_cases_that(user, May.SIGN_OFF),
    )
    stands = Q(answer__isnull=True) | Q(answer__is_return=False)
    is_in = Exists(HandingIn.objects.filter(stands, assessment=OuterRef("pk")))
    state = Case(When(is_in, then=Value("handed_in")), default=Value("open"))
    handed_in = HandingIn.objects.filter(assessment=OuterRef("pk"), answer__isnull=True).order_by("-at")
    since = TruncDate(handed_in.values("at")[:1])
    return [
        Told(begun, F("kind"), TruncDate("begun_at"), about=F("pk"), word=state),
        Told(waiting, "handed_in", since, about=F("pk")),
    ]


def _talks(reference: str, about: str) -> str:
    return reverse("assessments", args=[reference])


def _answer(reference: str, about: str) -> str:
    return reverse("sign_off", args=[UUID(about)])
