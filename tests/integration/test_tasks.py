"""Tasks: by day, filtered in the address, done, undone, coming round; and never anybody else's."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from r2com.access.models import Grant
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Refused
from r2com.tasks import actions as tasks
from r2com.tasks.models import Done, NotDone, Task
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def promise(case, practitioner, now):
    """Writes something down that is due some days from today."""

    def made(words, days=0, **changed):
        given = {"owner": practitioner, "by": practitioner, "at": now, **changed}
        return tasks.promise(given.pop("case", case), words=words, due=now.date() + days * DAY, **given)

    return made


@pytest.fixture
def friend(mentor, practitioner, case, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - DAY)
    return mentor


def headings(page):
    """The headings of the page with the words that stand under each."""
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_tasks_stand_under_their_day(sign_in, practitioner, promise, today):
    promise("Ring the bank", -2)
    promise("Bring the form", 0)
    promise("Ask the school", 40)
    tasks.finish(promise("Old thing"), words="They said yes", by=practitioner, at=promise("x").made_at)

    parts = headings(sign_in(practitioner).get("/tasks/").text)

    assert "Ring the bank" in parts["Still open from before"]
    assert "Bring the form" in parts["For today"]
    assert "Ask the school" in parts["Later"]
    assert "They said yes" in parts["Done lately"]


def test_tasks_are_mine_and_nobody_elses(sign_in, practitioner, colleague, supervisor, stranger, promise):
    promise("Ring the bank")

    assert "Ring the bank" in sign_in(practitioner).get("/tasks/").text
    for other in (colleague, supervisor, stranger):
        assert "Ring the bank" not in sign_in(other).get("/tasks/").text


def test_a_supervisor_sees_what_the_team_has_to_do_and_a_worker_cannot_ask_for_that(
    sign_in, practitioner, supervisor, friend, promise
):
    promise("Ring the bank", owner=friend)

    assert "Ring the bank" in sign_in(supervisor).get("/tasks/?owner=team").text
    assert "Ring the bank" not in sign_in(practitioner).get("/tasks/?owner=team").text


def test_an_administrator_has_no_such_page(sign_in, administrator):
    assert sign_in(administrator).get("/tasks/").status_code == 404


def test_what_is_chosen_stands_in_the_address(sign_in, practitioner, team, case, promise, now):
    other = factories.case(team, by=practitioner, name="Wilm Ottergate", at=now)
    promise("Ring the bank")
    promise("Bring the form", case=other)
    tasks.ask(case, words="Where is the letter", owner=practitioner, due=now.date(), by=practitioner, at=now)
    client = sign_in(practitioner)

    of_case = client.get(f"/tasks/?case={other.reference}").text
    of_kind = client.get("/tasks/?kind=question").text
    by_themselves = client.get("/tasks/?kind=reminder").text

    assert ("Bring the form" in of_case, "Ring the bank" in of_case) == (True, False)
    assert ("Where is the letter" in of_kind, "Ring the bank" in of_kind) == (True, False)
    assert ("Tell them what we do" in by_themselves, "Ring the bank" in by_themselves) == (True, False)
    assert f'value="{other.reference}" selected' in of_case


@pytest.mark.parametrize("asked", ["case=%00", "kind=bad", "day=9999-99-99", "owner=me&case=NOBODY", "day=x"])
def test_an_address_that_means_nothing_still_shows_a_page(sign_in, practitioner, promise, asked):
    assert sign_in(practitioner).get(f"/tasks/?{asked}").status_code == 200


def test_a_day_from_the_calendar_shows_that_day(sign_in, practitioner, promise, today):
    promise("Ring the bank", -2)
    promise("Ask the school", 5)
    client = sign_in(practitioner)

    now = client.get(f"/tasks/?day={today}").text
    later = client.get(f"/tasks/?day={today + 5 * DAY}").text

    assert ("Ring the bank" in now, "Ask the school" in now) == (True, False)
    assert ("Ring the bank" in later, "Ask the school" in later) == (False, True)


def test_the_page_asks_no_more_queries_at_fifty(sign_in, practitioner, team, promise, now, count_queries):
    def grow(many):
        for number in range(many):
            case = factories.case(team, by=practitioner, name=f"Person Number{number}", at=now)
            promise(f"Ring {number}", case=case)
            tasks.finish(promise(f"Rang {number}", case=case), by=practitioner, at=now)

    grow(1)
    client = sign_in(practitioner)
    with count_queries() as few:
        client.get("/tasks/")
    grow(49)

    with count_queries() as many:
        client.get("/tasks/")

    assert len(many.asked) == len(few.asked)
    assert len(many.asked) <= 6, "\n".join(many.asked)


def test_a_cases_page_asks_no_more_queries_however_much_there_is(
    sign_in, practitioner, promise, case, count_queries, now
):
    client = sign_in(practitioner)
    promise("Ring")
    with count_queries() as few:
        client.get(f"/people/{case.reference}/tasks/")
    for number in range(30):
        tasks.finish(promise(f"Rang {number}"), by=practitioner, at=now)
        promise(f"Ring {number}")

    with count_queries() as many:
        client.get(f"/people/{case.reference}/tasks/")

    assert len(many.asked) == len(few.asked)
    assert len(many.asked) <= 12, "\n".join(many.asked)


# Writing something down


def given(owner, **changed):
    said = {"kind": "promise", "words": "Ring the bank", "owner": owner.pk, "when": "week", "repeats": ""}
    return {**said, **changed}


def test_something_is_written_down_for_a_week_from_now(sign_in, practitioner, friend, case, today):
    sign_in(practitioner).post(f"/people/{case.reference}/tasks/add/", given(friend))

    task = Task.objects.get()
    assert (task.words, task.owner, task.due) == ("Ring the bank", friend, today + 7 * DAY)
    assert Event.objects.filter(name="task.made", case=case.pk, by=practitioner.pk).exists()


@pytest.mark.parametrize(("when", "days"), [("tomorrow", 1), ("release", 19), ("day", 3)])
def test_days_that_are_often_meant(sign_in, practitioner, team, now, today, when, days):
    case = factories.case(team, by=practitioner, release_on=today + 20 * DAY, at=now)
    said = given(practitioner, when=when, due=(today + 3 * DAY).isoformat())

    sign_in(practitioner).post(f"/people/{case.reference}/tasks/add/", said)

    assert Task.objects.get().due == today + days * DAY


def test_once_out_nothing_is_due_before_release(sign_in, practitioner, case):
    client = sign_in(practitioner)

    page = client.post(f"/people/{case.reference}/tasks/add/", given(practitioner, when="release"))

    assert page.status_code == 200
    assert not Task.objects.exists()


def test_another_day_has_to_be_named(sign_in, practitioner, case):
    page = sign_in(practitioner).post(f"/people/{case.reference}/tasks/add/", given(practitioner, when="day"))

    assert "Write the other day" in page.text


def test_only_somebody_in_the_case_is_offered_and_taken(sign_in, practitioner, colleague, case, now):
    client = sign_in(practitioner)
    offered = client.get(f"/people/{case.reference}/tasks/add/").text

    client.post(f"/people/{case.reference}/tasks/add/", given(colleague))

    assert colleague.name not in offered
    assert not Task.objects.exists()
    with pytest.raises(Refused):
        tasks.promise(case, words="x", owner=colleague, due=now.date(), by=practitioner, at=now)


def test_a_stranger_adds_nothing_and_a_mentor_may(sign_in, friend, colleague, stranger, case):
    address = f"/people/{case.reference}/tasks/add/"

    for other in (colleague, stranger):
        assert sign_in(other).post(address, given(other)).status_code == 404
    sign_in(friend).post(address, given(friend))

    assert Task.objects.get().made_by == friend


def test_adding_begins_with_a_person_chosen_in_the_list(sign_in, practitioner, stranger, case):
    asked = f"/tasks/?case={case.reference}&add=1"

    assert sign_in(practitioner).get(asked).url == f"/people/{case.reference}/tasks/add/"
    assert sign_in(stranger).get(asked).status_code == 200


@pytest.fixture
def only_reading_after(case):
    """Leaves what is left when the work has ended: one may read, and write no more."""

    def done():
        Grant.objects.filter(case=case.pk).update(may=["read the record", "read sensitive items"])

    return done


def test_whoever_may_only_read_writes_down_moves_and_ends_nothing(
    sign_in, practitioner, supervisor, case, promise, now, only_reading_after
):
    task = promise("Ring the bank", owner=supervisor)
    only_reading_after()
    client = sign_in(practitioner)

    assert client.get(f"/people/{case.reference}/tasks/").status_code == 200
    assert client.post(f"/people/{case.reference}/tasks/add/", given(practitioner)).status_code == 404
    assert client.post(f"/tasks/{task.pk}/", {"go": "done"}).status_code == 404
    with pytest.raises(Refused):
        tasks.finish(task, by=practitioner, at=now)
    with pytest.raises(Refused):
        promise("Another")


# Done, and not done after all


def test_done_from_the_list_leads_back_to_the_list(sign_in, practitioner, promise):
    task = promise("Ring the bank")
    client = sign_in(practitioner)

    answer = client.post(f"/tasks/{task.pk}/", {"go": "done", "back": "/tasks/?kind=promise"})

    assert answer.url == "/tasks/?kind=promise"
    assert Done.objects.get().done_by == practitioner


@pytest.mark.parametrize(
    "back", ["//elsewhere.example/tasks/", "https://elsewhere.example/", "javascript:x", ""]
)
def test_nobody_is_led_elsewhere(sign_in, practitioner, promise, back):
    answer = sign_in(practitioner).post(f"/tasks/{promise('x').pk}/", {"go": "done", "back": back})

    assert answer.url == "/"


def test_what_was_said_when_it_was_done_is_never_lost(sign_in, practitioner, promise, now):
    task = promise("Ring the bank")
    tasks.finish(task, words="They said yes", by=practitioner, at=now)
    client = sign_in(practitioner)

    client.post(f"/tasks/{task.pk}/undo/")

    page = client.get(f"/tasks/{task.pk}/").text
    assert not Task.objects.get().is_done
    assert "They said yes" in page
    assert NotDone.objects.get().done_by == practitioner
    assert Event.objects.filter(name="task.not_done", subject=task.pk).count() == 1


def test_after_two_weeks_it_stays_done(sign_in, practitioner, promise, now):
    task = promise("Ring the bank")
    tasks.finish(task, by=practitioner, at=now - 15 * DAY)

    assert "not done after all" not in sign_in(practitioner).get(f"/tasks/{task.pk}/").text
    with pytest.raises(Refused):
        tasks.undo(task, by=practitioner, at=now)


def test_somebody_elses_task_is_neither_done_nor_undone(
    sign_in, practitioner, friend, colleague, promise, now
):
    task = promise("Ring the bank")
    assert sign_in(friend).get(f"/tasks/{task.pk}/").status_code == 200

    assert sign_in(friend).post(f"/tasks/{task.pk}/", {"go": "done"}).status_code == 404
    tasks.finish(task, by=practitioner, at=now)
    assert sign_in(friend).post(f"/tasks/{task.pk}/undo/").status_code == 404
    assert sign_in(colleague).post(f"/tasks/{task.pk}/undo/").status_code == 404

    assert Task.objects.get().is_done


def test_a_supervisor_gives_a_task_to_somebody_else(sign_in, practitioner, supervisor, promise, today):
    task = promise("Ring the bank")
    given = {"go": "move", "owner": supervisor.pk, "due": (today + DAY).isoformat()}

    sign_in(supervisor).post(f"/tasks/{task.pk}/", given)

    assert (Task.objects.get().owner, Task.objects.get().due) == (supervisor, today + DAY)


def test_what_is_done_is_not_moved(promise, practitioner, now, today):
    task = promise("Ring the bank")
    tasks.finish(task, by=practitioner, at=now)

    with pytest.raises(Refused):
        tasks.move(task, owner=practitioner, due=today, by=practitioner, at=now)


# What comes round


def test_what_comes_round_is_there_again_when_it_is_done(promise, practitioner, now, today):
    task = promise("Visit", -3, repeats="weekly")

    tasks.finish(task, by=practitioner, at=now)
    tasks.finish(task, by=practitioner, at=now)

    again = Task.objects.open().get()
    assert (again.words, again.due, again.owner) == ("Visit", today + 4 * DAY, practitioner)


def test_what_does_not_come_round_is_gone(promise, practitioner, now):
    tasks.finish(promise("Visit"), by=practitioner, at=now)

    assert not Task.objects.open().exists()


def test_undoing_takes_the_next_time_away_and_it_comes_once_more(promise, practitioner, now):
    task = promise("Visit", repeats="monthly")
    tasks.finish(task, by=practitioner, at=now)

    tasks.undo(task, by=practitioner, at=now)
    assert Task.objects.open().get() == task
    tasks.finish(Task.objects.get(), by=practitioner, at=now)

    assert Task.objects.count() == 2


def test_a_time_cannot_be_undone_once_the_next_is_done(promise, practitioner, now):
    task = promise("Visit", repeats="weekly")
    tasks.finish(task, by=practitioner, at=now)
    tasks.finish(Task.objects.open().get(), by=practitioner, at=now)

    with pytest.raises(Refused):
        tasks.undo(task, by=practitioner, at=now)


def test_words_are_sealed(promise):
    promise("Ring the bank at the harbour")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM tasks_task")
        kept = bytes(cursor.fetchone()[0])

    assert b"harbour" not in kept
