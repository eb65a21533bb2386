"""What is written down about a contact: who may read it, what belongs in it, and what stays."""

from datetime import timedelta

import pytest

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.contacts import actions
from r2com.contacts.models import Attendance, Contact, Readers, Statement, Towards, Version
from r2com.contacts.note import About, Note, Promise, Said, as_written
from r2com.core.refusals import Changed, Refused
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .. import factories


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def deputy(case, colleague, practitioner, now):
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(days=3))
    return colleague


@pytest.fixture
def goal(case, published, practitioner, now):
    plan = plans.begin(case, None, by=practitioner, at=now)
    steps = [NextStep("Hand in the form")]
    return plans.add_goal(
        plan, words="A room I can lock", item="A1", strength_item="E1", steps=steps, by=practitioner, at=now
    )


def note(now, **changed):
    given = {"happened_at": now - timedelta(hours=1), "words": "Walked to the office together."}
    return Note(**{**given, **changed})


def written(case, by, now, **changed):
    return actions.write(case, note=note(now, **changed), by=by, at=now)


def seen_by(user):
    return list(Contact.objects.visible_to(user))


# Writing


def test_a_note_keeps_every_word_and_says_whose_each_is(case, practitioner, now):
    said = (Said("said", "I need a room."), Said("reported", "He was there at eight.", "Uncle Joss"))
    said += (Said("observed", "Brought every paper."), Said("view", "He is ready."))

    contact = written(case, practitioner, now, statements=said, present="Milo, Ines", minutes=40)

    kept = Contact.objects.whole().get(pk=contact.pk)
    assert as_written(kept.standing) == note(now, statements=said, present="Milo, Ines", minutes=40)
    assert [row.is_quotation for row in kept.standing.statements.all()] == [True, False, False, False]
    assert [kind for kind, _heading, _rows in kept.standing.by_type] == [
        "said",
        "observed",
        "reported",
        "view",
    ]


def test_what_was_written_is_sealed(case, practitioner, now):
    written(case, practitioner, now, statements=(Said("said", "I need a room."),))

    assert b"Walked" not in bytes(Version.objects.values_list("words", flat=True).get())
    assert b"room" not in bytes(Statement.objects.values_list("words", flat=True).get())


def test_the_trail_knows_that_and_not_what(case, practitioner, now):
    contact = written(case, practitioner, now)

    event = Event.objects.get(name="contact.written")
    facts = {"kind": "visit", "attendance": "took_place", "readers": "case_team"}
    assert (event.subject, event.by, event.case, event.facts) == (contact.pk, practitioner.pk, case.pk, facts)


@pytest.mark.parametrize("who", ["stranger", "colleague", "supervisor", "administrator"])
def test_nobody_outside_the_case_writes(request, case, now, who):
    with pytest.raises(Refused):
        written(case, request.getfixturevalue(who), now)

    assert not Contact.objects.exists()
    assert not Event.objects.filter(name="contact.written").exists()


def test_a_mentor_writes(case, friend, now):
    contact = written(case, friend, now)

    assert seen_by(friend) == [contact]


@pytest.mark.parametrize(
    "changed",
    [
        {"words": "  "},
        {"because": "Ill"},
        {"attendance": Attendance.NO_WORD},
        {"attendance": Attendance.TOLD_US, "words": "", "statements": (Said("said", "Hello"),)},
        {"attendance": Attendance.OUR_SIDE, "words": "", "changes": "The date"},
    ],
)
def test_attendance_and_content_stay_apart(case, practitioner, now, changed):
    with pytest.raises(Refused):
        written(case, practitioner, now, **changed)

    assert not Contact.objects.exists()


@pytest.mark.parametrize("attendance", [one for one in Attendance if not one.took_place])
def test_what_did_not_come_about_needs_no_word(case, practitioner, now, attendance):
    contact = written(case, practitioner, now, attendance=attendance, words="")

    assert not contact.standing.took_place
    assert list(Contact.objects.did_not_take_place()) == [contact]
    assert not Contact.objects.took_place().exists()


def test_what_lies_in_the_future_is_not_written_down(case, practitioner, now):
    with pytest.raises(Refused):
        written(case, practitioner, now, happened_at=now + timedelta(hours=1))

    assert written(case, practitioner, now, happened_at=now + timedelta(minutes=5))


@pytest.mark.parametrize(("hours", "late"), [(23, False), (25, True)])
def test_a_note_from_a_day_later_says_so(case, practitioner, now, hours, late):
    contact = written(case, practitioner, now, happened_at=now - timedelta(hours=hours))

    assert contact.is_late_entry is late


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("“I am tired.”", "I am tired."), ('"No."', "No."), ("“Yes,” he said, “no.”", "“Yes,” he said, “no.”")],
)
def test_quotation_marks_stand_once(case, practitioner, now, typed, kept):
    contact = written(case, practitioner, now, statements=(Said("said", typed), Said("view", '"Tired"')))

    assert [row.words for row in contact.standing.statements.all()] == [kept, '"Tired"']


# What follows


def test_what_is_due_next_becomes_a_task_and_what_was_promised_is_done(case, practitioner, now, today):
    before = tasks.promise(case, words="Ring", owner=practitioner, due=today, by=practitioner, at=now)
    promise = Promise("Meet again", today + timedelta(days=7))

    contact = actions.write(case, note=note(now), promise=promise, done=[before], by=practitioner, at=now)

    assert list(Task.objects.open()) == [contact.promised]
    assert (contact.promised.owner, contact.promised.words) == (practitioner, "Meet again")


def test_a_note_may_name_a_goal_or_a_step_of_this_person(case, goal, practitioner, now):
    step = goal.steps.get()

    contact = written(case, practitioner, now, towards=(About(goal), About(goal, step)))

    assert {(one.goal, one.step) for one in contact.standing.towards.all()} == {(goal, None), (goal, step)}


def test_a_note_never_names_the_goal_of_somebody_else(goal, team, practitioner, now):
    other = factories.case(team, by=practitioner, name="Teo Other", at=now - timedelta(days=1))

    with pytest.raises(Refused):
        written(other, practitioner, now, towards=(About(goal),))


def test_a_step_that_is_worded_anew_leaves_the_goal(case, goal, practitioner, now):
    contact = written(case, practitioner, now, towards=(About(goal, goal.steps.get()),))

    plans.change_goal(
        goal, base=1, words="A room", item="A1", strength_item="E1", steps=[], by=practitioner, at=now
    )

    assert [(one.goal, one.step) for one in Towards.objects.filter(version=contact.standing)] == [
        (goal, None)
    ]


# Who may read it


@pytest.mark.parametrize(
    ("readers", "readable_by"),
    [
        (Readers.EVERYBODY, {"practitioner", "deputy", "friend", "supervisor"}),
        (Readers.CASE_TEAM, {"practitioner", "deputy", "supervisor"}),
        (Readers.WRITER, {"practitioner", "supervisor"}),
    ],
)
def test_a_note_is_open_to_those_it_says(request, case, practitioner, now, readers, readable_by):
    everybody = ["practitioner", "deputy", "friend", "supervisor", "stranger", "administrator"]
    users = {name: request.getfixturevalue(name) for name in everybody}

    contact = written(case, practitioner, now, readers=readers, statements=(Said("said", "No."),))

    rows = [Contact.objects, Version.objects, Statement.objects]
    seeing = [{name for name, user in users.items() if one.visible_to(user).exists()} for one in rows]
    assert seeing == [readable_by] * 3
    assert seen_by(practitioner) == [contact]


def test_a_mentor_reads_their_own_note_and_not_the_teams(case, practitioner, friend, now):
    written(case, practitioner, now)
    own = written(case, friend, now)

    assert seen_by(friend) == [own]


def test_whoever_leaves_the_case_reads_not_even_their_own(case, practitioner, friend, now):
    written(case, friend, now - timedelta(hours=2), readers=Readers.EVERYBODY)

    cases.end_place(case.members.get(user=friend), by=practitioner, at=now - timedelta(hours=1))

    assert seen_by(friend) == []


# Amending


def test_amending_adds_a_version_and_leaves_the_earlier_one(case, practitioner, now):
    contact = written(case, practitioner, now, statements=(Said("said", "Tuesday."),))
    first = contact.standing
    better = note(now, words="It was the other office.")

    actions.amend(contact, base=1, note=better, reason="The wrong office", by=practitioner, at=now)

    current = Contact.objects.get(pk=contact.pk)
    assert (current.standing.words, current.standing.reason) == (
        "It was the other office.",
        "The wrong office",
    )
    assert as_written(Version.objects.get(pk=first.pk)).statements == (Said("said", "Tuesday."),)
    assert [version.number for version in current.versions.all()] == [1, 2]
    assert Event.objects.get(name="contact.amended").facts["number"] == 2


@pytest.mark.parametrize("who", ["deputy", "supervisor", "friend"])
def test_nobody_amends_what_somebody_else_wrote(request, case, practitioner, now, who):
    contact = written(case, practitioner, now, readers=Readers.EVERYBODY)

    with pytest.raises(Refused):
        actions.amend(contact, base=1, note=note(now), reason="Why", by=request.getfixturevalue(who), at=now)

    assert Version.objects.count() == 1


def test_amending_asks_why(case, practitioner, now):
    contact = written(case, practitioner, now)

    with pytest.raises(Refused):
        actions.amend(contact, base=1, note=note(now), reason=" ", by=practitioner, at=now)


def test_two_windows_amend_and_nothing_is_lost(case, practitioner, now):
    contact = written(case, practitioner, now)
    actions.amend(contact, base=1, note=note(now), reason="One", by=practitioner, at=now)

    with pytest.raises(Changed):
        actions.amend(contact, base=1, note=note(now), reason="Two", by=practitioner, at=now)


def test_opening_a_note_later_does_not_open_what_stood_before(case, practitioner, friend, now):
    contact = written(case, practitioner, now, readers=Readers.WRITER, words="For me alone")
    open_now = note(now, readers=Readers.EVERYBODY)

    actions.amend(contact, base=1, note=open_now, reason="Others ask", by=practitioner, at=now)

    assert seen_by(friend) == [contact]
    assert [version.number for version in Version.objects.visible_to(friend)] == [2]
    assert Version.objects.visible_to(practitioner).count() == 2


def test_closing_a_note_later_closes_what_stood_before(case, practitioner, friend, now):
    contact = written(case, practitioner, now, readers=Readers.EVERYBODY)
    closed = note(now, readers=Readers.WRITER)

    actions.amend(contact, base=1, note=closed, reason="Too much", by=practitioner, at=now)

    assert not Version.objects.visible_to(friend).exists()


def test_a_day_that_is_mended_says_anew_whether_it_was_late(case, practitioner, now):
    contact = written(case, practitioner, now, happened_at=now - timedelta(days=3))

    actions.amend(contact, base=1, note=note(now), reason="The day", by=practitioner, at=now)

    assert not Contact.objects.get().is_late_entry
    assert as_written(Version.objects.get(number=1)).happened_at == now - timedelta(days=3)


# Several people, and hours


def test_a_session_gives_each_a_note_of_their_own(case, team, practitioner, now):
    other = factories.case(team, by=practitioner, name="Teo Other", at=now - timedelta(days=1))
    notes = [(case, note(now)), (other, note(now, attendance=Attendance.NO_WORD, words=""))]

    one, two = actions.write_for_several(notes, by=practitioner, at=now)

    assert (one.case, two.case) == (case, other)
    assert [one.in_group, two.in_group] == [True, True]
    assert [event.case for event in Event.objects.filter(name="contact.written").order_by("pk")] == [
        case.pk,
        other.pk,
    ]


def test_a_session_is_kept_whole_or_not_at_all(case, team, practitioner, colleague, now):
    other = factories.case(team, by=colleague, name="Teo Other", at=now - timedelta(days=1))

    with pytest.raises(Refused):
        actions.write_for_several([(case, note(now)), (other, note(now))], by=practitioner, at=now)
    with pytest.raises(Refused):
        actions.write_for_several([], by=practitioner, at=now)

    assert not Contact.objects.exists()


def test_the_hours_of_work_are_known_by_case_and_week(case, practitioner, friend, supervisor, now):
    monday = (now - timedelta(days=now.weekday() + 7)).replace(hour=12, minute=0)
    for hours, minutes in [(0, 30), (24, 15), (24 * 4, None)]:
        written(case, practitioner, now, happened_at=monday + timedelta(hours=hours), minutes=minutes)
    written(case, friend, now, happened_at=monday - timedelta(days=2), minutes=20)

    weeks = Contact.objects.visible_to(supervisor).minutes_by_week()

    found = [(row["case"], row["written_by"], row["week"].date(), row["minutes"]) for row in weeks]
    assert found == [
        (case.pk, friend.pk, (monday - timedelta(days=7)).date(), 20),
        (case.pk, practitioner.pk, monday.date(), 45),
    ]


def test_a_deleted_case_takes_its_notes_along(case, practitioner, now):
    contact = written(case, practitioner, now, statements=(Said("said", "No."),))
    actions.amend(contact, base=1, note=note(now), reason="Why", by=practitioner, at=now)

    Contact.objects.all().delete()

    assert not Version.objects.exists()
    assert not Statement.objects.exists()
