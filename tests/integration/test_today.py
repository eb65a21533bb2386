"""What Today shows besides promises: who I see, who comes out, what waits, and what others wrote."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from r2com.audit import trail
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note, Promise
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.contests.models import Contest
from r2com.supervision import actions as supervision
from r2com.supervision.actions.hand_overs import Plan
from r2com.tasks import actions as tasks
from r2com.threads import actions as threads

from .. import factories

pytestmark = pytest.mark.usefixtures("authority")


def page_of(client):
    return client.get("/").content.decode()


def part(page, heading):
    """What stands under one heading of Today."""
    assert f">{heading}<" in page, heading
    return page.split(f">{heading}<")[1].split("<h2")[0]


def looked(user, at):
    trail.record("record.opened", subject=None, by=user, at=at, page="today")


def test_who_i_see_today_stands_first_by_the_hour_and_leads_to_the_person(
    sign_in, practitioner, team, case, now, today
):
    other = factories.case(team, by=practitioner, name="Oda Lichtfeld", at=now)
    said = {"words": "Meet at the mole", "owner": practitioner, "due": today, "by": practitioner, "at": now}
    tasks.meet(other, time=time(15, 30), **said)
    tasks.meet(case, time=time(9), **said)

    seen = part(page_of(sign_in(practitioner)), "Who I see today")

    assert seen.index("Milo Fernweh") < seen.index("Oda Lichtfeld")
    assert "09:00" in seen
    assert f'href="/people/{case.reference}/"' in seen


def test_a_meeting_on_another_day_is_among_what_comes(sign_in, practitioner, case, now, today):
    day = today + timedelta(days=2)
    tasks.meet(case, words="Meet again", owner=practitioner, due=day, by=practitioner, at=now)

    page = page_of(sign_in(practitioner))

    assert "Who I see today" not in page
    assert "Meet again" in part(page, "In the next seven days")


def test_meeting_again_after_a_contact_is_a_meeting_of_the_next_day(sign_in, practitioner, case, now, today):
    note = Note(happened_at=now, words="We rang the bank")
    promise = Promise("Meet again", today, meets=True, hour=time(17))

    contact = contacts.write(case, note=note, promise=promise, by=practitioner, at=now)

    assert contact.promised.kind == "meeting"
    assert "17:00" in part(page_of(sign_in(practitioner)), "Who I see today")


def test_only_a_meeting_has_an_hour(sign_in, practitioner, case, today):
    sent = {"kind": "promise", "words": "Ring", "owner": practitioner.pk, "when": "week", "time": "09:00"}

    answer = sign_in(practitioner).post(f"/people/{case.reference}/tasks/add/", sent).content.decode()

    assert "Choose “We meet” above, or empty the time." in answer
    assert not case.tasks.exists()


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        (1, "Out within 30 days"),
        (30, "Out within 30 days"),
        (0, "Inside the first 72 hours"),
        (-2, "Inside the first 72 hours"),
    ],
)
def test_whoever_comes_out_or_just_did_is_there(
    sign_in, practitioner, stranger, team, now, today, days, heading
):
    out = today + timedelta(days=days)
    case = factories.case(team, by=practitioner, name="Oda Lichtfeld", at=now, release_on=out)

    seen = part(page_of(sign_in(practitioner)), heading)

    assert "Oda Lichtfeld" in seen
    assert f"/people/{case.reference}/{'first-72' if days <= 0 else 'before-the'}" in seen
    assert "Oda Lichtfeld" not in page_of(sign_in(stranger))


@pytest.mark.parametrize("days", [31, -3, -40])
def test_whoever_comes_out_later_or_came_out_before_is_not(sign_in, practitioner, team, now, today, days):
    out = today + timedelta(days=days)
    factories.case(team, by=practitioner, name="Oda Lichtfeld", at=now, release_on=out)

    page = page_of(sign_in(practitioner))

    assert "Out within 30 days" not in page
    assert "Inside the first 72 hours" not in page


def test_a_question_of_a_colleague_waits_for_my_word_until_i_gave_it(
    sign_in, practitioner, colleague, case, now
):
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)
    thread = threads.ask(case, words="Did the bank ring?", colleagues=[colleague], by=practitioner, at=now)

    assert "A question to you" in part(page_of(sign_in(colleague)), "Waits for me")
    assert "Waits for me" not in page_of(sign_in(practitioner))
    threads.reply(thread, words="They did", by=colleague, at=now + timedelta(minutes=1))
    assert "Waits for me" not in page_of(sign_in(colleague))
    assert "A question to you" in part(page_of(sign_in(practitioner)), "Waits for me")


def test_a_yes_that_runs_out_is_asked_for_again(sign_in, practitioner, case, now):
    factories.yes(case, by=practitioner, at=now)

    assert "Milo Fernweh" in part(page_of(sign_in(practitioner)), "A yes to sharing runs out")


def test_what_others_wrote_since_i_last_looked_is_named_but_not_told(
    sign_in, practitioner, colleague, stranger, case, now
):
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)
    client = sign_in(practitioner)
    looked(practitioner, now - timedelta(days=1))
    note = Note(happened_at=now, words="He was afraid of the letter")
    contacts.write(case, note=note, by=colleague, at=timezone.now())

    seen = part(page_of(client), "Since you last looked")

    assert "Milo Fernweh" in seen
    assert "a contact" in seen
    assert colleague.name in seen
    assert "afraid" not in seen
    assert "Since you last looked" not in page_of(sign_in(colleague))
    assert "Since you last looked" not in page_of(sign_in(stranger))


def test_what_the_person_wrote_through_a_link_is_news(sign_in, practitioner, case, now):
    client = sign_in(practitioner)
    looked(practitioner, now - timedelta(days=1))
    condition = conditions.write(case, words="At home at ten", by=practitioner, at=now)
    entry = kinds.find(practitioner, "condition", condition.pk, "")
    asks, through = Contest.Asks.REMARK, Contest.Through.LINK
    contests.say(entry, words="That was never said", asks=asks, through=through, by=None, at=timezone.now())

    seen = part(page_of(client), "Since you last looked")

    assert "something contested" in seen
    assert "the person, through a link" in seen
    assert "never said" not in seen


def test_what_i_wrote_myself_is_no_news(sign_in, practitioner, case, now):
    client = sign_in(practitioner)
    looked(practitioner, now - timedelta(days=1))
    tasks.promise(case, words="Ring", owner=practitioner, due=now.date(), by=practitioner, at=timezone.now())

    assert "Since you last looked" not in page_of(client)


def test_whoever_stands_on_today_is_on_the_trail_and_nobody_else(sign_in, practitioner, team, now, today):
    soon = factories.case(team, by=practitioner, name="Oda", at=now, release_on=today + timedelta(days=3))

    page_of(sign_in(practitioner))

    read = Event.objects.filter(name="record.opened", by=practitioner.pk).latest("at")
    assert read.facts["cases"] == [str(soon.pk)]


def test_a_case_handed_over_waits_until_its_note_is_read(
    sign_in, practitioner, colleague, supervisor, case, now
):
    plan = Plan([case], colleague, "lead")
    note = supervision.prepare(practitioner, plan=plan, by=supervisor, at=now).notes.get()
    supervision.give(note, by=supervisor, at=now)
    client = sign_in(colleague)

    assert "Handed over to you: Milo Fernweh" in part(page_of(client), "Waits for me")
    supervision.read_note(note, by=colleague, at=now)
    assert "Waits for me" not in page_of(client)


def test_whoever_stands_in_for_somebody_is_told_so(
    sign_in, colleague, stranger, supervisor, practitioner, now, today
):
    days = {"starts": today - timedelta(days=1), "ends": today + timedelta(days=3)}
    supervision.plan_absence(
        factories.membership(practitioner), **days, stands_in=colleague, by=practitioner, at=now
    )

    assert "You stand in for Ines Lindqvarn" in page_of(sign_in(colleague))
    assert "You stand in" not in page_of(sign_in(supervisor))
