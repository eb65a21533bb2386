"""Who is away and who stands in: planned by themselves or the supervisor, seen by those concerned."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.core.refusals import Refused
from r2com.supervision import actions, away
from r2com.supervision.models import Absence

from .. import factories

DAY = timedelta(days=1)


@pytest.fixture
def absence(practitioner, colleague, now, today):
    return planned(practitioner, colleague, practitioner, now, today)


def planned(worker, stands_in, by, now, today, first=3, last=9):
    days = {"starts": today + first * DAY, "ends": today + last * DAY}
    return actions.plan_absence(factories.membership(worker), **days, stands_in=stands_in, by=by, at=now)


def test_it_stands_on_the_team_page(sign_in, supervisor, absence):
    page = sign_in(supervisor).get("/team/").content.decode()

    assert "Ines Lindqvarn" in page
    assert "Bram Oosterlicht stands in" in page


def test_whoever_stands_in_sees_it(sign_in, colleague, absence, today):
    page = sign_in(colleague).get(reverse("absences")).content.decode()

    assert "You stand in" in page
    assert away.standing_in(colleague, today) == [
        away.StandingIn(absence.starts, absence.ends, "Ines Lindqvarn")
    ]


@pytest.mark.parametrize("who", ["mentor", "stranger"])
def test_nobody_else_sees_it(request, sign_in, absence, today, who):
    user = request.getfixturevalue(who)

    page = sign_in(user).get(reverse("absences")).content.decode()

    assert "Nobody is away" in page
    assert list(Absence.objects.visible_to(user)) == []


def test_a_supervisor_plans_for_the_team_and_a_colleague_does_not(
    practitioner, colleague, supervisor, now, today
):
    planned(practitioner, colleague, supervisor, now, today)

    with pytest.raises(Refused):
        planned(practitioner, colleague, colleague, now, today)


def test_days_and_whoever_stands_in_have_to_fit(practitioner, colleague, stranger, now, today):
    wrong = [(colleague, 9, 3), (colleague, -9, -3), (practitioner, 3, 9), (stranger, 3, 9)]

    for stands_in, first, last in wrong:
        with pytest.raises(Refused):
            planned(practitioner, stands_in, practitioner, now, today, first, last)

    assert not Absence.objects.exists()


def test_it_is_written_down_and_taken_out_on_the_page(sign_in, practitioner, colleague, today):
    client = sign_in(practitioner)
    sent = {
        "worker": factories.membership(practitioner).pk,
        "starts": today,
        "ends": today + DAY,
        "stands_in": colleague.pk,
    }

    client.post(reverse("absences"), sent)
    found = Absence.objects.get()
    client.post(reverse("end_absence", args=[found.pk]))

    assert found.worker == practitioner
    assert not Absence.objects.exists()


def test_whoever_stands_in_does_not_take_it_out(absence, colleague, now):
    with pytest.raises(Refused):
        actions.call_off(absence, by=colleague, at=now)


def test_standing_in_gives_no_record_to_read(sign_in, absence, case, colleague):
    assert sign_in(colleague).get(case.get_absolute_url()).status_code == 404


def test_what_is_over_is_not_shown(absence, supervisor, today):
    assert away.soon(supervisor, absence.ends) == [absence]
    assert away.soon(supervisor, absence.ends + DAY) == []
    assert away.standing_in(absence.stands_in, absence.ends + DAY) == []
