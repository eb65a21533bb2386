"""The person reads their record: everything, in plain words, entry by entry."""

import html
import io
import json
import subprocess
import zipfile

import pytest
from django.urls import reverse

from r2com.access.personal import Personal
from r2com.assessments import actions as assessments
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note, Said
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.corner import actions as corner
from r2com.my_record import actions, paper, pictures, record
from r2com.my_record.coverage import SHOWN_IN, WHY_NOT
from tests.conventions.personal import personal_models

pytestmark = pytest.mark.usefixtures("authority")

TAKEN = ["record_pdf", "record_zip"]


@pytest.fixture
def address(case):
    return reverse("my_record", args=[case.reference])


def text_of(data, tmp_path):
    path = tmp_path / "record.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout


def read(client, address):
    return client.get(address).content.decode()


def test_every_personal_model_is_shown_or_says_why_not():
    every = {model._meta.label for model in personal_models() if isinstance(model.personal, Personal)}

    assert every == set(SHOWN_IN) | set(WHY_NOT)
    assert not set(SHOWN_IN) & set(WHY_NOT)
    assert all(WHY_NOT.values())


def test_the_parts_that_show_something_are_there(case, practitioner):
    assert set(SHOWN_IN.values()) <= {part.name for part in record.parts(case, practitioner)}


def test_the_person_reads_a_note_with_what_was_said_in_it(case, address, sign_in, practitioner, now):
    note = Note(now, words="A walk by the river", statements=(Said("said", "I sleep badly", "Milo"),))
    contacts.write(case, note=note, by=practitioner, at=now)

    page = read(sign_in(practitioner), address)

    assert "A walk by the river" in page
    assert "I sleep badly" in page


def test_the_number_of_somebody_else_stays_out(case, address, sign_in, practitioner, now):
    said = {"relation": "Uncle", "helps": "A sofa", "contact": "yes", "ring": "1"}
    corner.name(case, name="Joss", phone="000 555 0199", **said, by=practitioner, at=now)

    page = read(sign_in(practitioner), address)

    assert "A sofa" in page
    assert "000 555 0199" not in page


def test_each_entry_can_be_answered_by_whoever_works_with_the_person(
    case, address, sign_in, practitioner, now
):
    condition = conditions.write(case, words="At home at ten", by=practitioner, at=now)

    page = read(sign_in(practitioner), address)

    assert reverse("say", args=[case.reference, "condition", condition.pk]) in page


def test_a_supervisor_reads_it_and_writes_nothing(case, address, sign_in, practitioner, supervisor, now):
    condition = conditions.write(case, words="At home at ten", by=practitioner, at=now)

    page = read(sign_in(supervisor), address)

    assert "At home at ten" in page
    assert reverse("say", args=[case.reference, "condition", condition.pk]) not in page


def test_neither_mentor_nor_stranger_opens_it(case, address, sign_in, mentor, stranger):
    assert sign_in(mentor).get(address).status_code == 404
    assert sign_in(stranger).get(address).status_code == 404


def test_it_takes_the_same_queries_for_one_note_and_for_twenty(
    case, address, sign_in, practitioner, count_queries, now
):
    client = sign_in(practitioner)
    contacts.write(case, note=Note(now, words="One"), by=practitioner, at=now)
    client.get(address)
    with count_queries() as before:
        client.get(address)

    for number in range(20):
        contacts.write(case, note=Note(now, words=f"Note {number}"), by=practitioner, at=now)
    with count_queries() as after:
        client.get(address)

    assert len(after.asked) == len(before.asked)


def test_the_paper_can_be_taken_away_and_the_trail_knows(case, sign_in, practitioner, now, tmp_path):
    condition = conditions.write(case, words="At home at ten", by=practitioner, at=now)
    entry = kinds.find(practitioner, "condition", condition.pk)
    contests.say(entry, words="It was nine", asks="correct", through="together", by=practitioner, at=now)
    said = {"relation": "Uncle", "helps": "A sofa", "phone": "", "contact": "yes", "ring": "1"}
    corner.name(case, name="Joss", **said, by=practitioner, at=now)

    answer = sign_in(practitioner).get(reverse("record_pdf", args=[case.reference]))

    text = text_of(answer.content, tmp_path)
    assert "At home at ten" in text
    assert "It was nine" in text
    assert case.organisation.name not in text
    assert Event.objects.get(name="record.printed").facts == {"form": "pdf"}


def test_the_data_say_the_same_as_the_paper(case, sign_in, practitioner, now):
    conditions.write(case, words="At home at ten", by=practitioner, at=now)

    answer = sign_in(practitioner).get(reverse("record_zip", args=[case.reference]))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["record.pdf", "record.json"]
        read_back = json.loads(packed.read("record.json"))
    asked = next(part for part in read_back["parts"] if part["name"] == "conditions")
    assert [line["words"] for line in asked["lines"]] == [["At home at ten"]]


@pytest.mark.parametrize("name", TAKEN)
def test_only_who_works_with_the_person_takes_it_away(name, case, sign_in, mentor, supervisor, stranger):
    for somebody in (mentor, supervisor, stranger):
        assert sign_in(somebody).get(reverse(name, args=[case.reference])).status_code == 404

    assert not Event.objects.filter(name="record.printed").exists()


def test_a_copy_is_handed_over_after_the_end_too(case, sign_in, practitioner, mentor, address, now):
    cases.close(case, reason="settled", by=practitioner, at=now)

    page = read(sign_in(practitioner), address)
    papers = [sign_in(practitioner).get(reverse(name, args=[case.reference])) for name in TAKEN]

    assert reverse("record_pdf", args=[case.reference]) in page
    assert [paper.status_code for paper in papers] == [200, 200]
    assert sign_in(mentor).get(reverse("record_pdf", args=[case.reference])).status_code == 404


def test_the_paper_says_that_it_can_be_read_aloud(case, practitioner, now):
    printed = paper.printed(case, by=practitioner, at=now)

    assert b"pdfuaid" in printed


def test_the_talks_stand_there_item_by_item_with_the_pulses(
    case, published, address, sign_in, practitioner, now
):
    by = {"by": practitioner, "at": now}
    talk = assessments.begin(case, kind="full", **by)
    item = instrument_of(talk, "en").item("A1")
    seen = {"stance": "for", "type": "observed", "source": "A visit", "dated": now.date()}
    assessments.add_evidence(talk, item, words="A sofa in a hall", **seen, **by)
    judged = {"vulnerability": "some", "person_view": "agrees"}
    assessments.rate(talk, item, judgements=judged, own_words="It is a sofa", base=0, **by)
    assessments.keep_pulse(case, arrows={"A1": "easing"}, own_words="Better now", base=None, **by)

    page = read(sign_in(practitioner), address)

    assert html.escape(item.together["question"]) in page
    assert "It is a sofa" in page
    assert "A sofa in a hall" in page
    assert "Better now" in page


def test_the_paper_draws_the_circle_and_the_arrows_and_says_them_in_words(
    case, published, practitioner, now, tmp_path
):
    by = {"by": practitioner, "at": now}
    assessments.keep_pulse(case, arrows={"A1": "easing"}, own_words="", base=None, **by)
    said = {"relation": "Uncle", "helps": "", "phone": "", "contact": "yes", "ring": "1"}
    corner.name(case, name="Joss", **said, **by)

    drawn = pictures.of(case, practitioner, {})
    text = text_of(paper.printed(case, **by), tmp_path)

    assert {"circle.svg", "A1.svg"} <= set(drawn.drawings)
    assert "The same in words" in text
    assert "Joss" in text


def test_whoever_is_held_back_is_not_drawn(case, published, practitioner, now):
    by = {"by": practitioner, "at": now}
    said = {"relation": "Uncle", "helps": "", "phone": "", "contact": "yes", "ring": "1"}
    joss = corner.name(case, name="Joss", **said, **by)
    actions.hold_back(
        kinds.find(practitioner, "supporter", joss.pk), reason="other_person", words="Asked us", **by
    )

    drawn = pictures.of(case, practitioner, record.held_back(case, practitioner))

    assert drawn.circle is None
