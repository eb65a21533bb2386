"""Inviting somebody, and what they do with the link."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.roles import Role
from r2com.accounts import actions as accounts
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused

from ..models import Invitation, Membership, Organisation, Team, token_hash
from .places import join, must_fit

WORKS_FOR = timedelta(days=7)


class LinkClosed(Refused):
    """The link was used, withdrawn or too old, or whoever sent it may not invite any more."""


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    name: str,
    role: str,
    team: Team | None,
    language: str,
    by: User,
    at: datetime,
) -> tuple[Invitation, str]:
    """Invite somebody to a role. Gives the invitation and its link's token, of which only a hash is kept.

    Raises Refused when the address is somebody's who works here, or waits already.
    """
    must_fit(organisation, role=role, team=team, at=at)
    email = email.lower()
    if (
        Membership.objects.on(timezone.localdate(at))
        .filter(user__email=email, organisation=organisation)
        .exists()
    ):
        raise Refused(_("Somebody with this address works here already."))
    if Invitation.objects.waiting().filter(organisation=organisation, email=email).exists():
        raise Refused(_("This address is invited already. Send the link again, or withdraw it first."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name,
        role=role,
        team=team,
        language=language,
        token_hash=token_hash(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + WORKS_FOR,
    )
    trail.record("invitation.made", subject=invitation, by=by, at=at, role=role)
    return invitation, token


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, at: datetime) -> str:
    """A new link for the same invitation; the one before stops working. Gives the new token."""
    must_fit(invitation.organisation, role=invitation.role, team=invitation.team, at=at)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at, invitation.invited_by = (
        token_hash(token),
        at + WORKS_FOR,
        by,
    )
    invitation.save(update_fields=["token_hash", "expires_at", "invited_by"])
    trail.record("invitation.sent_again", subject=invitation, by=by, at=at)
    return token


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take an invitation back: from now on its link opens nothing."""
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    trail.record("invitation.withdrawn", subject=invitation, by=by, at=at)


@transaction.atomic
def accept(
    invitation: Invitation, *, name: str, language: str, password: str, by: User | None, at: datetime
) -> User:
    """Use an invitation once: make the account and give it the place it was invited to.

    `by` is None, since nobody is signed in yet: the place is given by who invited. Raises LinkClosed.
    """
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if not invitation.is_open(at) or not _may_still_invite(invitation, at):
        raise LinkClosed(_("This link does not work any more."))
    must_fit(invitation.organisation, role=invitation.role, team=invitation.team, at=at)
    user = _account(invitation, name=name, language=language, password=password, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    trail.record("invitation.accepted", subject=invitation, by=by or user, at=at)
    join(
        user,
        invitation.organisation,
        role=invitation.role,
        team=invitation.team,
        by=invitation.invited_by,
        at=at,
    )
    return user


def _may_still_invite(invitation: Invitation, at: datetime) -> bool:
    """An administrator who has left leaves no open door behind."""
    places = Membership.objects.on(timezone.localdate(at)).filter(user=invitation.invited_by_id)
    return places.filter(organisation=invitation.organisation_id, role=Role.ADMINISTRATOR).exists()


def _account(invitation: Invitation, *, name: str, language: str, password: str, at: datetime) -> User:
    """A new account, or the old one of somebody who comes back to the same agency."""
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        return accounts.enrol(
            email=invitation.email, name=name, language=language, password=password, by=None, at=at
        )
    has_a_place = Membership.objects.on(timezone.localdate(at)).filter(user=user).exists()
    if has_a_place or user.organisation_id != invitation.organisation_id:
        raise LinkClosed(_("This link does not work any more."))
    user.name, user.language = name, language
    user.set_password(password)
    user.save(update_fields=["name", "language", "password"])
    trail.record("account.renewed", subject=user, by=user, at=at)
    return user
