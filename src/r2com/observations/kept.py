"""Observations that count stand in the line of time of a case."""

from django.db.models import F

from r2com.cases.timeline import Kept, Lane, register

from .models import Kind, Observation, Says


def register_kept() -> None:
    register(
        Kept(
            "observation",
            Lane.MET,
            lambda asker, case: Observation.objects.visible_to(asker).filter(case=case, state=Says.VALIDATED),
            at="seen_at",
            who="written_by__name",
            word=F("kind"),
            link="observation",
            says=lambda word: Kind(word).label,
        )
    )
