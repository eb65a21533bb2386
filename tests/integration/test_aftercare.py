"""Ringing twelve and eighteen months after release: how is it, and the door stays open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.keeping import months_after
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations import actions as organisations
from r2com.reviews import actions, dates
from r2com.reviews.models import Attempt, Call


@pytest.fixture
def call(case, practitioner, now):
    """The first of two calls, after a closing."""
    account = actions.Account(reason="settled", view="agrees")
    closing = actions.prepare(case, account, base=0, by=practitioner, at=now)
    words = actions.LetterWords("en", ring="Lantern", keeping="Until then")
    actions.close(closing, words, base=1, by=practitioner, at=now)
    return Call.objects.first()


def waiting(user):
    return list(Call.objects.visible_to(user).waiting().owned_by(user))


def read(answer):
    return answer.content.decode()


def test_two_calls_are_planned_at_the_end_with_an_owner(call, case, practitioner):
    days = [(one.occasion, one.due, one.owner) for one in Call.objects.all()]

    assert days == [
        ("month_12", months_after(case.release_on, 12), practitioner),
        ("month_18", months_after(case.release_on, 18), practitioner),
    ]
    assert [one.occasion for one in waiting(practitioner)] == ["month_12", "month_18"]


def test_a_call_that_lies_behind_is_not_planned(case):
    case.release_on = date(2025, 1, 31)

    assert dates.calls(case, date(2026, 1, 31)) == [("month_18", date(2026, 7, 31))]
    assert dates.calls(case, date(2026, 8, 1)) == []


def test_reached_ends_the_call(call, practitioner, now):
    actions.ring(call, result="reached", words="The tomatoes are fine.", by=practitioner, at=now)

    assert [one.occasion for one in waiting(practitioner)] == ["month_18"]
    assert Attempt.objects.get().words == "The tomatoes are fine."
    assert Event.objects.get(name="aftercare.rung").facts == {"result": "reached", "again_on": ""}


def test_whoever_was_not_reached_is_rung_again_on_the_day_that_was_set(call, practitioner, now, today):
    actions.ring(call, result="not_reached", again_on=today + timedelta(days=9), by=practitioner, at=now)

    call.refresh_from_db()
    assert (call.is_waiting, call.due) == (True, today + timedelta(days=9))


def test_the_day_to_try_again_lies_ahead(call, practitioner, now, today):
    with pytest.raises(Refused, match="lies ahead"):
        actions.ring(call, result="not_reached", again_on=today, by=practitioner, at=now)

    assert not Attempt.objects.exists()


def test_a_call_is_made_once(call, practitioner, now):
    actions.ring(call, result="not_reached", by=practitioner, at=now)

    with pytest.raises(Refused, match="over"):
        actions.ring(call, result="reached", by=practitioner, at=now)


def test_when_the_worker_leaves_the_calls_come_to_the_supervisor(call, practitioner, supervisor, now):
    assert waiting(supervisor) == []

    organisations.leave(practitioner, ends=now.date(), reason="work", by=supervisor, at=now)

    assert waiting(practitioner) == []
    assert waiting(supervisor)[0] == call
    actions.take_over(call, by=supervisor, at=now)
    assert Call.objects.first().owner == supervisor


def test_those_who_do_not_follow_up_neither_ring_nor_take_over(call, colleague, stranger, now):
    for other in (colleague, stranger):
        with pytest.raises(Refused):
            actions.ring(call, result="reached", by=other, at=now)
        with pytest.raises(Refused):
            actions.take_over(call, by=other, at=now)
        assert waiting(other) == []


def test_a_case_that_goes_on_is_not_rung_because_it_once_ended(call, case, practitioner, now):
    cases.reopen(Case.objects.get(), why="Asked back", by=practitioner, at=now)

    assert waiting(practitioner) == []
    with pytest.raises(Refused):
        actions.ring(call, result="reached", by=practitioner, at=now)


def test_the_page_says_how_to_reach_them_safely_and_keeps_what_came(sign_in, call, practitioner, case):
    client = sign_in(practitioner)
    assert "the door stays open" in read(client.get(call.get_absolute_url()))

    answer = client.post(call.get_absolute_url(), {"go": "rung", "result": "reached", "words": "All well"})

    assert answer.url == reverse("reviews", args=[case.reference])
    assert "All well" in read(client.get(call.get_absolute_url()))


def test_whoever_asks_us_back_leads_to_opening_it_again(sign_in, call, practitioner, case):
    answer = sign_in(practitioner).post(call.get_absolute_url(), {"result": "asked_back"})

    assert answer.url == reverse("reopen", args=[case.reference])


def test_the_supervisor_takes_it_over_on_the_page(sign_in, call, supervisor):
    sign_in(supervisor).post(call.get_absolute_url(), {"go": "mine"})

    assert Call.objects.first().owner == supervisor


def test_a_call_that_is_over_says_so_to_whoever_comes_late(sign_in, call, practitioner, now):
    actions.ring(call, result="reached", by=practitioner, at=now)

    page = read(sign_in(practitioner).post(call.get_absolute_url(), {"go": "mine"}))

    assert "This call is over" in page


def test_strangers_and_colleagues_see_no_call(sign_in, call, stranger, colleague):
    for other in (stranger, colleague):
        assert sign_in(other).get(call.get_absolute_url()).status_code == 404
        assert sign_in(other).post(call.get_absolute_url(), {"go": "mine"}).status_code == 404


def test_the_page_asks_at_most_twelve_queries(sign_in, call, practitioner, count_queries):
    client = sign_in(practitioner)

    with count_queries() as counted:
        client.get(call.get_absolute_url())

    assert len(counted.asked) <= 12, "\n".join(counted.asked)
