"""Letting go of people we said no to, on the day that was promised to them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.people.models import Person
from r2com.vault.models import DataKey, Owner

from .models import Case, Door


def promised_gone(on: date) -> QuerySet[Door]:
    """Everybody who was declined and whose last day with us lies before `on`."""
    return Door.objects.filter(answer=Door.Answer.DECLINED, delete_after__lt=on).select_related("person")


@transaction.atomic
def forget_declined(door: Door, *, by: User | None = None, at: datetime) -> None:
    """Delete what we know of somebody who was declined. Raises Refused before the day has passed.

    Somebody who came back since, and was admitted or asked again, stays: only this door goes. The trail
    keeps that somebody was forgotten, not who.
    """
    if door.delete_after is None or at.date() <= door.delete_after:
        raise Refused(_("The day on which this may be deleted has not passed yet."))
    trail.record("door.forgotten", subject=door, by=by, at=at)
    person = door.person
    door.delete()
    if not (person.cases.exists() or person.doors.exists()):
        _forget(person)


@transaction.atomic
def take_back(case: Case) -> None:
    """Delete a case that should not have been opened, its door, and the person if nothing else is known.

    Whether anybody has worked on it is for the caller to find out before, and to write to the trail.
    """
    person, key = case.person, case.pk
    Door.objects.filter(case=case).delete()
    case.delete()
    grants.rebuild([key])
    DataKey.objects.filter(kind=Owner.CASE, owner=key).delete()
    if not (person.cases.exists() or person.doors.exists()):
        _forget(person)


def _forget(person: Person) -> None:
    """The key goes first: if the rest fails, what is left can be read by nobody and goes the next time."""
    DataKey.objects.filter(kind=Owner.PERSON, owner=person.pk).delete()
    person.choices.all().delete()
    person.notices_given.all().delete()
    person.delete()
