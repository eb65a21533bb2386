"""What leaves the house about tasks: a calendar and a mail that say how much, and nothing else."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from r2com.access import grants
from r2com.audit.models import Event
from r2com.organisations.models import Membership
from r2com.tasks import actions as tasks
from r2com.tasks import digest
from r2com.tasks.models import CalendarFeed, Digest
from tests import factories

DAY = timedelta(days=1)
WORDS = "Ring Sister Clementine about the harbour room"


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def promise(case, practitioner, now):
    def made(days=0, words=WORDS):
        due = now.date() + days * DAY
        return tasks.promise(case, words=words, owner=practitioner, due=due, by=practitioner, at=now)

    return made


@pytest.fixture
def address(practitioner, now):
    return f"/calendar/{tasks.make_calendar(practitioner, by=practitioner, at=now)}.ics"


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def personal_words(case, *users):
    """Everything by which somebody in the house could be known, and what kind of house it is."""
    named = [case.person.name, case.person.short_name, case.reference, case.team.name, case.organisation.name]
    named += [part for user in users for part in (user.name, user.email, str(user.pk))]
    words = {word for text in [*named, WORDS] for word in re.findall(r"[\w@.-]{4,}", text)}
    return (words | {str(case.pk), "R2COM", "TV-RAT", "Promised", "prison", "release"}) - {
        case.organisation.neutral_name,
        "room",
        "about",
    }


# The calendar


def test_a_calendar_says_how_many_things_are_due_on_which_day(address, promise, today):
    promise(-2), promise(0), promise(5)

    answer = Client().get(address)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [(e["DTSTART"].dt, str(e["SUMMARY"])) for e in events(answer)] == [
        (today, "Lantern: 2 things due"),
        (today + 5 * DAY, "Lantern: 1 thing due"),
    ]
    assert events(answer)[1]["URL"].endswith(f"/tasks/?day={today + 5 * DAY}")


def test_a_calendar_holds_what_a_calendar_must(address, promise):
    promise()

    made = Calendar.from_ical(Client().get(address).content)

    assert made["VERSION"] == "2.0"
    assert made["PRODID"]
    assert all(event["UID"] and event["DTSTAMP"] for event in made.walk("VEVENT"))
    assert made.errors == []


def test_nothing_in_a_calendar_says_who_or_what_it_is_about(address, promise, case, practitioner, supervisor):
    promise()
    text = Client().get(address).content.decode().replace("\r\n ", "")

    found = {word for word in personal_words(case, practitioner, supervisor) if word.lower() in text.lower()}

    assert found == set()


def test_a_calendar_keeps_no_session_and_is_kept_by_nobody(address):
    answer = Client().get(address)

    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_each_asking_is_on_the_trail(address, practitioner):
    Client().get(address)

    assert Event.objects.filter(name="calendar.read", by=practitioner.pk).count() == 1


def test_an_unknown_address_is_nothing(address):
    assert Client().get("/calendar/abc.ics").status_code == 404
    assert Client().get(address.replace("/calendar/", "/calendar/x")).status_code == 404


def test_who_asks_too_often_is_told_to_wait():
    answers = [Client().get("/calendar/abc.ics").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]


def test_the_address_is_shown_once_and_kept_as_a_hash(sign_in, practitioner, promise):
    client = sign_in(practitioner)

    page = client.post("/account/calendar/", {"go": "make"}).text
    token = re.search(r"/calendar/([\w-]{43})\.ics", page)[1]

    assert Client().get(f"/calendar/{token}.ics").status_code == 200
    assert token not in client.get("/account/calendar/").text
    assert token not in CalendarFeed.objects.get().token_hash


def test_a_replaced_or_ended_address_answers_no_more(sign_in, practitioner, address):
    client = sign_in(practitioner)
    page = client.post("/account/calendar/", {"go": "make"}).text
    new = re.search(r"/calendar/[\w-]{43}\.ics", page)[0]
    assert (Client().get(address).status_code, Client().get(new).status_code) == (404, 200)

    client.post("/account/calendar/", {"go": "end"})

    assert Client().get(new).status_code == 404
    assert CalendarFeed.objects.filter(ended_at=None).count() == 0


def test_who_works_here_no_more_has_no_calendar(address, practitioner, today):
    Membership.objects.filter(user=practitioner).update(ends=today)

    assert Client().get(address).status_code == 404


def test_a_calendar_holds_only_what_its_owner_may_still_see(address, promise, case, practitioner, now):
    promise()
    assert len(events(Client().get(address))) == 1
    case.members.all().delete()
    grants.rebuild([case.pk])

    assert events(Client().get(address)) == []


def test_administrators_have_no_such_page(sign_in, administrator):
    assert sign_in(administrator).get("/account/calendar/").status_code == 404


# The mail


@pytest.fixture
def morning(today):
    """A Monday, a quarter past eight by the clock on the wall."""
    monday = today + (7 - today.weekday()) * DAY
    return datetime.combine(monday, time(8, 15), UTC)


@pytest.fixture
def wanted(practitioner, now):
    return tasks.choose_digest(practitioner, comes="daily", hour=time(8), by=practitioner, at=now)


def test_a_mail_says_how_much_is_due_and_where(wanted, promise, morning):
    """One task, and the notice, which comes by itself."""
    promise()

    digest.send_all(morning)

    letter = mail.outbox[0]
    assert letter.subject == "You have things due today"
    assert "2 things are due today." in letter.body
    assert f"{settings.ADDRESS}/tasks/" in letter.body


def test_nothing_in_a_mail_says_who_or_what_it_is_about(
    wanted, promise, morning, case, practitioner, supervisor
):
    promise()

    digest.send_all(morning)

    letter = mail.outbox[0]
    assert letter.to == [practitioner.email]
    text = f"{letter.subject} {letter.body} {letter.from_email}".lower()
    assert {word for word in personal_words(case, practitioner, supervisor) if word.lower() in text} == set()


def test_a_mail_comes_once_a_day(wanted, promise, morning):
    promise()

    for moment in (morning, morning + timedelta(minutes=10), morning + DAY):
        digest.send_all(moment)

    assert len(mail.outbox) == 2


def test_no_mail_comes_before_its_hour_or_to_who_did_not_ask(wanted, promise, morning, supervisor):
    promise()

    digest.send_all(morning - timedelta(hours=2))

    assert mail.outbox == []


def test_no_mail_comes_when_nothing_is_due(practitioner, morning, now):
    tasks.choose_digest(practitioner, comes="daily", hour=time(8), by=practitioner, at=now)

    digest.send_all(morning)

    assert mail.outbox == []


def test_the_weekly_mail_comes_on_monday(practitioner, promise, morning, now):
    tasks.choose_digest(practitioner, comes="weekly", hour=time(8), by=practitioner, at=now)
    promise(12)

    digest.send_all(morning + DAY)
    digest.send_all(morning)

    assert [letter.subject for letter in mail.outbox] == ["You have things due this week"]


def test_what_did_not_go_out_is_tried_again(wanted, promise, morning, monkeypatch):
    promise()
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuses)
        digest.send_all(morning)
    assert Digest.objects.get().last_sent_on is None

    digest.send_all(morning)

    assert len(mail.outbox) == 1


def refuses(letter):
    raise OSError


@pytest.mark.parametrize(
    "changed", [{"DEMO": True}, {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}]
)
def test_where_no_mail_is_set_up_none_is_offered_or_sent(
    sign_in, wanted, promise, morning, practitioner, settings, changed
):
    for name, value in changed.items():
        setattr(settings, name, value)
    promise()

    digest.send_all(morning)
    page = sign_in(practitioner).get("/account/calendar/").text

    assert getattr(mail, "outbox", []) == []
    assert "sends no mail" in page


def test_who_works_here_no_more_gets_no_mail(wanted, promise, morning, practitioner, today):
    promise()
    Membership.objects.filter(user=practitioner).update(ends=today)

    digest.send_all(morning)

    assert mail.outbox == []


def test_the_mail_is_asked_for_and_stopped_on_ones_own_page(sign_in, practitioner):
    client = sign_in(practitioner)

    client.post("/account/calendar/", {"go": "mail", "comes": "weekly", "hour": "07:00"})
    assert (Digest.objects.get().comes, Digest.objects.get().hour) == ("weekly", time(7))
    client.post("/account/calendar/", {"go": "no_mail"})

    assert not Digest.objects.exists()
    names = ["digest.chosen", "digest.stopped"]
    assert Event.objects.filter(name__in=names, by=practitioner.pk).count() == 2


def test_a_mail_is_written_in_the_readers_language(team, now, morning):
    reader = factories.user("Noa Ferrow", "practitioner", team, at=now - DAY, language="pt")
    factories.case(team, by=reader, name="Wilm Ottergate", at=now - 30 * DAY)
    tasks.choose_digest(reader, comes="daily", hour=time(8), by=reader, at=now)

    digest.send_all(morning)

    assert mail.outbox[0].subject == "Hoje tem coisas a fazer"
