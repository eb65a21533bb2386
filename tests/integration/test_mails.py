"""Every mail the product knows, sent the way it is really sent: it names no person, no case and no programme.

There are no pushed notices: nothing in the product sends any.
"""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

import r2com
from r2com.access.roles import Role
from r2com.guards import actions as guards
from r2com.organisations import actions as organisations
from r2com.tasks import actions as tasks
from r2com.tasks import digest
from r2com.tasks.models import Digest
from tests import factories

WORDS = "Ring Sister Clementine about the harbour room"
PROGRAMME = (
    *(
        "r2com",
        "tv-rat",
        "prison",
        "prisão",
        "radical",
        "extremis",
        "terror",
        "violen",
        "probation",
        "reinser",
    ),
    *("release", "liberta", "offen", "crime", "case", "caso", "client", "supervis", "disengag", "desvincula"),
)
# Each place in the source that makes a mail, and the mail here that stands for it.
MADE_IN = {
    "accounts/adapters.py": "reset",
    "guards/telling.py": "emergency",
    "organisations/letters.py": "invitation",
    "tasks/digest.py": "digest",
}


@pytest.fixture(params=["en", "pt"])
def reader(request, team, now):
    """Whoever gets all of them, in each language."""
    cache.clear()
    user = factories.user("Sol Evenwater", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))
    user.language = request.param
    user.save()
    return factories.with_password(user)


@pytest.fixture
def sent(reader, client, case, practitioner, colleague, administrator, team, now, commits):
    """Each mail by its name, each sent by what sends it in real life."""
    found = {}
    with commits(execute=True):
        place = factories.membership(colleague)
        said = {
            "reference": case.reference,
            "reason": "life",
            "words": "Somebody stands at his door tonight.",
        }
        guards.open_in_emergency(place, **said, by=colleague, at=now)
    found["emergency"] = next(letter for letter in mail.outbox if letter.to == [reader.email])
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": reader.email})
    found["reset"] = mail.outbox.pop()
    guest = {"name": "Noa Wintergreen", "email": "guest@example.org", "role": "practitioner", "team": team.pk}
    factories.sign_in(client, administrator).post(reverse("invite"), guest | {"language": reader.language})
    found["invitation"] = mail.outbox.pop()
    found["digest"] = due(practitioner, reader.language, case, now)
    return found


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def due(user, language, case, now):
    """The mail about what is due, to whoever asked for one."""
    user.language = language
    user.save()
    tasks.promise(case, words=WORDS, owner=user, due=now.date(), by=user, at=now)
    tasks.choose_digest(user, comes=Digest.Comes.DAILY, hour=time(0, 0), by=user, at=now)
    digest.send_all(datetime.combine(now.date(), time(23, 0), UTC))
    return mail.outbox.pop()


def whole(letter) -> str:
    """Everything somebody could read of it, on a locked screen, too. The link's secret end says nothing."""
    body = re.sub(r"(/join/|/account/password/new/)\S+", r"\1", letter.body)
    return (
        f"{letter.subject}\n{body}\n{letter.from_email}\n{letter.extra_headers}\n{letter.attachments}".lower()
    )


def test_no_mail_names_a_person_a_case_or_a_programme(sent, reader, case, practitioner, colleague, team):
    users = [reader, practitioner, colleague]
    named = [case.person.name, case.reference, team.name, team.organisation.name, WORDS, "Noa Wintergreen"]
    named += [text for user in users for text in (user.name, user.email, str(user.pk))]
    canaries = {word.lower() for text in named for word in re.findall(r"[\w@.-]{3,}", text)}
    canaries -= {team.organisation.neutral_name.lower(), "about", "the", "room", "ring"}

    found = {
        (name, word)
        for name, letter in sent.items()
        for word in canaries | set(PROGRAMME)
        if word in whole(letter)
    }

    assert set(sent) == set(MADE_IN.values())
    assert found == set()


def test_each_goes_to_one_reader_from_a_neutral_sender(sent):
    for letter in sent.values():
        assert len(letter.to) == 1
        assert not letter.cc
        assert not letter.bcc
        assert letter.from_email == "noreply@localhost"


def test_no_mail_is_made_anywhere_else():
    source = Path(r2com.__file__).parent
    makes = re.compile(r"EmailMessage\(|EmailMultiAlternatives\(|send_mail\(|def send_password_reset_mail")

    found = {str(path.relative_to(source)) for path in source.rglob("*.py") if makes.search(path.read_text())}

    assert found == set(MADE_IN)


def test_nobody_is_invited_by_the_name_of_the_house(team, administrator, now):
    given = {"email": "guest@example.org", "name": "Noa", "role": Role.PRACTITIONER, "language": "en"}
    organisations.invite(team.organisation, team=team, **given, by=administrator, at=now)

    assert all(team.organisation.name not in letter.body for letter in mail.outbox)
