"""What stands as a picture on the paper of My record, each with the same in words or in a table."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from r2com.assessments import paper_of_pulses, pulses
from r2com.assessments.models import Pulse
from r2com.cases import timeline
from r2com.cases.models import Case
from r2com.corner import drawing
from r2com.corner.models import Supporter

MOST = 6


@dataclass(frozen=True)
class Pictures:
    """`circle`, `ways` and `days` as `typst/record.typ` asks for them, and the drawings by name."""

    circle: dict | None
    ways: dict | None
    days: dict
    drawings: dict[str, bytes]


def of(case: Case, user, held: dict) -> Pictures:
    """The circle, the arrows over time and the line of time, without what is held back."""
    circle, drawn = _circle(case, user, held)
    ways, arrows = _ways(case, user, held)
    days, line = _days(case, user, held)
    return Pictures(circle, ways, days, drawn | arrows | line)


def _circle(case: Case, user, held: dict) -> tuple[dict | None, dict[str, bytes]]:
    rows = Supporter.objects.visible_to(user).filter(case=case).in_the_corner()
    here = [one for one in rows if ("supporter", one.pk, "") not in held]
    if not here:
        return None, {}
    alt = _("The circle; the same people stand below as a list.")
    picture = drawing.picture(here, case.person.short_name, standalone=True)
    return {"alt": alt}, {"circle.svg": str(picture).encode()}


def _ways(case: Case, user, held: dict) -> tuple[dict | None, dict[str, bytes]]:
    """The arrows of the last pulses, each part of life drawn and in a table."""
    rows = Pulse.objects.visible_to(user).filter(case=case).standing().select_related("published")
    shown = [row for row in rows if ("pulse", row.pk, "") not in held]
    last = sorted(shown, key=lambda row: row.said_at)[-MOST:]
    if not last:
        return None, {}
    lines = pulses.lines(last, with_sensitive=True, standalone=True)
    words = {
        "title": _("Which way it is going"),
        "item": _("Part of life"),
        "table": _("The same in words"),
        "nothing_added": _("Each arrow says how it was seen on that day. Nothing is added up."),
    }
    days = [pulses.short(row.said_at) for row in last]
    ways = {"days": days, "rows": [paper_of_pulses.row(line) for line in lines], "words": words}
    return ways, {f"{line.item.id}.svg": str(line.drawing).encode() for line in lines}


def _days(case: Case, user, held: dict) -> tuple[dict, dict[str, bytes]]:
    """The line of time, drawn and in a table; what is held back stands in neither."""
    back = {key[1] if isinstance(key, tuple) else key for key in held}
    moments = [one for one in timeline.of(case, user) if one.about not in back]
    said = {
        "title": _("Everything so far"),
        "alt": _("The line of time; the same stands below as a table."),
        "day": _("Day"),
        "what": _("What"),
        "who": _("Who"),
        "rows": [[date_format(localdate(one.at), "DATE_FORMAT"), one.title, one.who] for one in moments],
    }
    picture = timeline.picture(moments, case, standalone=True)
    return said, {"days.svg": str(picture).encode()}
