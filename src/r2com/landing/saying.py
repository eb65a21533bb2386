"""How the board is said in words: each lamp, and what stands above them."""

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import capfirst
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from r2com.cases.models import Case, CaseMember
from r2com.ui.templatetags.ui import when

from . import clock
from .board import Lamp
from .models import Light


@dataclass(frozen=True)
class Shown:
    """A lamp with its word and its shape. Notes on a sensitive one are for those who read such items."""

    lamp: Lamp
    word: str
    shape: str
    notes: list[Light]
    is_hidden: bool

    @property
    def look(self) -> str:
        """How the line looks: bold while it is dark."""
        return self.shape.removeprefix("lamp-") if self.lamp.is_dark else "lit"


def lamp(lamp: Lamp, reader, *, with_sensitive: bool) -> Shown:
    written = [light for light in lamp.said if light.note]
    may_read = with_sensitive or not lamp.line.sensitive
    notes = written if may_read else [light for light in written if light.by_id == reader.pk]
    return Shown(lamp, word(lamp), shape(lamp), notes, len(notes) < len(written))


def word(lamp: Lamp) -> str:
    if lamp.is_dark and lamp.handed_on:
        return _("With %(name)s") % {"name": lamp.handed_on.to.get_short_name()}
    if lamp.is_dark:
        return _("Not yet")
    return _("Lit") if lamp.is_lit else _("Does not apply")


def shape(lamp: Lamp) -> str:
    if lamp.is_dark and lamp.handed_on:
        return "lamp-handed"
    return "lamp-lit" if lamp.is_lit else "lamp-dim"


def lead(case: Case, lamps: list[Lamp], members: list[CaseMember], at: datetime) -> list[str]:
    """Above the lamps: when it begins, what is not lit, and where that goes at noon."""
    if case.release_on is None:
        return [_("The day of release is not known yet. The board begins by itself on that day.")]
    if not clock.has_begun(case.release_on, at):
        day = {"day": _plainly(case.release_on)}
        return [_("The board begins by itself on the day of release: %(day)s.") % day]
    dark = [lamp for lamp in lamps if lamp.is_dark]
    if clock.is_over(case.release_on, at):
        return [_("The 72 hours are over."), _still_dark(dark)]
    return [_still_dark(dark), *_where_to(case, dark, members, at)]


def _still_dark(dark: list[Lamp]) -> str:
    if not dark:
        return _("Every lamp is lit, or does not apply.")
    return _("Not lit yet: %(lamps)s") % {"lamps": " · ".join(lamp.line.title for lamp in dark)}


def _where_to(case: Case, dark: list[Lamp], members: list[CaseMember], at: datetime) -> list[str]:
    """To whom what is dark goes at noon; nothing, once everything that is dark is with somebody."""
    noon, waiting = clock.noon(case), [lamp for lamp in dark if not lamp.handed_on]
    parts = {member.part: member.user.name for member in members}
    if not waiting or noon >= clock.ends(case.release_on):
        return []
    moment = {"when": capfirst(_plainly(noon)) if at < noon else _("Now")}
    if deputy := parts.get(CaseMember.Part.DEPUTY):
        return [_("%(when)s, it goes to %(name)s, the deputy.") % {**moment, "name": deputy}]
    if worker := parts.get(CaseMember.Part.LEAD):
        sentence = _("%(when)s, it comes to %(name)s, the case worker: there is no deputy.")
        return [sentence % {**moment, "name": worker}]
    return [_("Nobody works with this person now: what is not lit goes to nobody.")]


def _plainly(moment) -> str:
    """A day in words, without the mark-up."""
    return strip_tags(when(moment))
