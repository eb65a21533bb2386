"""Beginning an agency, and its teams."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.content import read_json
from r2com.core.refusals import Refused
from r2com.vault import keyring
from r2com.vault.models import Owner

from ..models import ListEntry, Membership, Organisation, RetentionRule, Team

KEPT = [
    (RetentionRule.Kind.DECLINED, 3, "Long enough to answer a question about why we said no."),
    (RetentionRule.Kind.CLOSED, 24, "Two years after aftercare, then a human decides."),
    (RetentionRule.Kind.NOT_KEPT, 1, "Long enough for whoever wrote it to ask why."),
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
    """Begin a team. Raises Refused when a team of that name is at work."""
    if Team.objects.open(starts).filter(organisation=organisation, name__iexact=name).exists():
        raise Refused(_("There is a team of this name already."))
    team = Team.objects.create(organisation=organisation, name=name, starts=starts)
    trail.record("team.begun", subject=team, by=by, at=at)
    return team


@transaction.atomic
def end_team(team: Team, *, by: User | None, at: datetime) -> None:
    """End a team today. Raises Refused while somebody has their place in it."""
    day = timezone.localdate(at)
    if Membership.objects.open(day).filter(team=team).exists():
        raise Refused(_("Somebody still works in this team. Move everybody to another team first."))
    team.ends = day
    team.save(update_fields=["ends"])
    trail.record("team.ended", subject=team, by=by, at=at)
