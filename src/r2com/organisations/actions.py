"""Setting up an agency."""

from datetime import date, datetime

from django.db import transaction

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.content import read_json
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import ListEntry, Membership, Organisation, RetentionRule, Team

KEPT = [
    (RetentionRule.Kind.DECLINED, 3, "Long enough to answer a question about why we said no."),
    (RetentionRule.Kind.CLOSED, 24, "Two years after aftercare, then a human decides."),
]


@transaction.atomic
def found(
    *, name: str, neutral_name: str, country: str, language: str, contact: str, by: User | None, at: datetime
) -> Organisation:
    """Begin an agency with the lists and retention rules that it can word for itself later."""
    organisation = Organisation.objects.create(
        name=name,
        neutral_name=neutral_name,
        country=country,
        language=language,
        data_protection_contact=contact,
    )
    keyring.make(Owner.ORGANISATION, organisation.pk)
    for list_name, entries in read_json("lists", "lists.json").items():
        for position, words in enumerate(entries):
            ListEntry.objects.create(
                organisation=organisation, list=list_name, position=position, words=words, starts=at.date()
            )
    for kind, months, reason in KEPT:
        RetentionRule.objects.create(
            organisation=organisation, kind=kind, months=months, reason=reason, starts=at.date()
        )
    trail.record("organisation.founded", subject=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def begin_team(organisation: Organisation, *, name: str, starts: date, by: User | None, at: datetime) -> Team:
    team = Team.objects.create(organisation=organisation, name=name, starts=starts)
    trail.record("team.begun", subject=team, by=by, at=at)
    return team


@transaction.atomic
def join(
    user: User, organisation: Organisation, *, role: str, team: Team | None, by: User | None, at: datetime
) -> Membership:
    """Give somebody their place. A place they had before ends on this day."""
    Membership.objects.filter(user=user, ends__isnull=True).update(ends=at.date())
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, team=team, starts=at.date()
    )
    User.objects.filter(pk=user.pk).update(organisation_id=organisation.pk)
    user.organisation_id = organisation.pk
    trail.record("membership.begun", subject=membership, by=by, at=at, role=role)
    grants.rebuild_around(user.pk)
    return membership
