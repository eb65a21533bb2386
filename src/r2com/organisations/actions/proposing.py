"""Proposing what needs two people, agreeing to it, and doing it once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.duties import must_be_two
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused

from .. import proposals
from ..models import Consent, Membership, Organisation, Proposal, Use


@transaction.atomic
def propose(
    organisation: Organisation, *, kind: str, content: bytes, says: str = "", by: User, at: datetime
) -> Proposal:
    """Propose to do exactly `content`. `says` tells the second person how much of what, and names nobody."""
    known = proposals.kind(kind)
    _must_work_here(organisation, by, known.proposes, at)
    digest = proposals.digest(content)
    proposal = Proposal.objects.create(
        organisation=organisation,
        kind=kind,
        digest=digest,
        says=says,
        proposed_by=by,
        proposed_at=at,
        until=at + known.lasts,
    )
    trail.record("proposal.made", subject=proposal, by=by, at=at, kind=kind, digest=digest)
    return proposal


@transaction.atomic
def agree(proposal: Proposal, *, by: User, at: datetime) -> Consent:
    """The second person says yes. From then on it can be done once, until its time is over."""
    return _answer(proposal, True, "proposal.agreed", by=by, at=at)


@transaction.atomic
def refuse(proposal: Proposal, *, by: User, at: datetime) -> Consent:
    """The second person says no. That ends it."""
    return _answer(proposal, False, "proposal.refused", by=by, at=at)


@transaction.atomic
def use(organisation: Organisation, *, kind: str, content: bytes, by: User, at: datetime) -> Use:
    """Use up a yes to exactly this, in the transaction in which it is done. Raises Refused without one."""
    known = proposals.kind(kind)
    place = Membership.objects.on(timezone.localdate(at)).filter(user=by, organisation=organisation).first()
    if place is None or not known.concerns(place.role):
        raise Refused(_("Your role does not do this."))
    rows = Proposal.objects.select_for_update(of=["self"]).filter(organisation=organisation, kind=kind)
    found = [one for one in rows.filter(digest=proposals.digest(content)).whole() if one.is_agreed(at)]
    if not found:
        raise Refused(_("Two people have to say yes to exactly this. Propose it, and ask somebody else."))
    proposal = found[0]
    must_be_two(proposal.proposed_by_id, proposal.consent.by_id, _own())
    used = Use.objects.create(proposal=proposal, by=by, at=at)
    trail.record("proposal.used", subject=proposal, by=by, at=at, kind=kind)
    return used


def _answer(proposal: Proposal, agrees: bool, event: str, *, by: User, at: datetime) -> Consent:
    current = Proposal.objects.select_for_update(of=["self"]).whole().get(pk=proposal.pk)
    must_be_two(current.proposed_by_id, by, _own())
    _must_work_here(current.organisation, by, proposals.kind(current.kind).agrees, at)
    if not current.waits(at):
        raise Refused(_("This does not wait for an answer any more."))
    consent = Consent.objects.create(proposal=current, agrees=agrees, by=by, at=at)
    trail.record(event, subject=current, by=by, at=at, kind=current.kind)
    return consent


def _must_work_here(organisation: Organisation, by: User, what: May, at: datetime) -> None:
    places = Membership.objects.on(timezone.localdate(at)).filter(user=by, organisation=organisation)
    if not any(place.may(what) for place in places):
        raise Refused(_("Your role does not decide about this."))


def _own() -> str:
    return _("Nobody is their own second person. Ask somebody else.")
