"""Wording the agency's lists. A new wording is a new entry, so that old records keep the old one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Changed, Refused

from ..models import ListEntry, Organisation


@transaction.atomic
def add_entry(
    organisation: Organisation, *, name: str, words: dict[str, str], by: User | None, at: datetime
) -> ListEntry:
    """Add an entry at the end of a list (`name` is one of ListName; `words` by language)."""
    everything = ListEntry.objects.filter(organisation=organisation, list=name)
    last = max(everything.values_list("position", flat=True), default=-1)
    entry = ListEntry.objects.create(
        organisation=organisation, list=name, position=last + 1, words=words, starts=timezone.localdate(at)
    )
    trail.record("entry.added", subject=entry, by=by, at=at, list=name)
    return entry


@transaction.atomic
def reword(entry: ListEntry, *, words: dict[str, str], by: User | None, at: datetime) -> ListEntry:
    """Say an entry in other words from today on, in its old position. Gives the new entry.

    Raises Changed when somebody else reworded or retired it meanwhile.
    """
    day = timezone.localdate(at)
    entry = _current(entry)
    if words == entry.words:
        return entry
    _end(entry, day)
    new = ListEntry.objects.create(
        organisation=entry.organisation, list=entry.list, position=entry.position, words=words, starts=day
    )
    trail.record("entry.reworded", subject=new, by=by, at=at, list=entry.list, before=str(entry.pk))
    return new


@transaction.atomic
def retire(entry: ListEntry, *, by: User | None, at: datetime) -> None:
    """Take an entry off its list from today on. Raises Refused for the last one: a list is never empty."""
    day = timezone.localdate(at)
    entry = _current(entry)
    beside = ListEntry.objects.on(day).filter(organisation=entry.organisation_id, list=entry.list)
    if not beside.exclude(pk=entry.pk).exists():
        raise Refused(_("A list needs at least one entry. Add another first."))
    _end(entry, day)
    trail.record("entry.retired", subject=entry, by=by, at=at, list=entry.list)


@transaction.atomic
def shift(entry: ListEntry, *, steps: int, by: User | None, at: datetime) -> None:
    """Move an entry up (-1) or down (1) among those that are in use. Order is not wording: nothing ends."""
    day = timezone.localdate(at)
    entry = _current(entry)
    order = list(ListEntry.objects.on(day).filter(organisation=entry.organisation_id, list=entry.list))
    place = order.index(entry)
    order.insert(max(0, place + steps), order.pop(place))
    for position, one in enumerate(order):
        one.position = position
    ListEntry.objects.bulk_update(order, ["position"])
    trail.record("entry.moved", subject=entry, by=by, at=at, list=entry.list)


def _current(entry: ListEntry) -> ListEntry:
    """The entry as it is now, if it is still in use."""
    entry = ListEntry.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=entry.pk)
    if entry.ends is not None:
        raise Changed(_("Somebody else changed this entry meanwhile. Their wording is on the list."))
    return entry


def _end(entry: ListEntry, day: date) -> None:
    entry.ends = day
    entry.save(update_fields=["ends"])
