"""What papers put into the line of time of a case."""

from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Document, Letter, Release


def register_kept() -> None:
    register(
        Kept(
            "document",
            Lane.SUPPORT,
            lambda asker, case: Document.objects.visible_to(asker).filter(case=case),
            at="added_at",
            who="added_by__name",
            link="document",
            sealed=(Document, "name"),
            says=lambda word: _("Paper: %(words)s"),
        ),
        Kept(
            "letter",
            Lane.SUPPORT,
            lambda asker, case: Letter.objects.visible_to(asker).filter(case=case, finish__isnull=False),
            at="finish__finished_at",
            who="finish__finished_by__name",
            link="letter",
            says=lambda word: _("Letter"),
        ),
        Kept(
            "copy_given",
            Lane.SUPPORT,
            lambda asker, case: Release.objects.visible_to(asker).filter(file__document__case=case),
            at="released_at",
            who="released_by__name",
            about="file__document_id",
            link="document",
            says=lambda word: _("A copy was given out"),
        ),
    )
