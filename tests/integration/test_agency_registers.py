"""The lawful-basis register and the retention rules."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.organisations import actions as organisations
from r2com.organisations.models import RetentionRule
from r2com.sharing.models import LawfulBasis, NoBasis, must_have_basis
from tests import factories


@pytest.fixture
def entry(organisation):
    return LawfulBasis.objects.filter(organisation=organisation, category="health").get()


@pytest.fixture
def stranger_who_sets_up(stranger, now):
    theirs = factories.membership(stranger).organisation
    organisations.join(stranger, theirs, role="administrator", team=None, by=None, at=now)
    return stranger


def basis(today, **changed):
    given = {"category": "offence", "purpose": "Knowing what the sentence asks", "basis": "GDPR Art. 10"}
    return {**given, "provision": "Law 59/2019, Art. 3", "warning": "", "starts": today, **changed}


def test_offences_stay_closed_until_an_entry_cites_the_provision(sign_in, administrator, organisation, today):
    client = sign_in(administrator)
    with pytest.raises(NoBasis):
        must_have_basis(organisation, "offence", today)
    assert client.get(reverse("bases")).context["offences_closed"]

    client.post(reverse("add_basis"), basis(today))

    must_have_basis(organisation, "offence", today)
    assert not client.get(reverse("bases")).context["offences_closed"]
    assert Event.objects.filter(
        name="basis.added", by=administrator.pk, facts={"category": "offence"}
    ).exists()


@pytest.mark.parametrize("missing", ["provision", "purpose", "basis"])
def test_an_entry_without_its_provision_is_not_taken(sign_in, administrator, organisation, today, missing):
    shown = sign_in(administrator).post(reverse("add_basis"), basis(today, **{missing: ""}))

    assert missing in shown.context["form"].errors
    assert not LawfulBasis.objects.filter(organisation=organisation, category="offence").exists()


def test_an_entry_cannot_begin_in_the_past(sign_in, administrator, organisation, today):
    shown = sign_in(administrator).post(reverse("add_basis"), basis(today - timedelta(days=1)))

    assert "starts" in shown.context["form"].errors


def test_an_entry_ends_on_a_day_and_stays_in_the_register(sign_in, administrator, organisation, entry, today):
    client = sign_in(administrator)

    client.post(reverse("basis", args=[entry.pk]), {"ends": today})

    shown = client.get(reverse("bases"))
    assert shown.context["ended"] == [entry]
    with pytest.raises(NoBasis):
        must_have_basis(organisation, "health", today)
    must_have_basis(organisation, "health", today - timedelta(days=1))
    assert client.get(reverse("basis", args=[entry.pk])).status_code == 404
    assert Event.objects.filter(name="basis.ended", by=administrator.pk).exists()


def test_another_agency_cannot_end_our_entry(sign_in, stranger_who_sets_up, entry, today):
    answer = sign_in(stranger_who_sets_up).post(reverse("basis", args=[entry.pk]), {"ends": today})

    assert answer.status_code == 404
    entry.refresh_from_db()
    assert entry.ends is None


def test_a_new_retention_rule_ends_the_old_one_today(sign_in, administrator, organisation, today):
    client = sign_in(administrator)

    client.post(reverse("change_retention", args=["closed"]), {"months": 12, "reason": "A year is enough."})

    old, new = RetentionRule.objects.filter(organisation=organisation, kind="closed").order_by("starts")
    assert (old.months, old.ends, new.months, new.ends) == (24, today, 12, None)
    assert RetentionRule.objects.on(today).get(organisation=organisation, kind="closed") == new
    assert Event.objects.get(name="retention.set").facts == {"kind": "closed", "months": 12}
    assert b"Two years after aftercare" in client.get(reverse("agency_retention")).content


@pytest.mark.parametrize(
    "wrong", [{"months": 0, "reason": "x"}, {"months": 12, "reason": ""}, {"months": "long"}]
)
def test_a_rule_without_months_and_reason_is_not_taken(sign_in, administrator, organisation, wrong):
    shown = sign_in(administrator).post(reverse("change_retention", args=["closed"]), wrong)

    assert shown.context["form"].errors
    assert RetentionRule.objects.get(organisation=organisation, kind="closed").months == 24


def test_another_agencys_rules_stay_as_they_are(sign_in, stranger_who_sets_up, organisation):
    sign_in(stranger_who_sets_up).post(
        reverse("change_retention", args=["closed"]), {"months": 1, "reason": "Ours."}
    )

    assert RetentionRule.objects.get(organisation=organisation, kind="closed").months == 24
