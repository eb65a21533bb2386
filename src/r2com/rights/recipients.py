"""Who received what about the person, and when."""

from django.utils import translation
from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.documents.models import Release
from r2com.people.models import Choice

from .models import Given


def recipients(case: Case, user) -> list[dict[str, str]]:
    """Whom the person agreed to share with, to whom a paper went, and what they were given themself."""
    return [*_agreed(case, user), *_released(case, user), *_given(case, user)]


def _agreed(case: Case, user) -> list[dict[str, str]]:
    rows = Choice.objects.visible_to(user).filter(person=case.person_id, agreed=True)
    speaks = translation.get_language() or "en"
    return [
        _line(one.recipient.in_language(speaks), str(one.get_purpose_display()), one.made_at)
        for one in rows.select_related("recipient").order_by("made_at")
    ]


def _released(case: Case, user) -> list[dict[str, str]]:
    rows = Release.objects.visible_to(user).filter(file__document__case=case)
    return [
        _line(one.to, f"{one.file.document.name}. {one.get_ground_display()}", one.released_at)
        for one in rows.select_related("file__document").order_by("released_at")
    ]


def _given(case: Case, user) -> list[dict[str, str]]:
    rows = Given.objects.visible_to(user).filter(request__case=case).order_by("at")
    return [_line(_("The person"), _("The file that they asked for"), one.at) for one in rows]


def _line(to: str, what: str, at) -> dict[str, str]:
    return {"to": to, "what": what, "on": at.date().isoformat()}
