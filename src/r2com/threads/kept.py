"""Questions to colleagues stand in the line of time of a case, for those who may read them."""

from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Thread


def register_kept() -> None:
    register(
        Kept(
            "question",
            Lane.SUPPORT,
            lambda asker, case: Thread.objects.visible_to(asker).filter(case=case),
            at="asked_at",
            who="asked_by__name",
            link="thread",
            says=lambda word: _("A colleague was asked"),
        )
    )
