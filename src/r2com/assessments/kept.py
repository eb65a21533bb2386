"""What talks and pulses put into the line of time of a case."""

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Answer, Assessment, HandingIn, Pulse

RETURNED, SIGNED = "returned", "signed"


def register_kept() -> None:
    register(
        Kept(
            "talk",
            Lane.UNDERSTOOD,
            lambda asker, case: Assessment.objects.visible_to(asker).filter(case=case),
            at="begun_at",
            who="begun_by__name",
            word=F("kind"),
            link="assessment",
            says=lambda word: Assessment.Kind(word).label,
        ),
        Kept(
            "handed_in",
            Lane.UNDERSTOOD,
            lambda asker, case: HandingIn.objects.visible_to(asker).filter(assessment__case=case),
            at="at",
            who="by__name",
            about="assessment_id",
            link="assessment",
            says=lambda word: _("Handed in to the supervisor"),
        ),
        Kept(
            "answered",
            Lane.UNDERSTOOD,
            lambda asker, case: Answer.objects.filter(
                handing_in__in=HandingIn.objects.visible_to(asker), handing_in__assessment__case=case
            ),
            at="at",
            who="by__name",
            word=Case(When(is_return=True, then=Value(RETURNED)), default=Value(SIGNED)),
            about="handing_in__assessment_id",
            link="assessment",
            says=lambda word: _("Returned with comments") if word == RETURNED else _("Signed off"),
        ),
        Kept(
            "pulse",
            Lane.UNDERSTOOD,
            lambda asker, case: Pulse.objects.visible_to(asker).filter(case=case, amended=None),
            at="said_at",
            who="kept_by__name",
            link="kept_pulse",
            says=lambda word: _("Pulse"),
        ),
    )
