"""A person asks for their file: due in a month, read by two, given once, and what is left out is said."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import jsonschema_rs
import pytest
from django.urls import reverse

from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.contests import kinds
from r2com.core.refusals import Refused
from r2com.corner import actions as corner
from r2com.documents import actions as documents
from r2com.documents import apart
from r2com.my_record import actions as my_record
from r2com.rights import actions, file
from r2com.rights.models import FileRequest, Given
from r2com.rights.models.requests import months_later
from tests import factories, files

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "person-file.schema.json"
ENDANGERED = {"reason": "other_person", "why": "She asked us not to tell where she lives"}
AUNT = {"relation": "Aunt", "ring": "1", "helps": "Marzipan on Sundays", "phone": "", "contact": "ask"}


@pytest.fixture
def asked(case, practitioner, today, now):
    return actions.ask(case, received_on=today, how="said", checked="known", by=practitioner, at=now)


@pytest.fixture
def held(case, practitioner, now):
    """Somebody in the corner who would be endangered, and so is held back."""
    supporter = corner.name(case, name="Joss Quillon", **AUNT, by=practitioner, at=now)
    entry = kinds.find(practitioner, "supporter", supporter.pk)
    return my_record.hold_back(entry, reason="other_person", words="She asked us", by=practitioner, at=now)


@pytest.fixture
def add(case, practitioner, now):
    """A paper, kept in the record."""
    said = {"name": "Answer of Joss Quillon", "kind": "letter", "source": "person", "seen_by": "everybody"}

    def added(data):
        return documents.add(case, original=data, clean=apart.cleaned(data), **said, by=practitioner, at=now)

    return added


@pytest.fixture
def aunt(case, practitioner, now):
    return corner.name(case, name="Joss Quillon", **AUNT, by=practitioner, at=now)


@pytest.fixture
def deputy(case, practitioner, colleague, now):
    cases.place(case, user=colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)
    return colleague


@pytest.fixture
def read(asked, supervisor, now):
    """The file as it stands, read through by somebody who did not draft it."""
    return actions.read_through(asked, stood=file.mark(asked, by=supervisor), by=supervisor, at=now)


def told(asked, by, now):
    return file.data(asked.case, file.draft(asked, by=by), at=now)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(day, months, later):
    assert months_later(day, months) == later


def test_two_months_more_are_taken_once_and_in_time(asked, practitioner, now):
    with pytest.raises(Refused, match="first month"):
        actions.take_longer(asked, reason="much", by=practitioner, at=now + timedelta(days=40))
    actions.take_longer(asked, reason="much", by=practitioner, at=now)
    with pytest.raises(Refused, match="once already"):
        actions.take_longer(asked, reason="much", by=practitioner, at=now)

    assert FileRequest.objects.get().due_on == months_later(asked.received_on, 3)


def test_nobody_asked_tomorrow(case, practitioner, today, now):
    tomorrow = today + timedelta(days=1)

    with pytest.raises(Refused):
        actions.ask(case, received_on=tomorrow, how="said", checked="known", by=practitioner, at=now)


def test_whoever_held_it_back_is_not_the_second_reader(held, practitioner, deputy, now):
    with pytest.raises(Refused, match="Somebody else"):
        actions.look_again(held, by=practitioner, at=now)

    assert actions.look_again(held, by=deputy, at=now).by == deputy


def test_nothing_held_back_leaves_unseen(asked, held, practitioner, deputy, now):
    actions.read_through(asked, stood=file.mark(asked, by=deputy), by=deputy, at=now)

    with pytest.raises(Refused, match="second reader"):
        actions.give(asked, way="hand", by=practitioner, at=now)

    actions.look_again(held, by=deputy, at=now)
    actions.give(asked, way="hand", by=practitioner, at=now)

    assert Event.objects.filter(name="file.given").count() == 1


def test_a_file_is_given_once(asked, read, practitioner, now):
    actions.give(asked, way="hand", by=practitioner, at=now)

    with pytest.raises(Refused, match="already"):
        actions.give(asked, way="hand", by=practitioner, at=now)


def test_the_data_keep_to_what_is_published(case, asked, practitioner, supervisor, add, now):
    add(files.pdf("A letter of the housing office"))
    actions.leave_out(asked, words="Fernweh", **ENDANGERED, by=supervisor, at=now)
    corner.name(case, name="Joss Quillon", **AUNT, by=practitioner, at=now)
    schema = json.loads(SCHEMA.read_text())

    data = told(asked, practitioner, now)

    assert data["files"]
    assert data["left_out"]
    jsonschema_rs.validate(schema, data)
    assert not jsonschema_rs.is_valid(schema, {**data, "parts": "none"})


def test_what_is_held_back_is_said_and_not_given(asked, held, practitioner, now):
    text = json.dumps(told(asked, practitioner, now))

    assert "Marzipan" not in text
    assert held.get_reason_display() in text


def test_who_looked_stands_there_by_role_and_house(sign_in, case, asked, practitioner, now):
    sign_in(practitioner).get(case.get_absolute_url())

    looked = told(asked, practitioner, now)["looked"]

    assert {one["role"] for one in looked} == {"Case worker"}
    assert practitioner.name not in json.dumps(looked)


def test_the_file_is_made_on_its_page(sign_in, case, asked, read, practitioner):
    client, address = sign_in(practitioner), reverse("person_file", args=[case.reference])
    assert "due on" in client.get(address).text

    answer = client.post(reverse("give_file", args=[asked.pk]), {"way": "hand"})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == ["record.json", "record.pdf"]
    assert "no-store" in answer["Cache-Control"]
    assert Given.objects.get().by == practitioner


def test_the_page_enters_a_request(sign_in, case, practitioner, today):
    address = reverse("person_file", args=[case.reference])

    sign_in(practitioner).post(address, {"received_on": today, "how": "paper", "checked": "paper"})

    assert FileRequest.objects.get().how == "paper"


@pytest.mark.parametrize("who", ["mentor", "administrator", "stranger", "colleague"])
def test_nobody_else_makes_it(request, sign_in, who, case, asked):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("person_file", args=[case.reference])).status_code == 404
    assert client.post(reverse("give_file", args=[asked.pk]), {"way": "hand"}).status_code == 404
    assert not Given.objects.exists()


def test_data_protection_sees_what_is_due_and_nobody_by_name(sign_in, team, case, asked, now):
    officer = factories.user("Sol Marrowby", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))
    client = sign_in(officer)

    text = client.get(reverse("file_requests")).text

    assert case.reference in text
    assert "Milo" not in text
    assert client.post(reverse("give_file", args=[asked.pk]), {"way": "hand"}).status_code == 404


def test_nobody_waits(sign_in, supervisor):
    assert "Nobody waits" in sign_in(supervisor).get(reverse("file_requests")).text
