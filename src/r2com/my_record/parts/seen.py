"""Who opened the record and when, and what left the house: from the trail, as a list."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.cases.models import Case

from ..line import Line

MOST = 200
TOOK = gettext_lazy("took a paper out")
SAID = {
    "record.opened": gettext_lazy("opened it"),
    "record_link.opened": gettext_lazy("opened it"),
    "record_link.made": gettext_lazy("made a link to it"),
    "record_link.code_wrong": gettext_lazy("gave a wrong code"),
    "record_link.taken_back": gettext_lazy("took a link back"),
} | dict.fromkeys(["assessment.printed", "plan.printed", "document.released", "record.printed"], TOOK)


def lines(case: Case, user) -> list[Line]:
    """A line a day for each who looked, and for each thing that left. The newest first."""
    events = Event.objects.filter(case=case.pk, name__in=SAID).order_by("-at")[:5000]
    rows = list(dict.fromkeys((event.at.date(), event.by, str(SAID[event.name])) for event in events))[:MOST]
    names = dict(User.objects.filter(pk__in={by for _d, by, _s in rows}).values_list("pk", "name"))
    link = _("Through a link")
    return [Line(date_format(day, _("j F Y")), f"{names.get(by, link)}: {said}") for day, by, said in rows]
