"""What safety plans put into the line of time of a case."""

from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import SafetyPlan


def register_kept() -> None:
    register(
        Kept(
            "safety_plan",
            Lane.SUPPORT,
            lambda asker, case: SafetyPlan.objects.visible_to(asker).filter(case=case),
            at="made_at",
            who="made_by__name",
            link="safety_plan_version",
            says=lambda word: _("Safety plan"),
        )
    )
