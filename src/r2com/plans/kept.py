"""What plans put into the line of time of a case."""

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Answer, Plan, Step


def register_kept() -> None:
    register(
        Kept(
            "plan",
            Lane.PLANNED,
            lambda asker, case: Plan.objects.visible_to(asker).filter(case=case),
            at="made_at",
            who="made_by__name",
            word=Cast("number", TextField()),
            link="plan",
            says=lambda word: _("Plan, draft %(number)s") % {"number": word},
        ),
        Kept(
            "plan_answer",
            Lane.PLANNED,
            lambda asker, case: Answer.objects.visible_to(asker).filter(plan__case=case),
            at="at",
            word=F("says"),
            about="plan_id",
            link="plan",
            says=lambda word: _("Answered the plan: %(says)s") % {"says": Answer.Says(word).label},
        ),
        Kept(
            "step_done",
            Lane.PLANNED,
            lambda asker, case: Step.objects.visible_to(asker).filter(
                goal__plan__case=case, goal__removed_at=None, done__isnull=False
            ),
            at="done__done_at",
            who="done__done_by__name",
            about="goal__plan_id",
            link="plan",
            sealed=(Step, "words"),
            says=lambda word: _("Done: %(words)s"),
        ),
    )
