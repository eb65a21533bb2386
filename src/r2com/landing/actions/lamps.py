"""The first 72 hours: lighting a lamp, putting it out, and handing on what is dark at noon."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.tasks import actions as tasks

from .. import clock
from ..board import Lamp, lamps
from ..models import BOARD, Begun, HandedOn, Light
from .lists import begin, must_change

Says = Light.Says
TAKE_OVER = (CaseMember.Part.DEPUTY, CaseMember.Part.LEAD)


@transaction.atomic
def light(case: Case, *, lamp: str, note: str = "", by: User, at: datetime) -> Light | None:
    """Say that something is in place. A task that went to somebody for it is done.

    Lighting a lamp that is lit adds the note, if there is one, and changes nothing else.
    """
    begun, current = _lamp(case, lamp, by=by, at=at)
    if current.is_lit and not note.strip():
        return None
    lit = _write(begun, lamp, Says.LIT, note=note, by=by, at=at)
    _finish(begun, lamp, by=by, at=at)
    return lit


@transaction.atomic
def note(case: Case, *, lamp: str, note: str, by: User, at: datetime) -> Light:
    """Write how far something is that is not in place yet."""
    begun, current = _lamp(case, lamp, by=by, at=at)
    if not current.is_dark:
        raise Refused(_("This lamp is not dark."))
    return _write(begun, lamp, Says.NOT_YET, note=_reason(note), by=by, at=at)


@transaction.atomic
def put_out(case: Case, *, lamp: str, note: str, by: User, at: datetime) -> Light:
    """Something is not in place any more, or does apply after all, and why."""
    begun, current = _lamp(case, lamp, by=by, at=at)
    if current.is_dark:
        raise Refused(_("This lamp is not lit."))
    return _write(begun, lamp, Says.OUT, note=_reason(note), by=by, at=at)


@transaction.atomic
def does_not_apply(case: Case, *, lamp: str, note: str, by: User, at: datetime) -> Light:
    """A lamp that this person does not need, and why. Only some lamps can be left away."""
    must_change(case.pk, by)
    begun, current = _lamp(case, lamp, by=by, at=at)
    if not current.line.may_not_apply:
        raise Refused(_("Everybody needs this. Light it, or write how far it is."))
    if current.is_not_needed:
        raise Refused(_("It is written already that this does not apply."))
    left = _write(begun, lamp, Says.NOT_NEEDED, note=_reason(note), by=by, at=at)
    _finish(begun, lamp, by=by, at=at)
    return left


@transaction.atomic
def hand_on(case: Case, *, by: User | None = None, at: datetime) -> list[HandedOn]:
    """Give what is dark at noon to the deputy, or to the case worker when there is none: one task a lamp.

    Before noon, and for what went to them already, nothing happens.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    if not clock.is_running(case.release_on, at) or at < clock.noon(case):
        return []
    in_charge = _in_charge(case, at)
    if not in_charge:
        return []
    to, lead = in_charge[0], in_charge[-1]
    begun = begin(case, checklist=BOARD, by=by, at=at)
    dark = [lamp for lamp in lamps(case, begun, to.language) if lamp.is_dark and not lamp.handed_on]
    return [_hand(begun, case, lamp, to, lead, at) for lamp in dark]


def _hand(begun: Begun, case: Case, lamp: Lamp, to: User, lead: User, at: datetime) -> HandedOn:
    with translation.override(to.language):
        words = _("72 hours: “%(lamp)s” was not lit by noon.") % {"lamp": lamp.line.title}
    task = tasks.promise(case, words=words, owner=to, due=clock.local_day(at), by=lead, at=at)
    since = lamp.dark_since or at
    handed_on = HandedOn.objects.create(
        begun=begun, lamp=lamp.line.id, dark_since=since, task=task, to=to, at=at
    )
    trail.record("lamp.handed_on", subject=handed_on, by=None, at=at, case=case, lamp=lamp.line.id)
    return handed_on


def _in_charge(case: Case, at: datetime) -> list[User]:
    """The deputy and the case worker, as far as there are any at that moment."""
    still = Q(until__isnull=True) | Q(until__gt=at)
    members = case.members.filter(still, part__in=TAKE_OVER).select_related("user").order_by("-since")
    here = {member.part: member.user for member in members}
    return [here[part] for part in TAKE_OVER if part in here]


def _lamp(case: Case, lamp: str, *, by: User, at: datetime) -> tuple[Begun, Lamp]:
    """The board and a lamp of it, held until we are done. Nothing is in place before the day of release."""
    _must_light(case, by)
    if not clock.has_begun(case.release_on, at):
        raise Refused(_("The board begins on the day of release."))
    begun = begin(case, checklist=BOARD, by=by, at=at)
    found = {one.line.id: one for one in lamps(case, begun)}
    if lamp not in found:
        raise Refused(_("There is no such lamp on this board."))
    return begun, found[lamp]


def _must_light(case: Case, by: User) -> None:
    """Everybody who brings what they saw or heard, and the supervisor."""
    if not (grants.allows(by, case.pk, May.ADD_EVIDENCE) or grants.allows(by, case.pk, May.SIGN_OFF)):
        raise Refused(_("You may read this board, but not write on it."))


def _reason(words: str) -> str:
    if not words.strip():
        raise Refused(_("Write it in a few words."))
    return words


def _write(begun: Begun, lamp: str, says: str, *, note: str, by: User, at: datetime) -> Light:
    light = Light.objects.create(begun=begun, lamp=lamp, says=says, note=note, by=by, at=at)
    trail.record("lamp.said", subject=light, by=by, at=at, case=begun.case_id, lamp=lamp, says=says)
    return light


def _finish(begun: Begun, lamp: str, *, by: User, at: datetime) -> None:
    """What went to somebody for this lamp is done. What was noted stays on the board."""
    waiting = begun.handed_on.filter(lamp=lamp, task__done__isnull=True).select_related("task__case")
    for handed_on in waiting:
        tasks.finish(handed_on.task, by=by, at=at)
