"""Work that comes round by itself: done once, by one worker, and taken up again after a crash."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from r2com.accounts.models import Session
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases import retention
from r2com.cases.models import Door
from r2com.config import worker
from r2com.core.refusals import Refused
from r2com.jobs import work
from r2com.jobs.models import Job
from r2com.organisations.models import ListName
from r2com.people.models import NameFingerprint, Notice, NoticeGiven, Person
from r2com.vault.models import DataKey, Owner
from tests import factories

HOUR = timedelta(hours=1)
JOBS = [
    "take the trail in and sign it",
    "clear ended sessions",
    "forget people we declined",
    "forget what is not for the record",
    "destroy what two people agreed to",
    "hand on dark lamps",
    "say by mail how much is due",
    "move caseloads in and out",
    "forget uploaded lists",
    "forget what workers wrote about themselves",
    "forget what was sent twice",
    "derive every grant again",
]


class Killed(BaseException):
    """What a worker that is killed leaves behind: nothing that could be tidied up."""


@pytest.fixture
def jobs(monkeypatch):
    """No job but those of the test."""
    monkeypatch.setattr(work, "_known", {})


@pytest.fixture
def done():
    return []


def test_a_job_is_done_when_it_is_due_and_comes_round(jobs, done, now):
    work.register("count", done.append, HOUR)

    first, again = work.run_due(at=now), work.run_due(at=now + HOUR)

    assert (first, again) == ({"count": True}, {"count": True})
    assert done == [now, now + HOUR]


def test_a_job_is_not_done_before_it_is_due(jobs, done, now):
    work.register("count", done.append, HOUR)
    work.run_due(at=now)

    assert work.run_due(at=now + HOUR - timedelta(seconds=1)) == {}
    assert done == [now]


def test_two_workers_do_not_do_the_same(jobs, done, now):
    work.register("count", lambda at: done.append(work.run_due(at=at)), HOUR)

    work.run_due(at=now)

    assert done == [{}]


def test_the_job_of_a_killed_worker_is_taken_up_again(jobs, done, now):
    work.register("count", killed, HOUR)
    with pytest.raises(Killed):
        work.run_due(at=now)
    work.register("count", done.append, HOUR)

    too_early = work.run_due(at=now + work.LEASE - timedelta(seconds=1))
    in_time = work.run_due(at=now + work.LEASE)

    assert (too_early, in_time) == ({}, {"count": True})


def killed(at):
    raise Killed


def test_a_worker_that_comes_late_changes_nothing(jobs, done, now):
    """It took too long, somebody else did the job meanwhile, and their outcome stands."""
    later = now + work.LEASE + timedelta(minutes=1)

    def slow(at):
        if at == now:
            work.run_due(at=later)

    work.register("count", slow, HOUR)
    work.run_due(at=now)

    assert Job.objects.get(name="count").due_at == later + HOUR


def test_a_job_that_fails_is_tried_again_and_leaves_the_others_alone(jobs, done, now, caplog):
    work.register("broken", broken, HOUR)
    work.register("count", done.append, HOUR)

    first, again = work.run_due(at=now), work.run_due(at=now + work.TRY_AGAIN)

    assert first == {"broken": False, "count": True}
    assert again == {"broken": False}
    assert Job.objects.get(name="broken").attempts == 2


def broken(at):
    raise ValueError("what Milo said")


def test_only_the_kind_of_a_fault_is_kept(jobs, now, caplog):
    work.register("broken", broken, HOUR)
    work.run_due(at=now)

    assert Job.objects.get(name="broken").last_fault == "ValueError"
    assert "Milo" not in caplog.text


def test_a_job_that_went_well_again_shows_no_fault(jobs, done, now, caplog):
    work.register("count", broken, HOUR)
    work.run_due(at=now)
    work.register("count", done.append, HOUR)
    work.run_due(at=now + work.TRY_AGAIN)

    assert (Job.objects.get().last_fault, Job.objects.get().attempts) == ("", 0)


@pytest.fixture
def door(team, practitioner, now):
    """Somebody was declined today; three months are promised."""
    return decline(team, practitioner, now)


def decline(team, practitioner, now):
    organisation = team.organisation
    somebody = factories.person(organisation, "Hesper Dunlin-Vane", by=practitioner, at=now)
    return cases.decline(
        somebody,
        factories.arrival(team, release_on=now.date() + timedelta(days=160)),
        reason=factories.entry(organisation, ListName.DECLINE),
        signposts=[factories.entry(organisation, ListName.SIGNPOST)],
        by=practitioner,
        at=now,
    )


def after(door, now, *, days):
    return now + (door.delete_after - now.date()) + timedelta(days=days)


def test_somebody_declined_is_gone_after_the_promised_day(door, now, organisation, practitioner):
    person = door.person_id
    notice = Notice.objects.filter(organisation=organisation).first()
    NoticeGiven.objects.create(
        person=door.person, notice=notice, how="read", proof="signed", given_by=practitioner, given_at=now
    )

    worker.forget_declined(after(door, now, days=1))

    assert not Person.objects.filter(pk=person).exists()
    assert not Door.objects.filter(pk=door.pk).exists()
    assert not NameFingerprint.objects.filter(person=person).exists()
    assert not DataKey.objects.filter(kind=Owner.PERSON, owner=person).exists()


def test_somebody_declined_is_still_there_on_the_promised_day(door, now):
    worker.forget_declined(after(door, now, days=0))

    with pytest.raises(Refused):
        retention.forget_declined(door, at=after(door, now, days=0))

    assert Person.objects.get(pk=door.person_id).name == "Hesper Dunlin-Vane"
    assert not Event.objects.filter(name="door.forgotten").exists()


def test_the_trail_keeps_that_somebody_was_forgotten_and_not_who(door, now):
    worker.forget_declined(after(door, now, days=1))

    event = Event.objects.get(name="door.forgotten")
    assert (event.subject, event.facts, event.by) == (door.pk, {}, None)


def test_somebody_who_was_admitted_since_stays(door, team, practitioner, now):
    arrival = factories.arrival(team, release_on=now.date())
    case = cases.admit(door.person, arrival, by=practitioner, at=now)

    worker.forget_declined(after(door, now, days=1))

    assert Person.objects.get(pk=case.person_id).name == "Hesper Dunlin-Vane"
    assert list(Door.objects.values_list("answer", flat=True)) == [Door.Answer.ADMITTED]


def test_nobody_who_was_admitted_can_be_forgotten_this_way(case, now):
    with pytest.raises(Refused):
        retention.forget_declined(case.door, at=now + timedelta(days=4000))

    assert Person.objects.filter(pk=case.person_id).exists()


def test_ended_sessions_are_cleared_and_live_ones_stay(practitioner, client, now):
    factories.sign_in(client, practitioner)
    Session.objects.create(session_key="ended", session_data="", expire_date=now - HOUR)

    worker.clear_sessions(now)

    assert not Session.objects.filter(session_key="ended").exists()
    assert get_user_model().objects.get(pk=client.session["_auth_user_id"]) == practitioner


def test_the_worker_does_all_of_it(jobs, door, now):
    worker.register()

    assert worker.one_round() == dict.fromkeys(JOBS, True)
