"""Cases that change hands: the note, the tasks, one case at a time, back in a day, and who reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.roles import May
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.organisations.models import Membership
from r2com.supervision import actions, handing, notes
from r2com.supervision.actions import Plan
from r2com.supervision.models import HandedOver, HandOver, HandOverNote
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .. import factories

DAY = timedelta(days=1)


@pytest.fixture
def promised(case, practitioner, now, today):
    return tasks.promise(case, words="Ring the bank", owner=practitioner, due=today, by=practitioner, at=now)


@pytest.fixture
def note(case, promised, practitioner, colleague, supervisor, now):
    return prepared(case, practitioner, colleague, supervisor, now)


def prepared(case, worker, to, by, at, part="lead"):
    plan = Plan([case], to, part)
    return actions.prepare(worker, plan=plan, by=by, at=at).notes.get()


def parts(case):
    return dict(case.members.filter(until__isnull=True).values_list("part", "user__name"))


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def fresh(note):
    return HandOverNote.objects.whole().get(pk=note.pk)


# Preparing


def test_a_note_begins_with_what_is_known(note):
    assert "Ring the bank" in note.words
    assert "Review: Week 6" in note.words


def test_preparing_gives_nobody_anything(note, case, practitioner, colleague):
    assert parts(case) == {"lead": practitioner.name}
    assert not sees(colleague, case)
    assert not notes.unread(colleague)


def test_only_who_supervises_the_case_prepares(case, practitioner, colleague, stranger, now):
    for by in (practitioner, colleague, stranger):
        with pytest.raises(Refused):
            prepared(case, practitioner, colleague, by, now)

    assert not HandOver.objects.exists()


def test_cases_do_not_go_to_the_one_who_hands_them_over(case, practitioner, supervisor, now):
    with pytest.raises(Refused):
        prepared(case, practitioner, practitioner, supervisor, now)


def test_a_note_changed_meanwhile_is_not_overwritten(note, colleague, supervisor, now):
    said = {"to": colleague, "part": "lead", "by": supervisor, "at": now}
    actions.change_note(note, words="Mine", base=1, **said)

    with pytest.raises(Changed):
        actions.change_note(note, words="Theirs", base=1, **said)

    assert fresh(note).words == "Mine"


def test_what_is_left_out_is_gone_and_the_case_stays(note, case, practitioner, supervisor, now):
    actions.leave_out(note, by=supervisor, at=now)

    assert not HandOver.objects.exists()
    assert parts(case) == {"lead": practitioner.name}


# Handing over


def test_part_tasks_and_note_go_together(note, case, promised, practitioner, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now)

    promised.refresh_from_db()
    assert parts(case) == {"lead": colleague.name}
    assert promised.owner == colleague
    assert not sees(practitioner, case)
    [waits] = notes.unread(colleague)
    assert (waits.pk, waits.hand_over.worker, waits.part, waits.case) == (note.pk, practitioner, "lead", case)


def test_whoever_stands_in_becomes_deputy_and_the_case_worker_stays(
    case, practitioner, colleague, supervisor, now
):
    actions.give(
        prepared(case, practitioner, colleague, supervisor, now, part="deputy"), by=supervisor, at=now
    )

    assert parts(case) == {"lead": practitioner.name, "deputy": colleague.name}
    assert sees(practitioner, case)


def test_what_comes_round_keeps_its_day(case, practitioner, colleague, supervisor, now, today):
    said = {"words": "Walk", "owner": practitioner, "repeats": "monthly"}
    task = tasks.promise(case, due=today - DAY, by=practitioner, at=now, **said)
    Task.objects.filter(pk=task.pk).update(due=today)

    actions.give(prepared(case, practitioner, colleague, supervisor, now), by=supervisor, at=now)

    task.refresh_from_db()
    assert (task.owner, task.repeats_from) == (colleague, today - DAY)


def test_one_case_that_cannot_be_given_holds_up_no_other(
    team, case, promised, practitioner, colleague, supervisor, now
):
    other = factories.case(team, by=practitioner, name="Sela Wind", at=now - DAY)
    hand_over = actions.prepare(
        practitioner, plan=Plan([case, other], colleague, "lead"), by=supervisor, at=now
    )
    cases.place(case, supervisor, part="lead", by=practitioner, at=now)

    handing.give_all(list(hand_over.notes.all()), by=supervisor, at=now)

    held, given = (fresh(hand_over.notes.get(case=one)) for one in (case, other))
    assert "Somebody else is the case worker" in held.held_up
    assert not held.is_handed_over
    assert given.is_handed_over
    assert parts(other) == {"lead": colleague.name}


def test_what_goes_wrong_half_way_changes_nothing(note, case, practitioner, supervisor, now, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("no")

    monkeypatch.setattr(tasks, "move", refuse)

    with pytest.raises(Refused):
        actions.give(note, by=supervisor, at=now)

    assert parts(case) == {"lead": practitioner.name}
    assert not HandedOver.objects.exists()


def test_a_closed_case_is_not_handed_over(note, case, practitioner, supervisor, now):
    cases.close(case, reason="settled", by=practitioner, at=now)

    with pytest.raises(Refused):
        actions.give(note, by=supervisor, at=now)


def test_a_case_worker_does_not_hand_over(note, practitioner, now):
    with pytest.raises(Refused):
        actions.give(note, by=practitioner, at=now)


def test_the_trail_knows_that_and_to_whom_and_no_word(note, case, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now)

    event = Event.objects.get(name="hand_over.given")
    assert (event.case, event.by, event.facts) == (
        case.pk,
        supervisor.pk,
        {"to": str(colleague.pk), "part": "lead"},
    )


# Back within a day


def test_it_can_be_taken_back_for_a_day(note, case, promised, practitioner, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now - DAY)

    actions.take_back(note, by=supervisor, at=now)

    promised.refresh_from_db()
    assert parts(case) == {"lead": practitioner.name}
    assert promised.owner == practitioner
    assert not sees(colleague, case)
    assert not notes.unread(colleague)


def test_it_cannot_be_taken_back_later(note, case, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now - DAY - timedelta(seconds=1))

    with pytest.raises(Refused):
        actions.take_back(note, by=supervisor, at=now)

    assert parts(case) == {"lead": colleague.name}


def test_what_was_done_meanwhile_stays_with_whoever_did_it(note, promised, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now)
    tasks.finish(Task.objects.get(pk=promised.pk), by=colleague, at=now)

    actions.take_back(note, by=supervisor, at=now)

    assert Task.objects.get(pk=promised.pk).owner == colleague


@pytest.mark.parametrize("part", ["lead", "deputy"])
def test_the_deputy_from_before_is_deputy_again(team, practitioner, colleague, supervisor, now, part):
    other = factories.user("Cleo Reed", "practitioner", team, at=now - DAY)
    deputy, to = (colleague, colleague) if part == "lead" else (colleague, other)
    case = factories.case(team, by=practitioner, deputy=deputy, name="Sela Wind", at=now - DAY)
    note = prepared(case, practitioner, to, supervisor, now, part=part)
    actions.give(note, by=supervisor, at=now)

    actions.take_back(note, by=supervisor, at=now)

    assert parts(case) == {"lead": practitioner.name, "deputy": deputy.name}


def test_a_new_deputy_is_none_again(case, practitioner, colleague, supervisor, now):
    note = prepared(case, practitioner, colleague, supervisor, now, part="deputy")
    actions.give(note, by=supervisor, at=now)

    actions.take_back(note, by=supervisor, at=now)

    assert parts(case) == {"lead": practitioner.name}


# Reading


def test_whoever_takes_over_reads_it_in_the_record(sign_in, note, case, colleague, supervisor, now):
    actions.give(note, by=supervisor, at=now)
    client = sign_in(colleague)
    address = reverse("case_hand_overs", args=[case.reference])

    page = client.get(address).content.decode()
    client.post(reverse("read_hand_over", args=[case.reference, note.pk]))

    assert "Ring the bank" in page
    assert "I have read it" in page
    assert not notes.unread(colleague)
    assert "I have read it" not in client.get(address).content.decode()


def test_nobody_else_reads_it_for_them(sign_in, note, case, supervisor, now):
    actions.give(note, by=supervisor, at=now)

    answer = sign_in(supervisor).post(reverse("read_hand_over", args=[case.reference, note.pk]))

    assert answer.status_code == 404
    assert not fresh(note).is_read


def test_a_mentor_and_a_stranger_have_no_such_page(
    client, note, case, mentor, colleague, stranger, practitioner, supervisor, now
):
    cases.place(case, mentor, part="mentor", by=practitioner, at=now)
    actions.give(note, by=supervisor, at=now)
    address = reverse("case_hand_overs", args=[case.reference])

    answers = [factories.sign_in(client, who).get(address) for who in (mentor, stranger, practitioner)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert list(HandOverNote.objects.visible_to(mentor)) == []


def test_a_case_worker_does_not_see_what_is_being_prepared(sign_in, note, case, practitioner):
    page = sign_in(practitioner).get(reverse("case_hand_overs", args=[case.reference])).content.decode()

    assert "Ring the bank" not in page
    assert list(HandOverNote.objects.visible_to(practitioner)) == []


# The pages


def test_the_whole_way_on_the_pages(sign_in, case, promised, practitioner, colleague, supervisor):
    client = sign_in(supervisor)
    whose = client.get("/team/hand-overs/").content.decode()
    start = reverse("hand_over_from", args=[practitioner.pk])
    sent = {"cases": [case.pk], "to": colleague.pk, "part": "lead"}
    batch = client.post(start, sent).url
    note = HandOverNote.objects.get()
    word = {"words": "Ring before noon", "to": colleague.pk, "part": "lead", "base": 1}
    client.post(note.get_absolute_url(), word)

    client.post(batch)

    shown = client.get(batch).content.decode()
    assert start in whose
    assert "Take it back" in shown
    assert fresh(note).words == "Ring before noon"
    assert parts(case) == {"lead": colleague.name}
    client.post(reverse("take_hand_over_back", args=[note.pk]))
    assert parts(case) == {"lead": practitioner.name}


def test_both_versions_of_a_note_are_shown(sign_in, note, colleague, supervisor, now):
    actions.change_note(note, words="Theirs", to=colleague, part="lead", base=1, by=supervisor, at=now)
    sent = {"words": "Mine", "to": colleague.pk, "part": "lead", "base": 1}

    page = sign_in(supervisor).post(note.get_absolute_url(), sent).content.decode()

    assert "Theirs" in page
    assert "Mine" in page


@pytest.mark.parametrize("who", ["practitioner", "administrator", "stranger"])
def test_nobody_but_a_supervisor_has_the_pages(request, sign_in, note, practitioner, who):
    client = sign_in(request.getfixturevalue(who))
    addresses = [
        "/team/hand-overs/",
        reverse("hand_over_from", args=[practitioner.pk]),
        note.hand_over.get_absolute_url(),
        note.get_absolute_url(),
    ]

    assert {client.get(address).status_code for address in addresses} == {404}


def test_another_teams_supervisor_has_none_of_it(sign_in, note, practitioner, organisation, now):
    team = factories.team(organisation, "Hill team", at=now - DAY)
    other = factories.user("Una Otherwise", "supervisor", team, at=now - DAY)
    client = sign_in(other)

    assert client.get(note.get_absolute_url()).status_code == 404
    assert client.get(note.hand_over.get_absolute_url()).status_code == 404
    assert client.get(reverse("hand_over_from", args=[practitioner.pk])).status_code == 404


def test_only_case_workers_of_the_team_are_offered(supervisor, practitioner, colleague, mentor, stranger):
    place = Membership.objects.get(user=supervisor)

    offered = handing.colleagues(place, without=practitioner)

    assert [one.user for one in offered] == [colleague, supervisor]
    assert all(one.may(May.RATE) for one in offered)


def test_the_pages_ask_no_more_queries_at_fifty(
    sign_in, supervisor, practitioner, colleague, team, now, count_queries
):
    def grow(many):
        made = [
            factories.case(team, by=practitioner, name=f"Person Number{number}", at=now)
            for number in range(many)
        ]
        for one in made:
            last = prepared(one, practitioner, colleague, supervisor, now)
        HandOverNote.objects.exclude(pk=last.pk).update(hand_over=last.hand_over)
        return last.hand_over

    first = grow(1)
    client = sign_in(supervisor)
    addresses = ["/team/hand-overs/", reverse("hand_over_from", args=[practitioner.pk])]
    with count_queries() as few:
        for address in [*addresses, first.get_absolute_url()]:
            client.get(address)
    batch = grow(49)

    with count_queries() as many:
        for address in [*addresses, batch.get_absolute_url()]:
            client.get(address)

    assert len(many.asked) == len(few.asked), "\n".join(many.asked)
    assert len(many.asked) <= 18
