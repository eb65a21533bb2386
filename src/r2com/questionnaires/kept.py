"""What was filled in together stands in the line of time of a case."""

from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Questionnaire


def register_kept() -> None:
    register(
        Kept(
            "questionnaire",
            Lane.UNDERSTOOD,
            lambda asker, case: Questionnaire.objects.visible_to(asker).filter(
                case=case, finished__isnull=False
            ),
            at="finished__at",
            who="finished__by__name",
            link="questionnaire",
            says=lambda word: _("Questionnaire"),
        )
    )
