"""Proposing what goes, and letting it go once somebody else has said yes to exactly that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations import actions as organisations
from r2com.organisations.models import Organisation
from r2com.organisations.proposals import RETENTION_RUN

from .. import certificates, due, erasing
from ..models import Certificate, RetentionPlan


@transaction.atomic
def propose_run(organisation: Organisation, *, by: User, at: datetime) -> RetentionPlan:
    """Propose to delete what is due today and not held. Raises Refused when nothing is."""
    lines = [one for one in due.due(organisation, due.today(at)) if not one.is_held]
    if not lines:
        raise Refused(_("Nothing is due that may go."))
    content = due.content(lines)
    proposal = organisations.propose(
        organisation, kind=RETENTION_RUN, content=content.encode(), says=str(len(lines)), by=by, at=at
    )
    plan = RetentionPlan.objects.create(proposal=proposal, content=content)
    trail.record("retention.planned", subject=plan, by=by, at=at, count=len(lines))
    return plan


@transaction.atomic
def run(plan: RetentionPlan, *, by: User, at: datetime) -> Certificate:
    """Destroy what two people said yes to, and nothing else. Raises Refused without that, or a second time.

    What was held or opened again since is left out and counted. The keys are gone when this is kept.
    """
    organisation = plan.proposal.organisation
    with transaction.atomic(using="keyring"):
        content = plan.content.encode()
        organisations.use(organisation, kind=RETENTION_RUN, content=content, by=by, at=at)
        agreed = {line["mark"]: line for line in plan.lines}
        still = {one.mark: one for one in _locked(organisation, at) if one.mark in agreed}
        going = [one for one in still.values() if not one.is_held and one.line() == agreed[one.mark]]
        held = [one for one in still.values() if one.is_held]
        gone = [
            {"kind": kind, "mark": mark, "category": one.rule.kind, "rule": str(one.rule.pk)}
            for one in going
            for kind, mark in erasing.erase(one.case)
        ]
        counts = {"records": len(going), "held": len(held), "changed": len(agreed) - len(going) - len(held)}
        said = {"plan": plan.proposal.digest, "at": at.isoformat(), "agreed": len(agreed), **counts}
        note = certificates.made({**said, "destroyed": gone})
        certificate = Certificate.objects.create(organisation=organisation, plan=plan, note=note, at=at)
        trail.record(
            "retention.run",
            subject=certificate,
            by=by,
            at=at,
            records=len(going),
            held=len(held),
            changed=counts["changed"],
        )
    transaction.on_commit(lambda: _settled(certificate))
    return certificate


def _locked(organisation: Organisation, at: datetime) -> list[due.Due]:
    """What is due now. Its rows are held first, so that a hold comes before this, or after and too late."""
    keys = [one.case.pk for one in due.due(organisation, due.today(at))]
    list(Case.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return due.due(organisation, due.today(at))


def _settled(certificate: Certificate) -> None:
    certificates.write_down(certificate)
    erasing.settle()
