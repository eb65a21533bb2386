"""A question to a colleague lives inside the case, and only those in it ever read it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from r2com.access.models import Grant
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Refused
from r2com.drafts import actions as drafts
from r2com.threads import actions as threads
from r2com.threads import reading
from r2com.threads.models import Entry, Reading, Thread
from tests import factories

HOUR = timedelta(hours=1)
QUESTION = "Who has the spare key of the harbour room?"


@pytest.fixture
def deputy(colleague, practitioner, case, now):
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - 24 * HOUR)
    return colleague


@pytest.fixture
def friend(mentor, practitioner, case, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - 24 * HOUR)
    return mentor


@pytest.fixture
def ask(case, practitioner, now):
    """The practitioner asks somebody."""

    def asked(*colleagues, **changed):
        given = {"words": QUESTION, "by": practitioner, "at": now - 3 * HOUR, **changed}
        return threads.ask(case, colleagues=colleagues, **given)

    return asked


def offered(page):
    return [str(one) for one, _reads in page.context["colleagues"]]


# Asking


def test_only_those_with_a_part_in_the_case_are_offered(
    sign_in, practitioner, supervisor, deputy, friend, stranger, administrator, case
):
    page = sign_in(practitioner).get(f"/people/{case.reference}/ask/")

    assert offered(page) == [deputy.name, friend.name, supervisor.name]


def test_a_question_is_asked_and_read_by_whom_it_went_to(sign_in, practitioner, supervisor, case):
    given = {"words": QUESTION, "colleagues": [supervisor.pk], "is_sensitive": "on"}

    answer = sign_in(practitioner).post(f"/people/{case.reference}/ask/", given)

    assert QUESTION in sign_in(supervisor).get(answer.url).text
    assert Event.objects.get(name="question.asked").facts == {"asked": [str(supervisor.pk)]}


def test_nobody_outside_the_case_can_be_asked(sign_in, ask, practitioner, colleague, stranger, case):
    given = {"words": QUESTION, "colleagues": [colleague.pk]}

    assert sign_in(practitioner).post(f"/people/{case.reference}/ask/", given).status_code == 200
    for other in (colleague, stranger):
        with pytest.raises(Refused):
            ask(other)

    assert not Thread.objects.exists()


def test_nobody_asks_only_themselves(ask, practitioner):
    with pytest.raises(Refused):
        ask(practitioner)


def test_a_mentor_is_asked_about_what_is_not_sensitive_and_not_about_what_is(
    sign_in, ask, practitioner, friend, case
):
    client = sign_in(practitioner)
    given = {"words": QUESTION, "colleagues": [friend.pk]}
    assert "Does not read sensitive things" in client.get(f"/people/{case.reference}/ask/").text

    refused = client.post(f"/people/{case.reference}/ask/", {**given, "is_sensitive": "on"})
    assert (refused.status_code, Thread.objects.count()) == (200, 0)
    asked = client.post(f"/people/{case.reference}/ask/", given)

    assert QUESTION in sign_in(friend).get(asked.url).text


def test_a_mentor_asks_too(sign_in, friend, practitioner, case):
    client = sign_in(friend)
    assert "sensitive" not in client.get(f"/people/{case.reference}/ask/").context["form"].fields

    client.post(f"/people/{case.reference}/ask/", {"words": QUESTION, "colleagues": [practitioner.pk]})

    assert Thread.objects.get().is_sensitive is False


def test_somebody_without_a_part_asks_nothing(sign_in, ask, colleague, stranger, practitioner, case):
    for other in (colleague, stranger):
        assert sign_in(other).get(f"/people/{case.reference}/ask/").status_code == 404
        with pytest.raises(Refused):
            ask(practitioner, by=other)


# Who reads it


def may_read(sign_in, user, thread):
    return sign_in(user).get(f"/questions/{thread.pk}/").status_code == 200


def test_everybody_in_the_case_reads_it_and_nobody_else(
    sign_in, ask, practitioner, supervisor, deputy, stranger, administrator
):
    thread = ask(supervisor)

    assert all(may_read(sign_in, one, thread) for one in (practitioner, supervisor, deputy))
    assert not any(may_read(sign_in, one, thread) for one in (stranger, administrator))


def test_what_is_sensitive_is_not_there_for_a_mentor(sign_in, ask, supervisor, friend, case):
    thread, other = ask(supervisor), ask(supervisor, words="Where is the bus?", is_sensitive=False)

    assert not may_read(sign_in, friend, thread)
    assert may_read(sign_in, friend, other)
    page = sign_in(friend).get(f"/people/{case.reference}/ask/").text
    assert ("spare key" in page, "the bus" in page) == (False, True)


def test_what_stays_between_us_is_read_by_us_and_the_supervisor(
    sign_in, ask, practitioner, deputy, friend, supervisor, case, now
):
    thread = ask(friend, is_sensitive=False, only_asked=True)

    assert all(may_read(sign_in, one, thread) for one in (practitioner, friend, supervisor))
    assert not may_read(sign_in, deputy, thread)
    assert "spare key" not in sign_in(deputy).get(f"/people/{case.reference}/ask/").text
    assert sign_in(deputy).post(f"/questions/{thread.pk}/", {"words": "x"}).status_code == 404


def test_whoever_leaves_the_case_reads_it_no_more(sign_in, ask, deputy, practitioner, case, now):
    thread = ask(deputy)
    member = case.members.get(user=deputy, until=None)
    cases.end_place(member, by=practitioner, at=now)

    assert not may_read(sign_in, deputy, thread)
    assert reading.waiting_for(deputy) == []


def test_who_has_read_it_is_shown_and_remembered_once(sign_in, ask, practitioner, supervisor):
    thread = ask(supervisor)
    sign_in(supervisor).get(f"/questions/{thread.pk}/")
    sign_in(supervisor).get(f"/questions/{thread.pk}/")

    page = sign_in(practitioner).get(f"/questions/{thread.pk}/").text

    assert f"{supervisor.name} read it" in page
    assert Reading.objects.filter(user=supervisor).count() == 1
    assert Event.objects.filter(name="question.read", by=supervisor.pk).count() == 1


def test_every_reading_of_the_page_is_on_the_trail(sign_in, ask, supervisor, case):
    thread = ask(supervisor)
    sign_in(supervisor).get(f"/questions/{thread.pk}/")

    assert Event.objects.filter(name="record.opened", by=supervisor.pk, case=case.pk).count() == 1


# Answering


def test_it_is_answered_said_to_be_so_and_opened_again(sign_in, ask, practitioner, supervisor):
    address = f"/questions/{ask(supervisor).pk}/"
    sign_in(supervisor).post(address, {"words": "I have it"})
    assert "I have it" in sign_in(practitioner).get(address).text

    sign_in(practitioner).post(address, {"go": "answered"})
    assert Thread.objects.get().is_answered
    assert sign_in(supervisor).post(address, {"words": "One more"}).status_code == 200
    sign_in(supervisor).post(address, {"go": "reopen"})

    assert not Thread.objects.get().is_answered
    assert Entry.objects.count() == 2


def test_only_whoever_asked_says_that_it_is_answered(ask, supervisor, now):
    thread = ask(supervisor)

    with pytest.raises(Refused):
        threads.answered(thread, by=supervisor, at=now)


def test_somebody_who_took_no_part_does_not_open_it_again(ask, supervisor, deputy, practitioner, now):
    thread = ask(supervisor)
    threads.answered(thread, by=practitioner, at=now)

    with pytest.raises(Refused):
        threads.reopen(thread, by=deputy, at=now)


def test_what_was_said_is_changed_beside_it_and_never_written_over(sign_in, ask, practitioner, supervisor):
    thread = ask(supervisor)
    entry = Entry.objects.get()

    sign_in(practitioner).post(
        f"/questions/{thread.pk}/entries/{entry.pk}/", {"words": "Who has the bicycle?"}
    )

    page = sign_in(supervisor).get(f"/questions/{thread.pk}/").text
    assert "Who has the bicycle?" in page
    assert QUESTION in page
    assert Entry.objects.get(pk=entry.pk).words == QUESTION


def test_nobody_changes_what_somebody_else_said(sign_in, ask, supervisor, now):
    thread = ask(supervisor)
    entry = Entry.objects.get()

    assert sign_in(supervisor).get(f"/questions/{thread.pk}/entries/{entry.pk}/").status_code == 404
    with pytest.raises(Refused):
        threads.amend(entry, words="x", by=supervisor, at=now)


def test_whoever_may_only_read_says_nothing(sign_in, ask, supervisor, practitioner, case, now):
    thread = ask(supervisor)
    Grant.objects.filter(case=case.pk).update(may=["read the record", "read sensitive items"])

    assert may_read(sign_in, practitioner, thread)
    assert sign_in(practitioner).post(f"/questions/{thread.pk}/", {"words": "x"}).status_code == 404
    with pytest.raises(Refused):
        threads.reply(thread, words="x", by=practitioner, at=now)


def test_half_a_sentence_is_still_there(sign_in, ask, practitioner, supervisor, case, now):
    thread = ask(supervisor)
    words = {"words": ["I think"]}
    drafts.save(f"thread:{thread.pk}", fields=words, base=0, case=case.pk, by=supervisor, at=now)

    assert "I think" in sign_in(supervisor).get(f"/questions/{thread.pk}/").text
    assert "I think" not in sign_in(practitioner).get(f"/questions/{thread.pk}/").text


# Whose turn it is


def waits(*users):
    return [len(reading.waiting_for(one)) for one in users]


def test_whose_turn_it_is_goes_to_and_fro(ask, practitioner, supervisor, deputy, now):
    thread = ask(supervisor, deputy)
    assert waits(practitioner, supervisor, deputy) == [0, 1, 1]

    threads.reply(thread, words="I have it", by=supervisor, at=now - 2 * HOUR)
    assert waits(practitioner, supervisor, deputy) == [1, 0, 1]
    threads.reply(thread, words="Until when?", by=practitioner, at=now - HOUR)
    assert waits(practitioner, supervisor, deputy) == [0, 1, 1]
    threads.answered(thread, by=practitioner, at=now)

    assert waits(practitioner, supervisor, deputy) == [0, 0, 0]


def test_opened_again_it_waits_again(ask, practitioner, supervisor, now):
    thread = ask(supervisor)
    threads.answered(thread, by=practitioner, at=now)
    threads.reopen(thread, by=practitioner, at=now)

    assert waits(practitioner, supervisor) == [0, 1]
    assert reading.how_many_wait(supervisor) == 1


def test_the_page_of_questions_has_them_by_whose_turn_it_is(sign_in, ask, practitioner, supervisor, stranger):
    ask(supervisor)

    assert [
        len(sign_in(one).get("/questions/").context["shown"].mine) for one in (supervisor, practitioner)
    ] == [1, 0]
    assert "spare key" in sign_in(practitioner).get("/questions/").text
    assert "spare key" not in sign_in(stranger).get("/questions/").text


def test_an_administrator_has_no_such_page(sign_in, administrator):
    assert sign_in(administrator).get("/questions/").status_code == 404


@pytest.mark.parametrize("address", ["/questions/", "/people/{reference}/ask/", "/questions/{thread}/"])
def test_pages_ask_no_more_queries_however_much_was_asked(
    sign_in, ask, practitioner, supervisor, case, team, now, count_queries, address
):
    thread = ask(supervisor)
    address = address.format(reference=case.reference, thread=thread.pk)
    client = sign_in(supervisor)
    client.get(address)
    with count_queries() as few:
        client.get(address)
    for number in range(20):
        other = factories.case(team, by=practitioner, name=f"Person Number{number}", at=now)
        threads.ask(other, colleagues=[supervisor], words="Who?", by=practitioner, at=now - HOUR)
        ask(supervisor)
        threads.reply(thread, words=f"Said {number}", by=supervisor, at=now - HOUR)

    client.get(address)
    with count_queries() as many:
        client.get(address)

    assert len(many.asked) == len(few.asked)
    assert len(many.asked) <= (6 if address == "/questions/" else 12), "\n".join(many.asked)


def test_words_are_sealed_and_never_mailed(ask, supervisor):
    ask(supervisor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM threads_entry")
        kept = bytes(cursor.fetchone()[0])

    assert b"spare key" not in kept
    assert mail.outbox == []
    assert "spare key" not in str(list(Event.objects.values_list("facts", flat=True)))
