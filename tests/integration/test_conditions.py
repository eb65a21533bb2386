"""Conditions in plain words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.conditions import actions
from r2com.conditions.models import Condition
from r2com.core.refusals import Changed, Refused

pytestmark = pytest.mark.usefixtures("authority")

SAID = {
    "asked_by": "The court",
    "whom_to_ask": "Bea",
    "hard": "The early shift",
    "starts": None,
    "ends": None,
}


@pytest.fixture
def curfew(case, practitioner, now):
    return actions.write(case, words="Be at home at ten", by=practitioner, at=now)


def test_a_condition_is_written_in_plain_words(sign_in, practitioner, case, today):
    client = sign_in(practitioner)
    typed = {"base": 0, "words": "Be at home at ten", "hard": "The early shift", "ends": today}

    client.post(reverse("add_condition", args=[case.reference]), typed)

    page = client.get(reverse("conditions", args=[case.reference])).content.decode()
    assert "Be at home at ten" in page
    assert "The early shift" in page
    assert Event.objects.filter(name="condition.written", by=practitioner.pk).exists()


def test_one_that_is_over_stands_apart(sign_in, practitioner, case, curfew, now, today):
    yesterday = today - timedelta(days=1)
    actions.rewrite(curfew, base=1, words="Over", **{**SAID, "ends": yesterday}, by=practitioner, at=now)

    page = sign_in(practitioner).get(reverse("conditions", args=[case.reference]))

    assert [one.words for one in page.context["over"]] == ["Over"]
    assert page.context["holding"] == []
    assert list(Condition.objects.on(yesterday)) == [curfew]


def test_days_that_run_backwards_are_refused_and_nothing_is_lost(sign_in, practitioner, case, now, today):
    client = sign_in(practitioner)
    days = {"starts": today, "ends": today - timedelta(days=1)}

    page = client.post(reverse("add_condition", args=[case.reference]), {"base": 0, "words": "Typed", **days})

    assert "It ends before it begins" in page.content.decode()
    assert "Typed" in page.content.decode()
    with pytest.raises(Refused):
        actions.write(case, words="Typed", **days, by=practitioner, at=now)


def test_two_versions_are_both_shown(sign_in, practitioner, curfew, now):
    actions.rewrite(curfew, base=1, words="At eleven", **SAID, by=practitioner, at=now)

    page = sign_in(practitioner).post(reverse("condition", args=[curfew.pk]), {"base": 1, "words": "At nine"})

    assert "At eleven" in page.content.decode()
    assert "At nine" in page.content.decode()
    with pytest.raises(Changed):
        actions.rewrite(curfew, base=1, words="At nine", **SAID, by=practitioner, at=now)


def test_a_mentor_reads_and_does_not_write(sign_in, practitioner, mentor, curfew, case, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=case.opened_at)
    client = sign_in(mentor)

    assert "Be at home at ten" in client.get(reverse("conditions", args=[case.reference])).content.decode()
    assert client.get(reverse("condition", args=[curfew.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.write(case, words="Mine", by=mentor, at=now)


def test_a_stranger_finds_nothing(sign_in, stranger, curfew, case):
    client = sign_in(stranger)

    assert client.get(reverse("conditions", args=[case.reference])).status_code == 404
    assert client.post(reverse("condition", args=[curfew.pk]), {"base": 1, "words": "X"}).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(sign_in, practitioner, case, curfew, now, count_queries):
    client, page = sign_in(practitioner), reverse("conditions", args=[case.reference])
    with count_queries() as one:
        client.get(page)
    for number in range(50):
        actions.write(case, words=f"Number {number}", by=practitioner, at=now)

    with count_queries() as many:
        client.get(page)

    assert len(one.asked) == len(many.asked) <= 6
