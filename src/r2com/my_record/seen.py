"""Who opened the record and when, and what left the house: from the trail, as a list."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.cases.models import Case

MOST = 200
LEFT = ("assessment.printed", "plan.printed", "document.released", "record.printed")


def lines(case: Case) -> list[tuple[str, str]]:
    """A line a day for each who looked, and one for each paper that left. The newest first."""
    events = Event.objects.filter(case=case.pk, name__in=["record.opened", *LEFT]).order_by("-at")[:5000]
    rows = list(dict.fromkeys((event.at.date(), event.by, event.name in LEFT) for event in events))[:MOST]
    names = dict(User.objects.filter(pk__in={by for _d, by, _l in rows}).values_list("pk", "name"))
    said = {True: _("took a paper out"), False: _("opened it")}
    return [
        (date_format(day, _("j F Y")), f"{names.get(by, _('Through a link'))}: {said[left]}")
        for day, by, left in rows
    ]
