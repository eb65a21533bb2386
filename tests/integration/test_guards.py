"""Restricted records, colleagues kept out, and what is opened in an emergency."""

from datetime import timedelta

import pytest
from django.core import mail

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import May, Role
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember, Door
from r2com.core.refusals import Refused
from r2com.guards import actions
from r2com.guards.models import Emergency
from r2com.people import search
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task
from tests import factories

WHY = "He rang and said that somebody stands at his door."


def sees(user):
    return list(Case.objects.visible_to(user))


@pytest.fixture
def protector(team, now):
    return factories.user("Sol Evenwater", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


@pytest.fixture
def deputy(case, team, practitioner, now):
    """Stands in for the case worker."""
    user = factories.user("Dora Windmark", Role.PRACTITIONER, team, at=now - timedelta(days=20))
    cases.place(case, user, part="deputy", by=practitioner, at=now - timedelta(hours=2))
    return user


@pytest.fixture
def restricted(case, practitioner, deputy, now):
    at = now - timedelta(hours=1)
    return actions.restrict(case, reason="unsafe", named=[practitioner, deputy], by=practitioner, at=at)


@pytest.fixture
def emergency(case, colleague, now):
    return opened(case, colleague, now)


def opened(case, user, now, reference=None):
    place = factories.membership(user)
    said = {"reference": reference or case.reference, "reason": "life", "words": WHY}
    return actions.open_in_emergency(place, **said, by=user, at=now)


# Restricted


def test_only_those_named_see_a_restricted_record(restricted, case, practitioner, deputy, supervisor):
    assert sees(practitioner) == sees(deputy) == [case]
    assert sees(supervisor) == []


def test_who_is_placed_after_the_restriction_sees_the_record(restricted, case, practitioner, colleague, now):
    cases.place(case, colleague, part="deputy", by=practitioner, at=now)

    assert sees(colleague) == [case]


def test_whose_place_after_the_restriction_ended_is_no_longer_named(
    restricted, case, practitioner, supervisor, now
):
    place = cases.place(case, supervisor, part="deputy", by=practitioner, at=now)
    before = sees(supervisor)

    cases.end_place(place, by=practitioner, at=now)

    assert (before, sees(supervisor)) == ([case], [])


def test_a_restriction_that_ended_shows_the_record_again(restricted, case, practitioner, supervisor, now):
    actions.end_restriction(restricted, by=practitioner, at=now)

    assert sees(supervisor) == [case]


@pytest.mark.parametrize(
    "names", [[], ["practitioner"], ["deputy", "supervisor"], ["practitioner", "colleague"]]
)
def test_a_restriction_needs_two_and_the_case_worker_and_lets_nobody_in(
    request, case, practitioner, deputy, supervisor, colleague, names, now
):
    named = [request.getfixturevalue(name) for name in names]

    with pytest.raises(Refused):
        actions.restrict(case, reason="unsafe", named=named, by=practitioner, at=now)

    assert sees(supervisor) == [case]
    assert sees(colleague) == []


@pytest.mark.parametrize("who", ["deputy", "colleague", "stranger", "administrator"])
def test_only_the_case_worker_and_the_supervisor_restrict(request, case, practitioner, deputy, who, now):
    by = request.getfixturevalue(who)

    with pytest.raises(Refused):
        actions.restrict(case, reason="asked", named=[practitioner, deputy], by=by, at=now)


# Kept out


def test_who_is_kept_out_sees_nothing_of_it(case, practitioner, supervisor, now):
    tasks.promise(case, words="Ring", owner=supervisor, due=now.date(), by=practitioner, at=now)

    actions.exclude(case, supervisor, reason="family", by=practitioner, at=now)

    assert sees(supervisor) == []
    assert not Task.objects.visible_to(supervisor).exists()
    assert search.known(case.organisation, "Milo Fernweh", None, to=supervisor) == []


def test_being_kept_out_ends_the_part_and_no_new_one_is_given(case, deputy, practitioner, now):
    actions.exclude(case, deputy, reason="conflict", by=practitioner, at=now)

    assert not CaseMember.objects.filter(user=deputy, until__isnull=True).exists()
    with pytest.raises(Refused):
        cases.place(case, deputy, part="deputy", by=practitioner, at=now)


def test_who_is_kept_out_of_one_case_is_kept_out_of_the_persons_others(
    case, practitioner, supervisor, team, now
):
    second = factories.case(team, by=practitioner, name="Other", release_on=now.date(), at=now)
    Case.objects.filter(pk=second.pk).update(person=case.person)

    actions.exclude(case, supervisor, reason="unsafe", by=practitioner, at=now)

    assert sees(supervisor) == []


def test_being_kept_out_beats_an_emergency(case, practitioner, colleague, emergency, now):
    assert sees(colleague) == [case]

    actions.exclude(case, colleague, reason="unsafe", by=practitioner, at=now)

    assert sees(colleague) == []


def test_who_is_let_back_in_sees_what_something_else_lets_them_see(case, practitioner, supervisor, now):
    exclusion = actions.exclude(case, supervisor, reason="family", by=practitioner, at=now)

    actions.let_back_in(exclusion, by=practitioner, at=now)

    assert sees(supervisor) == [case]


@pytest.mark.parametrize(("who", "by"), [("practitioner", "supervisor"), ("supervisor", "supervisor")])
def test_the_case_worker_and_oneself_are_not_kept_out(request, case, practitioner, who, by, now):
    user, by = request.getfixturevalue(who), request.getfixturevalue(by)

    with pytest.raises(Refused):
        actions.exclude(case, user, reason="conflict", by=by, at=now)


def test_why_somebody_is_kept_out_is_not_on_the_trail(case, practitioner, supervisor, now):
    actions.exclude(case, supervisor, reason="family", words="Her cousin", by=practitioner, at=now)

    event = Event.objects.get(name="colleague.kept_out")
    assert event.facts == {"reason": "family", "user": str(supervisor.pk)}


def test_an_older_door_of_the_person_is_closed_too(case, practitioner, supervisor, team, now):
    reason, arrival = (
        factories.entry(team.organisation, "decline"),
        factories.arrival(team, release_on=now.date()),
    )
    said = {"reason": reason, "signposts": [], "by": practitioner, "at": now}
    door = cases.decline(case.person, arrival, **said)
    assert Door.objects.visible_to(supervisor).filter(pk=door.pk).exists()

    actions.exclude(case, supervisor, reason="family", by=practitioner, at=now)

    assert not Door.objects.visible_to(supervisor).exists()


# Emergencies


def test_an_emergency_opens_the_record_for_an_hour_and_only_to_read(
    case, colleague, emergency, time_machine, now
):
    grant = Grant.objects.get(user=colleague.pk, case=case.pk)

    assert sees(colleague) == [case]
    assert set(grant.may) == {May.READ, May.READ_SENSITIVE}
    assert grant.purpose == "emergency"
    time_machine.move_to(now + timedelta(minutes=60, seconds=1))
    assert sees(colleague) == []


def test_an_emergency_goes_on_once(case, colleague, emergency, time_machine, now):
    actions.go_on(emergency, by=colleague, at=now)

    time_machine.move_to(now + timedelta(minutes=110))
    assert sees(colleague) == [case]
    with pytest.raises(Refused):
        actions.go_on(emergency, by=colleague, at=now + timedelta(minutes=110))


def test_an_emergency_that_is_over_does_not_go_on(emergency, colleague, now):
    with pytest.raises(Refused):
        actions.go_on(emergency, by=colleague, at=now + timedelta(minutes=61))


def test_an_emergency_opens_a_restricted_record_too(restricted, case, supervisor, now):
    opened(case, supervisor, now)

    assert sees(supervisor) == [case]


@pytest.mark.parametrize("who", ["mentor", "administrator", "protector"])
def test_other_roles_open_nothing_in_an_emergency(request, case, who, protector, now):
    with pytest.raises(Refused):
        opened(case, request.getfixturevalue(who), now)


def test_foreign_missing_and_kept_out_answer_alike(case, practitioner, colleague, stranger, now):
    actions.exclude(case, colleague, reason="unsafe", by=practitioner, at=now)

    said = []
    for user, reference in [(colleague, None), (stranger, None), (colleague, "ZZ-0000"), (colleague, "a\0b")]:
        with pytest.raises(actions.NotHere) as refusal:
            opened(case, user, now, reference)
        said.append(str(refusal.value))

    assert len(set(said)) == 1
    assert not Emergency.objects.exists()


def test_guessing_references_ends(colleague, case, now):
    for _ in range(10):
        actions.not_found(by=colleague, at=now)

    with pytest.raises(Refused) as refusal:
        opened(case, colleague, now)

    assert not isinstance(refusal.value, actions.NotHere)


def test_too_few_words_open_nothing(case, colleague, now):
    place = factories.membership(colleague)

    with pytest.raises(Refused):
        actions.open_in_emergency(
            place, reference=case.reference, reason="life", words="urgent" + " " * 40, by=colleague, at=now
        )


def test_supervisor_and_data_protection_are_told_and_the_mail_names_nobody(
    case, colleague, supervisor, protector, administrator, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        emergency = opened(case, colleague, now)

    assert {letter.to[0] for letter in mail.outbox} == {supervisor.email, protector.email}
    told = "".join(letter.subject + letter.body for letter in mail.outbox)
    assert not any(word in told for word in ("Milo", "Fernweh", case.reference, "Bram", "Harbour", WHY))
    assert list(Emergency.objects.visible_to(supervisor)) == [emergency]
    assert list(Emergency.objects.visible_to(protector)) == [emergency]


@pytest.mark.parametrize("who", ["practitioner", "mentor", "stranger", "administrator"])
def test_others_do_not_read_about_an_emergency(request, emergency, who):
    assert not Emergency.objects.visible_to(request.getfixturevalue(who)).exists()


def test_an_emergency_of_a_restricted_record_is_not_told_to_a_supervisor_who_is_not_named(
    restricted, emergency, supervisor, protector
):
    assert not Emergency.objects.visible_to(supervisor).exists()
    assert Emergency.objects.visible_to(protector).exists()


def test_somebody_else_looks_at_it_afterwards_once(emergency, supervisor, protector, now):
    actions.review(emergency, outcome="right", by=supervisor, at=now)

    with pytest.raises(Refused):
        actions.review(emergency, outcome="wrong", by=protector, at=now)


def test_nobody_looks_at_their_own_emergency(case, restricted, supervisor, now):
    emergency = opened(case, supervisor, now)

    with pytest.raises(Refused):
        actions.review(emergency, outcome="right", by=supervisor, at=now)


@pytest.mark.parametrize("who", ["practitioner", "mentor", "stranger", "administrator"])
def test_only_supervisor_and_data_protection_look_at_it(request, emergency, who, now):
    with pytest.raises(Refused):
        actions.review(emergency, outcome="right", by=request.getfixturevalue(who), at=now)


# Giving and being given


def test_a_supervisor_does_not_make_themself_the_case_worker(case, supervisor, now):
    with pytest.raises(Refused):
        cases.place(case, supervisor, part="lead", by=supervisor, at=now)

    assert not grants.allows(supervisor, case.pk, May.RATE)


def test_stored_grants_are_what_their_sources_give(restricted, case, emergency, mentor, practitioner, now):
    cases.place(case, mentor, part="mentor", by=practitioner, at=now)
    assert grants.differing([case.pk]) == set()

    Grant.objects.filter(case=case.pk, user=mentor.pk).update(may=["read the record", "sign off"])

    assert grants.differing([case.pk]) == {case.pk}
