"""The arrows over time on paper. It names no instrument and no programme."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import shown
from r2com.ui.over_time import in_words

from .models import Pulse
from .pulses import Line, arrow, short


def paper(
    case: Case, pulses: list[Pulse], lines: list[Line], *, by: User, at: datetime
) -> tuple[dict, dict[str, bytes]]:
    """What `typst/pulses.typ` asks for, and its drawings by name."""
    contests = shown(case, by)
    moment = date_format(timezone.localtime(at), _("j F Y, H:i"))
    data = {
        "language": translation.get_language(),
        "house": case.organisation.neutral_name,
        "reference": case.reference,
        "title": _("Which way it is going"),
        "draft": False,
        "draft_word": "",
        "days": [short(pulse.said_at) for pulse in pulses],
        "rows": [row(line) for line in lines],
        "said": [line for pulse in pulses for line in contests.lines(pulse).splitlines()],
        "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": moment},
        "words": {
            "paper": _("Which way it is going"),
            "item": _("Part of life"),
            "table": _("The same in words"),
            "nothing_added": _("Each arrow says how it was seen on that day. Nothing is added up."),
        },
    }
    return data, {f"{line.item.id}.svg": str(line.drawing).encode() for line in lines}


def row(line: Line) -> dict:
    """One part of life: its drawing, and the same in words."""
    arrows = [arrow(pulse, word) for pulse, word in line.said]
    return {
        "title": line.item.title,
        "image": f"{line.item.id}.svg",
        "same": in_words(line.item.title, arrows),
        "words": [one.word for one in arrows],
    }
