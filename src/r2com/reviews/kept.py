"""What reviews and calls afterwards put into the line of time of a case."""

from django.db.models import F
from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Attempt, Call, Review


def register_kept() -> None:
    register(
        Kept(
            "review",
            Lane.UNDERSTOOD,
            lambda asker, case: Review.objects.visible_to(asker).filter(case=case, decision__isnull=False),
            at="decision__kept_at",
            who="decision__kept_by__name",
            word=F("occasion"),
            link="review",
            says=lambda word: _("Review: %(when)s") % {"when": Review.Occasion(word).label},
        ),
        Kept(
            "call",
            Lane.MET,
            lambda asker, case: Attempt.objects.filter(
                call__in=Call.objects.visible_to(asker), call__case=case
            ),
            at="at",
            who="by__name",
            word=F("result"),
            about="call_id",
            link="aftercare",
            says=lambda word: _("Call afterwards: %(result)s") % {"result": Attempt.Result(word).label},
        ),
    )
