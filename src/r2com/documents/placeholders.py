"""What a letter template leaves open, and what is put in. The list is closed: nothing else is looked up."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from r2com.accounts.models import User
from r2com.cases.models import Case

KNOWN = {
    "name": _("the person’s whole name"),
    "called": _("how the person likes to be called"),
    "date": _("today’s date"),
    "worker": _("your name"),
    "house": _("the neutral name of your agency"),
    "phone": _("your agency’s phone number"),
}
DOTS = "……"
GAP = re.compile(r"{([^{}\n]*)}")


def unknown(text: str) -> list[str]:
    """What stands in braces in a text and is not on the list, as it was written."""
    return [gap[0] for gap in GAP.finditer(text) if gap[1] not in KNOWN]


def values(case: Case, language: str, *, by: User, at: datetime) -> dict[str, str]:
    """What is put in. What the agency has not written down yet are dots, to be filled by hand."""
    with translation.override(language):
        day = date_format(timezone.localdate(at), pgettext("day on a letter, as in 3 December 2026", "j F Y"))
    return {
        "name": case.person.name,
        "called": case.person.short_name,
        "date": day,
        "worker": by.name,
        "house": case.organisation.neutral_name,
        "phone": case.organisation.phone or by.phone or DOTS,
    }


def filled(text: str, said: Mapping[str, str]) -> str:
    """The text with every gap filled; what is not known stays as it is."""
    return GAP.sub(lambda gap: said.get(gap[1], gap[0]), text)
