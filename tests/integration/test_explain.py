"""Meet and explain: told first, asked one by one, taken back at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases import frame
from r2com.cases.models import CaseMember
from r2com.organisations.models import ListEntry, ListName
from r2com.people import actions
from r2com.people.models import Choice, Notice, NoticeGiven
from tests import factories


@pytest.fixture
def notice(organisation):
    return Notice.objects.get(organisation=organisation, language="en")


@pytest.fixture
def given(person, notice, practitioner, case, now):
    at = now - timedelta(days=1)
    return actions.give_notice(person, notice, how="aloud", proof="signed", by=practitioner, at=at, case=case)


@pytest.fixture
def housing(organisation):
    return ListEntry.objects.get(
        organisation=organisation, list=ListName.RECIPIENT, words__en="Housing service"
    )


@pytest.fixture
def yes(given, housing, practitioner, case, now, today):
    return actions.record_choice(
        given,
        recipient=housing,
        purpose="help",
        agreed=True,
        until=today + timedelta(days=90),
        how="said",
        by=practitioner,
        at=now - timedelta(hours=2),
        case=case,
    )


@pytest.fixture
def asked(housing, today):
    """What is typed for one yes."""
    until = (today + timedelta(days=90)).isoformat()
    return {"recipient": housing.pk, "purpose": "help", "agreed": "yes", "until": until, "how": "said"}


@pytest.fixture
def mentoring(case, mentor, practitioner, now):
    return cases.place(
        case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(hours=1)
    )


def page(name, case, *more):
    return reverse(name, args=[case.reference, *more])


def says(response, *sentences):
    text = response.content.decode()
    return [sentence for sentence in sentences if sentence not in text] == []


PAGES = ["explain", "give_notice", "print_notice", "choice", "profile", "team"]


@pytest.mark.parametrize("name", PAGES)
def test_the_worker_opens_each_page_and_the_trail_knows(sign_in, practitioner, case, name):
    answer = sign_in(practitioner).get(page(name, case))

    assert answer.status_code == 200
    assert Event.objects.filter(name="record.opened", case=case.pk, by=practitioner.pk).count() == 1


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
@pytest.mark.parametrize("name", PAGES)
def test_for_others_no_page_exists_and_nothing_is_on_the_trail(sign_in, request, case, who, name):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(page(name, case)).status_code == 404
    assert client.post(page(name, case), {"how": "said"}).status_code in (404, 405)
    assert not Event.objects.filter(name="record.opened").exists()


@pytest.mark.parametrize(("name", "status"), [("explain", 200), ("print_notice", 200), ("team", 200)])
def test_mentor_and_supervisor_read_along(client, mentoring, mentor, supervisor, case, name, status):
    assert factories.sign_in(client, mentor).get(page(name, case)).status_code == status
    assert factories.sign_in(client, supervisor).get(page(name, case)).status_code == status


@pytest.mark.parametrize("name", ["give_notice", "choice", "profile"])
def test_mentor_and_supervisor_write_nothing_here(client, mentoring, mentor, supervisor, case, given, name):
    for who in (mentor, supervisor):
        signed_in = factories.sign_in(client, who)

        assert signed_in.get(page(name, case)).status_code == 404
        assert signed_in.post(page(name, case), {"how": "said"}).status_code == 404


def test_opening_is_on_the_trail_even_when_the_page_cannot_be_made(sign_in, practitioner, case, monkeypatch):
    def breaks(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(frame, "page", breaks)
    with pytest.raises(ZeroDivisionError):
        sign_in(practitioner).get(page("explain", case))

    assert Event.objects.filter(name="record.opened", case=case.pk).exists()


def test_the_notice_is_given_and_its_history_is_shown(sign_in, practitioner, case, notice):
    client = sign_in(practitioner)
    told = {"notice": notice.pk, "how": "interpreted", "interpreter": "Vera Holm", "proof": "unsigned"}

    answer = client.post(page("give_notice", case), told)

    assert answer.url == page("explain", case)
    assert NoticeGiven.objects.get().interpreter == "Vera Holm"
    shown = client.get(answer.url)
    assert says(
        shown, "An interpreter said it in their language", "Interpreter: Vera Holm.", "In English, wording 1"
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"how": "interpreted"}, "Write who interpreted."),
        ({"proof": "witnessed"}, "Write who heard it."),
        ({"proof": ""}, "Choose one under “What shows it?”"),
    ],
)
def test_the_notice_is_not_given_by_halves(sign_in, practitioner, case, notice, change, sentence):
    told = {"notice": notice.pk, "how": "read", "proof": "signed", **change}

    assert says(sign_in(practitioner).post(page("give_notice", case), told), sentence)
    assert not NoticeGiven.objects.exists()


def test_the_notice_of_another_house_cannot_be_given(sign_in, practitioner, case, stranger):
    foreign = Notice.objects.exclude(organisation=case.organisation).first()

    sign_in(practitioner).post(
        page("give_notice", case), {"notice": foreign.pk, "how": "read", "proof": "signed"}
    )

    assert not NoticeGiven.objects.exists()


def test_the_notice_comes_in_their_language_or_says_that_it_does_not(sign_in, practitioner, case):
    client = sign_in(practitioner)
    assert not says(client.get(page("explain", case)), "There is no notice in that language yet")

    person = actions.correct(case.person, base=1, language="ti", by=practitioner, at=case.opened_at)
    shown = client.get(page("explain", case))
    assert says(
        shown, "They speak Tigrinya. There is no notice in that language yet, so this one is in English."
    )

    actions.correct(person, base=2, language="pt", by=practitioner, at=case.opened_at)
    assert client.get(page("explain", case)).context["notice"].language == "pt"
    assert client.get(page("give_notice", case) + "?language=en").context["notice"].language == "en"


def test_a_choice_without_a_notice_leads_to_the_notice(sign_in, practitioner, case, asked):
    answer = sign_in(practitioner).post(page("choice", case), asked)

    assert says(answer, "They have not been told yet", page("give_notice", case))
    assert not Choice.objects.exists()


def test_a_yes_is_written_down_for_one_recipient_one_purpose_one_day(
    sign_in, practitioner, case, given, asked, today
):
    client = sign_in(practitioner)

    client.post(page("choice", case), asked)

    choice = Choice.objects.get()
    assert (str(choice.recipient), choice.purpose, choice.agreed) == ("Housing service", "help", True)
    assert choice.until == today + timedelta(days=90)
    assert says(
        client.get(page("explain", case)),
        "Housing service",
        "to help with something in my plan",
        "<b>Yes</b>",
    )


def test_a_no_is_a_full_answer(sign_in, practitioner, case, given, asked):
    sign_in(practitioner).post(page("choice", case), {**asked, "agreed": "no", "until": ""})

    assert [(one.agreed, one.until) for one in Choice.objects.all()] == [(False, None)]


@pytest.mark.parametrize("until", ["", "2020-01-01"])
def test_a_yes_needs_a_day_ahead_on_which_it_ends(sign_in, practitioner, case, given, asked, until):
    answer = sign_in(practitioner).post(page("choice", case), {**asked, "until": until})

    assert says(answer, "A yes needs a day on which it ends")
    assert not Choice.objects.exists()


def test_a_choice_cannot_go_beyond_the_notice(sign_in, practitioner, case, housing, asked, now, organisation):
    covers = [["arrival", str(housing.pk)], ["help", str(_other(organisation, housing).pk)]]
    narrow = actions.publish_notice(
        organisation, language="en", text="Short.", covers=covers, by=None, at=now
    )
    actions.give_notice(case.person, narrow, how="read", proof="signed", by=practitioner, at=now)
    client = sign_in(practitioner)

    offered = client.get(page("choice", case)).context["form"]
    beyond_pair = client.post(page("choice", case), asked)
    not_offered = client.post(page("choice", case), {**asked, "purpose": "care"})

    assert [value for value, _label in offered.fields["purpose"].choices] == ["arrival", "help"]
    assert says(beyond_pair, "The notice that was given does not speak of this.")
    assert says(not_offered, "Choose one of the answers given")
    assert not Choice.objects.exists()
    client.post(page("choice", case), {**asked, "purpose": "arrival"})
    assert Choice.objects.exists()


def test_whoever_decides_for_them_says_why(sign_in, practitioner, case, given, asked):
    client = sign_in(practitioner)
    assert says(client.post(page("choice", case), {**asked, "stands_in": "Lea Fernweh"}), "by what right")

    client.post(
        page("choice", case),
        {**asked, "stands_in": "Lea Fernweh", "stands_in_why": "Guardian by court order"},
    )

    assert says(client.get(page("explain", case)), "Lea Fernweh decided for them: Guardian by court order")


def test_a_yes_is_taken_back_in_two_steps_and_at_once(sign_in, practitioner, case, yes, today):
    client = sign_in(practitioner)
    assert says(client.get(page("explain", case)), page("withdraw", case, yes.pk))

    confirm = client.get(page("withdraw", case, yes.pk))
    client.post(page("withdraw", case, yes.pk), {"how": "said"})

    assert says(
        confirm,
        "From now on nothing more is shared with Housing service",
        "stays visible as shared",
        "checked",
    )
    assert not Choice.objects.get().is_live(today)
    after = client.get(page("explain", case))
    assert says(after, "Yes, taken back")
    assert not says(after, page("withdraw", case, yes.pk))


@pytest.mark.parametrize("who", ["supervisor", "mentor", "stranger"])
def test_others_cannot_take_it_back(sign_in, request, case, yes, mentoring, who, today):
    client = sign_in(request.getfixturevalue(who))

    assert client.post(page("withdraw", case, yes.pk), {"how": "said"}).status_code == 404
    assert Choice.objects.get().is_live(today)


def test_the_choice_of_another_person_cannot_be_taken_back_here(sign_in, practitioner, yes, team, now, today):
    other = factories.case(team, by=practitioner, at=now - timedelta(days=1), name="Nadia Brook")

    assert sign_in(practitioner).post(page("withdraw", other, yes.pk), {"how": "said"}).status_code == 404
    assert Choice.objects.get().is_live(today)


def test_a_new_answer_stands_in_place_of_the_one_before(sign_in, practitioner, case, yes, asked, today):
    client = sign_in(practitioner)

    client.post(page("choice", case), {**asked, "agreed": "no", "until": ""})

    assert [one.is_live(today) for one in Choice.objects.all()] == [False, False]
    assert says(client.get(page("explain", case)), "Yes, until they chose anew", "<b>No</b>")


def test_a_new_yes_does_not_hide_that_an_earlier_one_was_taken_back(
    sign_in, practitioner, case, yes, asked, now
):
    actions.withdraw(yes, how="said", by=practitioner, at=now - timedelta(hours=1), case=case)
    client = sign_in(practitioner)

    client.post(page("choice", case), asked)

    shown = client.get(page("explain", case))
    assert says(shown, "Yes, taken back", "<b>Yes</b>")
    assert not says(shown, "until they chose anew")


def test_the_paper_holds_only_the_last_word(sign_in, practitioner, case, yes, asked):
    client = sign_in(practitioner)
    client.post(page("choice", case), {**asked, "agreed": "no", "until": ""})
    client.post(page("choice", case), asked)

    paper = client.get(page("print_notice", case))

    assert [one["row"].agreed for one in paper.context["choices"]] == [True]


def test_a_yes_that_has_ended_says_so(sign_in, practitioner, case, yes, today):
    Choice.objects.update(until=today - timedelta(days=1))

    assert says(sign_in(practitioner).get(page("explain", case)), "Yes, ended on")


def test_the_paper_names_only_the_house_and_holds_the_choices(sign_in, practitioner, case, yes):
    paper = sign_in(practitioner).get(page("print_notice", case))

    assert says(
        paper, "<title>For you to keep · Lantern</title>", "Housing service", "Interpreter or witness"
    )
    assert not says(paper, "Milo Fernweh")
    assert not says(paper, "Lantern Association")
    assert "r2com" not in paper.content.decode().lower()


def test_the_page_asks_the_database_as_often_for_many_choices_as_for_one(
    sign_in, practitioner, case, yes, given, now, today, count_queries
):
    client = sign_in(practitioner)
    with count_queries() as once:
        client.get(page("explain", case))
    recipients = ListEntry.objects.filter(list=ListName.RECIPIENT, organisation=case.organisation)
    for recipient in recipients:
        for purpose in ("arrival", "meetings", "care"):
            until = today + timedelta(days=30)
            about = {
                "recipient": recipient,
                "purpose": purpose,
                "agreed": True,
                "until": until,
                "how": "said",
            }
            actions.record_choice(given, **about, by=practitioner, at=now)

    with count_queries() as often:
        client.get(page("explain", case))

    assert len(often.asked) == len(once.asked) <= 6


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_more_than_twelve_times(sign_in, practitioner, case, yes, name, count_queries):
    client = sign_in(practitioner)

    with count_queries() as page_s:
        client.get(page(name, case))

    assert len(page_s.asked) <= 12


def _other(organisation, entry):
    return (
        ListEntry.objects.filter(organisation=organisation, list=ListName.RECIPIENT)
        .exclude(pk=entry.pk)
        .first()
    )
