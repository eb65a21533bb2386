"""Records whose time is over, and two people who agree that they go."""

from datetime import timedelta

from r2com.access.roles import Role
from r2com.cases import actions as cases
from r2com.cases.models import Case, Closure
from r2com.keeping import actions
from r2com.organisations import actions as organisations
from tests import factories


def officer_of(team, now):
    """The data-protection officer."""
    return factories.user("Dora Fennimore", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


def closed(case, by, now):
    """The case, closed, with its last day yesterday."""
    cases.close(case, reason=Closure.Reason.SETTLED, by=by, at=now - timedelta(days=1))
    Closure.objects.filter(case=case).update(kept_until=now.date() - timedelta(days=1))
    return Case.objects.get(pk=case.pk)


def agreed(organisation, administrator, officer, now):
    """A plan of what is due now, that a second person said yes to."""
    plan = actions.propose_run(organisation, by=administrator, at=now)
    organisations.agree(plan.proposal, by=officer, at=now)
    return plan
