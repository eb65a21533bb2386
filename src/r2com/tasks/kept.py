"""What was done puts itself into the line of time of a case."""

from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Task


def register_kept() -> None:
    register(
        Kept(
            "task_done",
            Lane.PLANNED,
            lambda asker, case: Task.objects.visible_to(asker).filter(case=case, done__isnull=False),
            at="done__done_at",
            who="done__done_by__name",
            link="task",
            sealed=(Task, "words"),
            says=lambda word: _("Done: %(words)s"),
        )
    )
