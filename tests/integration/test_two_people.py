"""What cannot be taken back needs two people, exactly what was proposed, and is done once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.duties import PAIRS
from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.organisations import actions
from r2com.organisations.models import Proposal, Use
from r2com.organisations.proposals import RETENTION_RUN
from tests import factories

THIS = {"kind": RETENTION_RUN, "content": b"three records"}


@pytest.fixture
def officer(team, now):
    return factories.user("Sol Evenwater", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


@pytest.fixture
def proposal(organisation, administrator, now):
    return actions.propose(organisation, **THIS, says="3", by=administrator, at=now)


def test_it_is_done_once_after_somebody_else_said_yes(organisation, proposal, administrator, officer, now):
    actions.agree(proposal, by=officer, at=now)

    actions.use(organisation, **THIS, by=administrator, at=now)

    assert Use.objects.get().proposal == proposal
    with pytest.raises(Refused):
        actions.use(organisation, **THIS, by=administrator, at=now)
    assert {"proposal.made", "proposal.agreed", "proposal.used"} <= set(
        Event.objects.values_list("name", flat=True)
    )


@pytest.mark.parametrize("who", ["administrator", "practitioner", "supervisor", "stranger"])
def test_neither_the_proposer_nor_another_role_is_the_second_person(request, proposal, who, now):
    with pytest.raises(Refused):
        actions.agree(proposal, by=request.getfixturevalue(who), at=now)


def test_nothing_is_done_without_a_yes_after_a_no_too_late_or_with_something_else(
    organisation, proposal, administrator, officer, now
):
    by = {"by": administrator, "at": now}
    with pytest.raises(Refused):
        actions.use(organisation, **THIS, **by)
    actions.agree(proposal, by=officer, at=now)

    with pytest.raises(Refused):
        actions.use(organisation, **{**THIS, "content": b"four records"}, **by)
    with pytest.raises(Refused):
        actions.use(organisation, **THIS, by=administrator, at=now + timedelta(hours=24))
    other = actions.propose(organisation, kind=RETENTION_RUN, content=b"five", **by)
    actions.refuse(other, by=officer, at=now)
    with pytest.raises(Refused):
        actions.use(organisation, kind=RETENTION_RUN, content=b"five", **by)

    assert not Use.objects.exists()


def test_the_page_asks_the_second_person_and_nobody_else(sign_in, proposal, administrator, officer, stranger):
    address = reverse("answer_proposal", args=[proposal.pk])

    assert "Yes, it may be done" not in sign_in(administrator).get(reverse("proposals")).content.decode()
    assert sign_in(stranger).post(address, {"go": "agree"}).status_code == 404
    assert "Yes, it may be done" in sign_in(officer).get(reverse("proposals")).content.decode()
    sign_in(officer).post(address, {"go": "agree"})

    assert Proposal.objects.get().consent.agrees
    assert "said yes" in sign_in(officer).get(reverse("proposals")).content.decode()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.first)
def test_each_pair_of_duties_is_enforced_where_it_says(pair):
    from importlib import import_module

    for place in pair.enforced.split(", "):
        module, name = f"r2com.{place}".rsplit(".", 1)
        assert hasattr(import_module(module), name), place
