"""The board of the first 72 hours: lamps for what is in place; at noon what is dark goes to the deputy."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.landing import actions, clock, content, noon, saying, today
from r2com.landing.board import lamps
from r2com.landing.models import BOARD, Begun, HandedOn, Light
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .. import factories

LISBON = ZoneInfo("Europe/Lisbon")
MINUTE = timedelta(minutes=1)
FIRST = ["met", "bed", "phone", "food", "money", "medicine"]
ALL = [*FIRST, "first_report", "place", "called", "meeting", "how_are_you"]


@pytest.fixture
def out(now):
    """The day of release: a fortnight ago, so that every hour after it has been."""
    return timezone.localdate(now) - timedelta(days=14)


@pytest.fixture
def toma(team, practitioner, colleague, now, out):
    """Toma came out; Ines works with him, Bram is the deputy."""
    at = now - timedelta(days=19)
    return factories.case(
        team, by=practitioner, deputy=colleague, name="Toma Alder", called="Toma", release_on=out, at=at
    )


@pytest.fixture
def friend(toma, mentor, practitioner, now):
    cases.place(toma, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=18))
    return mentor


@pytest.fixture
def fresh(team, practitioner, colleague, now):
    """Somebody who comes out today."""
    day = timezone.localdate(now)
    return factories.case(team, by=practitioner, deputy=colleague, name="Ana Fern", release_on=day, at=now)


def hour(out, days, hours, minutes=0):
    return datetime.combine(out + timedelta(days=days), time(hours, minutes), LISBON)


def board(case):
    begun = Begun.objects.filter(case=case, checklist=BOARD).with_version().with_lights().first()
    return {lamp.line.id: lamp for lamp in lamps(Case.objects.get(pk=case.pk), begun)}


def dark(case):
    return [id for id, lamp in board(case).items() if lamp.is_dark]


def address(name, case, *args):
    return reverse(name, args=[case.reference, *args])


def pages(case):
    return [
        address("first_72_hours", case),
        address("first_72_hours_pdf", case),
        address("lamp", case, "phone"),
    ]


# Lamps


def test_a_lamp_is_lit_by_somebody_at_a_moment(toma, practitioner, out):
    actions.light(toma, lamp="met", note="At the gate", by=practitioner, at=hour(out, 0, 10))

    met = board(toma)["met"]
    assert (met.is_lit, met.light.by, met.light.at) == (True, practitioner, hour(out, 0, 10))
    assert [light.note for light in met.said] == ["At the gate"]
    assert dark(toma) == [id for id in ALL if id != "met"]


def test_lighting_twice_changes_nothing_but_adds_what_was_noted(toma, practitioner, colleague, out):
    actions.light(toma, lamp="met", by=practitioner, at=hour(out, 0, 10))
    actions.light(toma, lamp="met", by=colleague, at=hour(out, 0, 11))
    actions.light(toma, lamp="met", note="Brin was there, too", by=colleague, at=hour(out, 0, 12))

    met = board(toma)["met"]
    assert (met.light.by, met.light.at) == (practitioner, hour(out, 0, 10))
    assert [light.note for light in met.said] == ["", "Brin was there, too"]


def test_a_lamp_is_put_out_with_a_reason(toma, practitioner, out):
    actions.light(toma, lamp="bed", by=practitioner, at=hour(out, 0, 10))
    with pytest.raises(Refused):
        actions.put_out(toma, lamp="bed", note=" ", by=practitioner, at=hour(out, 0, 20))
    with pytest.raises(Refused):
        actions.put_out(toma, lamp="phone", note="Lost", by=practitioner, at=hour(out, 0, 20))

    actions.put_out(toma, lamp="bed", note="The room is wet", by=practitioner, at=hour(out, 0, 20))

    assert board(toma)["bed"].is_dark
    assert [light.note for light in board(toma)["bed"].said] == ["The room is wet"]


def test_how_far_it_is_can_be_noted_without_lighting_it(toma, practitioner, out):
    actions.note(toma, lamp="phone", note="Card bought", by=practitioner, at=hour(out, 0, 10))
    with pytest.raises(Refused):
        actions.note(toma, lamp="phone", note="", by=practitioner, at=hour(out, 0, 11))
    actions.light(toma, lamp="food", by=practitioner, at=hour(out, 0, 11))
    with pytest.raises(Refused):
        actions.note(toma, lamp="food", note="Bread", by=practitioner, at=hour(out, 0, 11))

    assert board(toma)["phone"].is_dark
    assert board(toma)["phone"].light is None


def test_only_some_lamps_can_be_left_away_and_only_by_those_in_charge(toma, practitioner, friend, out):
    at = hour(out, 0, 10)
    with pytest.raises(Refused):
        actions.does_not_apply(toma, lamp="bed", note="Sleeps outside", by=practitioner, at=at)
    with pytest.raises(Refused):
        actions.does_not_apply(toma, lamp="first_report", note="Nobody asks", by=friend, at=at)
    actions.does_not_apply(toma, lamp="first_report", note="No conditions", by=practitioner, at=at)
    with pytest.raises(Refused):
        actions.does_not_apply(toma, lamp="first_report", note="Again", by=practitioner, at=at)

    assert board(toma)["first_report"].is_not_needed
    assert "first_report" not in dark(toma)
    actions.put_out(toma, lamp="first_report", note="There is one", by=practitioner, at=at + MINUTE)
    assert "first_report" in dark(toma)


def test_nothing_is_lit_before_the_day_of_release(toma, practitioner, out):
    with pytest.raises(Refused):
        actions.light(toma, lamp="met", by=practitioner, at=hour(out, 0, 0) - MINUTE)
    with pytest.raises(Refused):
        actions.light(toma, lamp="hope", by=practitioner, at=hour(out, 0, 1))

    assert not Light.objects.exists()


def test_it_can_still_be_lit_after_the_72_hours(toma, practitioner, out):
    actions.light(toma, lamp="met", by=practitioner, at=hour(out, 5, 9))

    assert board(toma)["met"].is_lit


# Noon


def test_a_minute_before_noon_nothing_is_handed_on_and_at_noon_it_is(toma, colleague, practitioner, out):
    actions.light(toma, lamp="met", by=practitioner, at=hour(out, 0, 10))

    noon.hand_on_everywhere(hour(out, 1, 12) - MINUTE)
    before = Task.objects.count()
    noon.hand_on_everywhere(hour(out, 1, 12))

    assert before == 0
    assert {task.owner for task in Task.objects.all()} == {colleague}
    assert set(HandedOn.objects.values_list("lamp", flat=True)) == set(ALL[1:])
    assert Event.objects.filter(name="lamp.handed_on", by=None, case=toma.pk).count() == 10


@pytest.mark.parametrize("month", [1, 7])
def test_noon_is_noon_on_the_wall_in_winter_and_in_summer(case, month):
    day = datetime(2026, month, 5, 9, tzinfo=LISBON)
    case.release_on, case.opened_at = day.date(), day

    assert clock.noon(case) == datetime(2026, month, 6, 12, tzinfo=LISBON)
    assert actions.hand_on(case, at=clock.noon(case) - MINUTE) == []
    assert len(actions.hand_on(case, at=clock.noon(case))) == 11


def test_each_lamp_is_handed_on_once(toma, out):
    for minutes in (0, 5, 300):
        noon.hand_on_everywhere(hour(out, 1, 12) + minutes * MINUTE)

    assert Task.objects.count() == HandedOn.objects.count() == 11


def test_without_a_deputy_it_comes_to_the_case_worker_and_the_board_says_so(
    case, practitioner, out, now, team
):
    alone = factories.case(team, by=practitioner, release_on=out, at=now - timedelta(days=16))
    before = saying.lead(alone, list(board(alone).values()), members(alone), hour(out, 1, 11))
    noon.hand_on_everywhere(hour(out, 1, 12))

    assert {task.owner for task in Task.objects.filter(case=alone)} == {practitioner}
    assert before[1].endswith("12:00, it comes to Ines Lindqvarn, the case worker: there is no deputy.")


def test_where_nobody_is_left_nothing_goes_on_and_the_others_still_get_theirs(
    toma, practitioner, colleague, supervisor, team, out, now
):
    other = factories.case(team, by=supervisor, release_on=out, at=now - timedelta(days=16))
    for user in (practitioner, colleague):
        cases.leave_all(user.pk, by=None, at=hour(out, 0, 9))

    noon.hand_on_everywhere(hour(out, 1, 12))

    assert {task.case for task in Task.objects.all()} == {other}
    said = saying.lead(toma, list(board(toma).values()), members(toma), hour(out, 1, 11))
    assert said[1] == "Nobody works with this person now: what is not lit goes to nobody."


def test_the_board_says_to_whom_it_goes_and_then_with_whom_it_is(toma, out, colleague):
    before = saying.lead(toma, list(board(toma).values()), members(toma), hour(out, 1, 11))
    late = saying.lead(toma, list(board(toma).values()), members(toma), hour(out, 1, 12, 3))
    noon.hand_on_everywhere(hour(out, 1, 12, 4))
    after = saying.lead(toma, list(board(toma).values()), members(toma), hour(out, 1, 12, 5))

    assert before[1].endswith("12:00, it goes to Bram Oosterlicht, the deputy.")
    assert late[1] == "Now, it goes to Bram Oosterlicht, the deputy."
    assert len(after) == 1
    assert saying.word(board(toma)["phone"]) == "With Bram"


def members(case):
    return list(case.members.filter(until__isnull=True).select_related("user"))


def test_lighting_it_later_finishes_the_task(toma, colleague, out):
    noon.hand_on_everywhere(hour(out, 1, 12))

    actions.light(toma, lamp="phone", note="It rings", by=colleague, at=hour(out, 1, 15))

    task = HandedOn.objects.get(lamp="phone").task
    assert (task.is_done, task.done.done_by, task.done.words) == (True, colleague, "")
    assert Task.objects.open().count() == 10


def test_a_task_that_was_done_without_lighting_leaves_the_lamp_dark(toma, colleague, out):
    noon.hand_on_everywhere(hour(out, 1, 12))
    tasks.finish(HandedOn.objects.get(lamp="phone").task, by=colleague, at=hour(out, 1, 14))
    noon.hand_on_everywhere(hour(out, 1, 16))

    assert "phone" in dark(toma)
    assert HandedOn.objects.filter(lamp="phone").count() == 1


def test_a_lamp_that_goes_dark_after_noon_is_handed_on_again(toma, practitioner, out):
    actions.light(toma, lamp="bed", by=practitioner, at=hour(out, 0, 10))
    noon.hand_on_everywhere(hour(out, 1, 12))
    actions.put_out(toma, lamp="bed", note="Closed", by=practitioner, at=hour(out, 1, 18))
    for minutes in (5, 10):
        noon.hand_on_everywhere(hour(out, 1, 18, minutes))

    assert HandedOn.objects.filter(lamp="bed").count() == 1
    assert board(toma)["bed"].handed_on


def test_after_the_72_hours_nothing_is_handed_on(toma, out):
    noon.hand_on_everywhere(hour(out, 3, 0))

    assert not HandedOn.objects.exists()


def test_somebody_met_two_days_after_release_has_until_noon_of_the_next_day(team, practitioner, out):
    met = factories.case(team, by=practitioner, release_on=out, at=hour(out, 1, 15))

    assert actions.hand_on(met, at=hour(out, 1, 16)) == []
    assert len(actions.hand_on(met, at=hour(out, 2, 12))) == 11


def test_a_day_of_release_that_moves_takes_the_board_and_its_tasks_along(toma, practitioner, out):
    actions.light(toma, lamp="met", by=practitioner, at=hour(out, 0, 10))
    noon.hand_on_everywhere(hour(out, 1, 12))
    later = out + timedelta(days=7)

    actions.move_release(toma, to=later, by=practitioner, at=hour(out, 1, 13))
    again = dark(toma)
    noon.hand_on_everywhere(hour(out, 1, 14))
    stays = Task.objects.open().count()
    noon.hand_on_everywhere(hour(later, 1, 12))

    assert (again, stays) == (ALL, 0)
    assert Task.objects.open().count() == 11


def test_without_a_day_of_release_nothing_is_handed_on(toma, practitioner, out):
    actions.move_release(toma, to=None, by=practitioner, at=hour(out, 0, 9))
    noon.hand_on_everywhere(hour(out, 1, 12))

    assert not Task.objects.exists()
    assert saying.lead(toma, [], [], hour(out, 1, 12))[0].startswith("The day of release is not known yet.")


def test_the_task_is_worded_in_the_deputys_language(toma, colleague, out):
    colleague.language = "pt"
    colleague.save()

    noon.hand_on_everywhere(hour(out, 1, 12))

    words = HandedOn.objects.get(lamp="phone").task.words
    assert content.newest(BOARD).in_language("pt").line("phone").title in words


# Who may


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_for_somebody_outside_the_case_no_page_exists(request, toma, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    assert [client.get(url).status_code for url in pages(toma)] == [404] * 3
    assert client.post(address("light_lamp", toma, "met")).status_code == 404
    assert client.post(address("lamp", toma, "met"), {"go": "light"}).status_code == 404
    assert not Light.objects.exists()
    assert not Event.objects.filter(name__in=["record.opened", "list.printed"]).exists()


@pytest.mark.parametrize("who", ["practitioner", "colleague", "supervisor", "friend"])
def test_everybody_in_the_case_lights_a_lamp_in_one_tap(request, toma, sign_in, who):
    user = request.getfixturevalue(who)

    answer = sign_in(user).post(address("light_lamp", toma, "met"))

    assert answer.url == address("first_72_hours", toma) + "#lamp-met"
    assert Light.objects.get().by == user


def test_somebody_without_a_part_lights_nothing(toma, stranger, out):
    with pytest.raises(Refused):
        actions.light(toma, lamp="met", by=stranger, at=hour(out, 0, 10))


def test_a_mentor_does_not_leave_a_lamp_away(toma, friend, sign_in):
    client, url = sign_in(friend), address("lamp", toma, "first_report")

    assert "It does not apply" not in client.get(url).text
    assert client.post(url, {"go": "does_not_apply", "note": "None"}).status_code == 404
    assert not Light.objects.exists()


def test_what_is_noted_on_medicine_is_not_for_a_mentor_unless_they_wrote_it(
    toma, practitioner, friend, out, sign_in
):
    actions.light(toma, lamp="medicine", note="Two a day", by=practitioner, at=hour(out, 0, 10))
    actions.light(toma, lamp="food", note="Soup", by=practitioner, at=hour(out, 0, 10))
    actions.light(toma, lamp="medicine", note="I asked him", by=friend, at=hour(out, 0, 11))

    theirs = sign_in(friend).get(address("first_72_hours", toma)).text
    mine = sign_in(practitioner).get(address("first_72_hours", toma)).text

    assert "Two a day" not in theirs
    assert "I asked him" in theirs
    assert "for those who read sensitive items" in theirs
    assert "Soup" in theirs
    assert "Two a day" in mine


# The pages


def test_a_worker_opens_every_page_and_the_trail_knows(toma, practitioner, sign_in):
    client = sign_in(practitioner)

    assert [client.get(url).status_code for url in pages(toma)] == [200] * 3
    assert Event.objects.filter(name="record.opened", case=toma.pk).count() == 2
    assert Event.objects.filter(name="list.printed", case=toma.pk).count() == 1


def test_the_board_shows_who_lit_what_and_with_whom_the_rest_is(toma, practitioner, out, sign_in):
    actions.light(toma, lamp="met", note="At the gate", by=practitioner, at=hour(out, 0, 10))
    noon.hand_on_everywhere(hour(out, 1, 12))

    page = sign_in(practitioner).get(address("first_72_hours", toma)).text

    assert "At the gate" in page
    assert page.count("With Bram Oosterlicht since") == 10
    assert page.count('name="csrfmiddlewaretoken"') >= 10
    assert "The 72 hours are over." in page


def test_a_lamp_is_lit_noted_put_out_and_left_away_on_its_page(toma, practitioner, sign_in):
    client, url = sign_in(practitioner), address("lamp", toma, "first_report")
    back = address("first_72_hours", toma) + "#lamp-first_report"

    for go in ("note", "light", "put_out", "does_not_apply", "put_out"):
        assert client.post(url, {"go": go, "note": f"Because of {go}"}).url == back
        assert client.get(url).status_code == 200

    assert list(Light.objects.values_list("says", flat=True)) == [
        "not_yet",
        "lit",
        "out",
        "not_needed",
        "out",
    ]


def test_a_reason_that_is_missing_is_asked_for(toma, practitioner, out, sign_in):
    actions.light(toma, lamp="bed", by=practitioner, at=hour(out, 0, 10))
    client = sign_in(practitioner)

    page = client.post(address("lamp", toma, "bed"), {"go": "put_out", "note": ""})

    assert page.status_code == 200
    assert "Write it in a few words." in page.text
    assert board(toma)["bed"].is_lit


def test_before_the_day_of_release_there_is_nothing_to_press(team, practitioner, now, sign_in):
    day = timezone.localdate(now) + timedelta(days=5)
    early = factories.case(team, by=practitioner, release_on=day, at=now)
    client = sign_in(practitioner)

    page = client.get(address("first_72_hours", early)).text

    assert "The board begins by itself on the day of release" in page
    assert "Light it" not in page
    assert "The board begins on the day of release." in client.get(address("lamp", early, "met")).text
    pressed = client.post(address("light_lamp", early, "met"), follow=True).text
    assert "The board begins on the day of release." in pressed
    assert not Light.objects.exists()


def test_without_a_day_of_release_the_page_offers_to_write_it(toma, practitioner, friend, now, sign_in):
    actions.move_release(toma, to=None, by=practitioner, at=now)

    mine = sign_in(practitioner).get(address("first_72_hours", toma)).text
    theirs = sign_in(friend).get(address("first_72_hours", toma)).text

    assert address("release_day", toma) in mine
    assert address("release_day", toma) not in theirs
    assert sign_in(practitioner).get(address("first_72_hours_pdf", toma)).status_code == 200


def test_a_lamp_that_is_not_on_the_board_does_not_exist(toma, practitioner, sign_in):
    client = sign_in(practitioner)

    assert client.get(address("lamp", toma, "hope")).status_code == 404
    assert client.post(address("light_lamp", toma, "hope")).status_code == 404


def test_the_page_asks_at_most_twelve_queries_however_much_there_is(
    toma, practitioner, out, sign_in, count_queries
):
    client, url = sign_in(practitioner), address("first_72_hours", toma)
    actions.light(toma, lamp="met", note="At the gate", by=practitioner, at=hour(out, 0, 10))
    noon.hand_on_everywhere(hour(out, 1, 12))
    client.get(url)
    with count_queries() as few:
        client.get(url)
    for lamp in ALL:
        actions.light(toma, lamp=lamp, note="Again", by=practitioner, at=hour(out, 1, 13))
        actions.light(toma, lamp=lamp, note="And again", by=practitioner, at=hour(out, 1, 14))

    with count_queries() as many:
        client.get(url)

    assert len(many.asked) == len(few.asked) <= 12, "\n".join(many.asked)


# For Today


def test_who_is_inside_72_hours_with_what_is_not_lit(
    toma, fresh, practitioner, stranger, team, now, count_queries
):
    actions.light(fresh, lamp="met", by=practitioner, at=now)
    today.inside_72_hours(practitioner, now)
    with count_queries() as few:
        found = today.inside_72_hours(practitioner, now)
    for number in range(20):
        factories.case(team, by=practitioner, name=f"P {number}", release_on=fresh.release_on, at=now)

    with count_queries() as many:
        everybody = today.inside_72_hours(practitioner, now)

    assert [one.case for one in found] == [fresh]
    assert [lamp.line.id for lamp in found[0].dark] == ALL[1:]
    assert (len(everybody), today.inside_72_hours(stranger, now)) == (21, [])
    assert len(many.asked) == len(few.asked) <= 5, "\n".join(many.asked)
