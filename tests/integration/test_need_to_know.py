"""Who sees a case, and who does not."""

from datetime import timedelta

import pytest

from r2com.access.models import Grant
from r2com.cases import actions
from r2com.cases.models import Case, CaseMember
from r2com.organisations import actions as organisations
from r2com.people.models import Person


def sees(user):
    return list(Case.objects.visible_to(user))


def test_the_worker_and_the_supervisor_see_the_case(case, practitioner, supervisor):
    assert sees(practitioner) == [case]
    assert sees(supervisor) == [case]
    assert list(Person.objects.visible_to(practitioner)) == [case.person]


def test_colleague_administrator_and_stranger_do_not(case, colleague, administrator, stranger):
    assert sees(colleague) == sees(administrator) == sees(stranger) == []
    assert not Person.objects.visible_to(stranger).exists()


def test_a_place_that_ended_shows_nothing_more(case, practitioner, colleague, now):
    member = actions.place(
        case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(hours=1)
    )
    assert sees(colleague) == [case]

    actions.end_place(member, by=practitioner, at=now)

    assert sees(colleague) == []


def test_a_place_never_gives_more_than_the_role_does(case, colleague, team, organisation, now, practitioner):
    actions.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(hours=1))

    organisations.join(colleague, organisation, role="mentor", team=team, by=None, at=now)

    grant = Grant.objects.get(user=colleague.pk)
    assert "rate, make sense and plan" not in grant.may
    assert "read the record" in grant.may


def test_a_supervisor_who_moves_away_sees_the_case_no_more(case, supervisor, organisation, now):
    other = organisations.begin_team(organisation, name="River team", starts=now.date(), by=None, at=now)

    organisations.join(supervisor, organisation, role="supervisor", team=other, by=None, at=now)

    assert sees(supervisor) == []


@pytest.mark.parametrize("field", ["name", "born"])
def test_a_sealed_field_cannot_be_searched(case, field):
    with pytest.raises(TypeError):
        Person.objects.filter(**{field: "Milo Fernweh"}).exists()


def test_somebody_who_left_and_comes_back_sees_no_old_case(
    case, practitioner, team, organisation, administrator, now
):
    organisations.leave(practitioner, ends=now.date(), reason="work", by=administrator, at=now)

    organisations.join(practitioner, organisation, role="practitioner", team=team, by=administrator, at=now)

    assert sees(practitioner) == []


def test_somebody_who_leaves_later_sees_the_case_until_then(
    case, practitioner, administrator, now, time_machine
):
    organisations.leave(
        practitioner, ends=now.date() + timedelta(days=3), reason="work", by=administrator, at=now
    )

    assert sees(practitioner) == [case]
    time_machine.move_to(now + timedelta(days=4))
    assert sees(practitioner) == []
