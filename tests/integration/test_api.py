"""The API: the same doors, the same actions and the same trail as the pages."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from r2com.api import actions, said
from r2com.api.models import Once, Scope
from r2com.assessments import actions as assessments
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.models import Contact
from r2com.contacts.note import Note
from r2com.contacts.note import Said as Quoted
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.corner import actions as corner
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task
from tests import factories

pytestmark = pytest.mark.usefixtures("authority")

SENSITIVE, OPEN = "G1", "A1"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


class Program:
    """A program that holds somebody's token."""

    def __init__(self, user, scopes=Scope.values):
        if not user.authenticator_set.exists():
            TOTP.activate(user, generate_totp_secret())
        place = factories.membership(user)
        self.token, secret = actions.make_token(
            place.organisation, purpose="x", scopes=list(scopes), days=30, by=user, at=timezone.now()
        )
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path, **asked):
        return Client().get(f"/api/v1/{path}", asked, headers=self.headers)

    def post(self, path, sent=None, **headers):
        return Client().post(
            f"/api/v1/{path}",
            json.dumps(sent or {}),
            content_type="application/json",
            headers={**self.headers, **headers},
        )


@pytest.fixture
def mine(practitioner):
    return Program(practitioner)


@pytest.fixture
def friend(mentor, practitioner, case, now):
    """A mentor who walks beside Milo."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=1))
    return mentor


@pytest.fixture
def assessment(case, published, practitioner, now):
    factories.yes(case, by=practitioner, at=now)
    begun = assessments.begin(case, kind="full", by=practitioner, at=now)
    said_of = {"vulnerability": "some", "strength": "some", "certainty": "one_source"}
    for item in (OPEN,):
        found = instrument_of(begun, "en").item(item)
        by = {"by": practitioner, "at": now}
        heard = {"stance": "for", "type": "said_by_person", "source": "Milo", "dated": now.date()}
        assessments.add_evidence(begun, found, words="A sofa.", **heard, **by)
        answers = {**said_of, "person_view": "agrees"}
        assessments.rate(begun, found, judgements=answers, own_words="It is family.", base=0, **by)
    return begun


@pytest.fixture
def task(case, practitioner, today, now):
    return tasks.promise(
        case, words="Ring the office", owner=practitioner, due=today, by=practitioner, at=now
    )


@pytest.fixture
def step(case, published, practitioner, now):
    by = {"by": practitioner, "at": now}
    plan = plans.begin(case, None, **by)
    given = {"item": SENSITIVE, "strength_item": OPEN, "helps": "A lift", "steps": [NextStep("Go there")]}
    return plans.add_goal(plan, words="A room", **given, **by).steps.get()


@pytest.fixture
def contact(case, practitioner, now):
    note = Note(now - timedelta(hours=2), words="We walked.", statements=(Quoted("said", "Fine."),))
    return contacts.write(case, note=note, by=practitioner, at=now)


@pytest.fixture
def around(case, practitioner, now):
    by = {"by": practitioner, "at": now}
    told = {"relation": "Aunt", "ring": "1", "helps": "", "phone": "", "contact": "ask"}
    return corner.name(case, name="Joss", **told, **by), conditions.write(case, words="Home at ten", **by)


# Reading


def test_the_people_i_support_come_page_by_page(mine, case, team, practitioner, now):
    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)

    first = mine.get("cases", limit=1).json()
    second = mine.get("cases", limit=1, after=first["next"]).json()

    assert [row["id"] for row in first["rows"] + second["rows"]] == [str(case.pk), str(other.pk)]
    assert second["next"] is None


def test_nobody_elses_people_are_there(case, colleague, stranger, administrator):
    for user in (colleague, stranger, administrator):
        program = Program(user)
        assert program.get("cases").json()["rows"] == []
        assert program.get(f"cases/{case.reference}").status_code == 404


def test_a_case_says_who_it_is(mine, case):
    told = mine.get(f"cases/{case.reference}").json()

    assert told["name"] == "Milo Fernweh"
    assert told["members"][0]["part"] == "lead"


def test_a_reading_is_on_the_trail_with_the_token(mine, case, practitioner):
    mine.get(f"cases/{case.reference}")
    mine.get("cases")

    one, several = Event.objects.filter(name="record.opened").order_by("pk")
    assert (one.case, one.by, one.facts["address"]) == (case.pk, practitioner.pk, "case")
    assert one.facts["token"] == str(mine.token.pk)
    assert several.facts["cases"] == [str(case.pk)]


def test_what_is_not_seen_is_not_said_to_have_been_read(case, stranger):
    Program(stranger).get(f"cases/{case.reference}")

    assert not Event.objects.filter(name="record.opened").exists()


PARTS = ["tasks", "plans", "assessments", "contacts", "conditions", "corner"]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_record_is_read(mine, case, task, step, assessment, contact, around, part):
    answer = mine.get(f"cases/{case.reference}/{part}")

    assert answer.status_code == 200
    assert len(answer.json()["rows"]) == 1


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_record_is_closed_to_a_stranger(case, stranger, part):
    assert Program(stranger).get(f"cases/{case.reference}/{part}").status_code == 404


def test_one_of_each_is_read(mine, task, step, assessment, contact):
    addresses = {
        f"tasks/{task.pk}": "Ring the office",
        f"plans/{step.goal.plan_id}": "Go there",
        f"assessments/{assessment.pk}": "It is family.",
        f"contacts/{contact.pk}": "We walked.",
        "tasks": "Ring the office",
    }

    for address, words in addresses.items():
        answer = mine.get(address)
        assert answer.status_code == 200, address
        assert words in answer.content.decode()


def test_one_of_each_is_closed_to_a_stranger(stranger, task, step, assessment, contact):
    program = Program(stranger)
    addresses = [f"tasks/{task.pk}", f"plans/{step.goal.plan_id}", f"assessments/{assessment.pk}"]

    for address in [*addresses, f"contacts/{contact.pk}"]:
        assert program.get(address).status_code == 404


def test_judgements_are_words(mine, assessment):
    told = mine.get(f"assessments/{assessment.pk}").json()

    item = next(item for item in told["items"] if item["id"] == OPEN)
    words = {judgement["word"] for judgement in item["judgements"]}
    assert words
    assert all(isinstance(word, str) and not word.isdigit() for word in words)
    assert item["evidence"][0]["words"] == "A sofa."
    assert told["what_it_is_not"]


def test_a_mentor_reads_no_sensitive_item_and_not_what_was_said_in_confidence(
    friend, case, assessment, step, practitioner, today, now
):
    sensitive = {"item": SENSITIVE, "owner": practitioner, "due": today, "by": practitioner, "at": now}
    question = tasks.ask(case, words="Ask about G1", **sensitive)
    program = Program(friend)
    title = instrument_of(assessment, "en").item(SENSITIVE).title

    talk = program.get(f"assessments/{assessment.pk}").json()
    plan = program.get(f"plans/{step.goal.plan_id}").content.decode()

    assert SENSITIVE not in {item["id"] for item in talk["items"]}
    assert all(not item["own_words"] for item in talk["items"])
    assert title not in plan
    assert program.get(f"tasks/{question.pk}").status_code == 404
    assert program.get(f"cases/{case.reference}/tasks").json()["rows"] == []


def test_a_mentor_reads_no_note_of_the_case_team(friend, case, contact):
    program = Program(friend)

    assert program.get(f"cases/{case.reference}/contacts").json()["rows"] == []
    assert program.get(f"contacts/{contact.pk}").status_code == 404


@pytest.fixture
def contested(case, practitioner, step, assessment, contact, around, now):
    """A word of the person about an entry of each kind that the API tells, by the address that tells it."""
    supporter, condition = around
    talk, note = f"assessments/{assessment.pk}", f"contacts/{contact.pk}"
    plan, record = f"plans/{step.goal.plan_id}", f"cases/{case.reference}"
    entries = [
        ("profile", case.person, "matters", [record]),
        ("plan", step.goal.plan, "", [plan]),
        ("goal", step.goal, "", [plan]),
        ("rating", assessment.ratings.get(), "", [talk]),
        ("evidence", assessment.evidence.get(), "", [talk]),
        ("contact", contact, "", [note, f"{record}/contacts"]),
        ("statement", contact.standing.statements.get(), "", [note, f"{record}/contacts"]),
        ("condition", condition, "", [f"{record}/conditions"]),
        ("supporter", supporter, "", [f"{record}/corner"]),
    ]

    def said(kind, words):
        _, thing, part, _ = next(one for one in entries if one[0] == kind)
        entry = kinds.find(practitioner, kind, thing.pk, part)
        by = {"by": practitioner, "at": now}
        return contests.say(entry, words=words, asks="correct", through="together", **by)

    return {kind: addresses for kind, _, _, addresses in entries}, said


KINDS = ["profile", "plan", "goal", "rating", "evidence", "contact", "statement", "condition", "supporter"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_contested_comes_with_its_contest_and_the_answer(mine, contested, supervisor, now, kind):
    addresses, say = contested
    made = say(kind, "That was never so")
    contests.decide(made, outcome="not", reasons="A letter says it", told="By hand", by=supervisor, at=now)

    for address in addresses[kind]:
        told = mine.get(address).json()
        found = list(_contests_in(told))
        assert "That was never so" in [one["words"] for one in found], address
        assert found[0]["answer"]["reasons"] == "A letter says it"


def _contests_in(told):
    """Every contest anywhere in an answer."""
    if isinstance(told, list):
        for one in told:
            yield from _contests_in(one)
    if isinstance(told, dict):
        yield from told.get("contests", [])
        for name, one in told.items():
            if name != "contests":
                yield from _contests_in(one)


def test_a_mentor_reads_no_contest_of_what_they_do_not_read(friend, contested, contact):
    addresses, say = contested
    say("contact", "That was never so")

    told = Program(friend).get(addresses["contact"][1])

    assert "never so" not in told.content.decode()


def test_every_kind_that_the_api_tells_is_among_them():
    told = {name for name, schema in vars(said).items() if "contests" in getattr(schema, "model_fields", {})}

    assert told == {"Case", "Plan", "Goal", "Item", "Piece", "Contact", "Said", "Condition", "Supporter"}
    assert len(KINDS) == len(told)


@pytest.mark.parametrize("path", ["cases", "cases/{}/tasks", "cases/{}/contacts", "tasks"])
def test_a_list_asks_as_little_at_fifty_rows_as_at_one(
    mine, case, team, practitioner, today, now, count_queries, path
):
    def one_more(number):
        by = {"by": practitioner, "at": now}
        factories.case(team, name=f"Ann {number}", **by)
        tasks.promise(case, words="Ring", owner=practitioner, due=today, **by)
        contacts.write(case, note=Note(now - timedelta(hours=1), words="We met."), **by)

    one_more(0)
    mine.get("me")
    with count_queries() as few:
        mine.get(path.format(case.reference), limit=100)
    for number in range(1, 50):
        one_more(number)
    with count_queries() as many:
        rows = mine.get(path.format(case.reference), limit=100).json()["rows"]

    assert len(rows) >= 50
    assert len(many.asked) == len(few.asked), many.asked
    assert len(many.asked) <= 12


# Writing


def test_a_task_is_made_moved_and_finished(mine, case, practitioner, colleague, today, now):
    made = mine.post(f"cases/{case.reference}/tasks", {"words": "Ring", "due": today.isoformat()})
    pk = made.json()["id"]
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)
    later = (today + timedelta(days=3)).isoformat()

    moved = mine.post(f"tasks/{pk}/move", {"owner": str(colleague.pk), "due": later})
    done = mine.post(f"tasks/{pk}/done", {"words": "They said yes."})

    assert (made.status_code, moved.status_code, done.status_code) == (201, 200, 200)
    told = mine.get(f"tasks/{pk}").json()
    assert told["owner"]["name"] == colleague.name
    assert told["due"] == later
    assert told["done"]["words"] == "They said yes."
    assert {"task.made", "task.moved", "task.done"} <= set(Event.objects.values_list("name", flat=True))


def test_a_task_goes_to_nobody_outside_the_case(mine, case, task, stranger, today):
    sent = {"owner": str(stranger.pk), "due": today.isoformat()}

    moved = mine.post(f"tasks/{task.pk}/move", sent)
    made = mine.post(f"cases/{case.reference}/tasks", {**sent, "words": "Ring"})

    assert (moved.status_code, made.status_code) == (422, 422)
    assert moved.json()["fields"][0]["field"] == "owner"


def test_a_mentor_moves_only_what_is_theirs(friend, task, today):
    sent = {"owner": str(friend.pk), "due": today.isoformat()}

    assert Program(friend).post(f"tasks/{task.pk}/move", sent).status_code == 404


def test_a_mentor_asks_nothing_about_a_sensitive_item(friend, case, published, today):
    sent = {"kind": "question", "words": "?", "item": SENSITIVE, "due": today.isoformat()}

    answer = Program(friend).post(f"cases/{case.reference}/tasks", sent)

    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_a_step_is_done(mine, step, stranger):
    assert Program(stranger).post(f"steps/{step.pk}/done").status_code == 404

    assert mine.post(f"steps/{step.pk}/done").status_code == 200
    assert mine.get(f"plans/{step.goal.plan_id}").json()["goals"][0]["steps"][0]["done"]


PIECE = {"words": "A letter.", "stance": "for", "type": "observed", "source": "Post"}


def test_a_mentor_brings_evidence(friend, assessment, today):
    program = Program(friend)

    answer = program.post(
        f"assessments/{assessment.pk}/items/{OPEN}/evidence", {**PIECE, "dated": today.isoformat()}
    )

    assert answer.status_code == 201
    assert assessment.evidence.get(pk=answer.json()["id"]).added_by == friend


def test_a_mentor_brings_none_about_a_sensitive_item(friend, assessment, today):
    sent = {**PIECE, "dated": today.isoformat()}

    answer = Program(friend).post(f"assessments/{assessment.pk}/items/{SENSITIVE}/evidence", sent)

    assert answer.status_code == 404


def test_a_rule_says_no_in_a_sentence(mine, assessment, today):
    tomorrow = (today + timedelta(days=2)).isoformat()

    answer = mine.post(f"assessments/{assessment.pk}/items/{OPEN}/evidence", {**PIECE, "dated": tomorrow})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert "Evidence has happened already" in answer.json()["detail"]


def test_a_word_that_the_guide_does_not_know_is_named(mine, assessment, today):
    sent = {**PIECE, "stance": "maybe", "dated": today.isoformat()}

    answer = mine.post(f"assessments/{assessment.pk}/items/{OPEN}/evidence", sent)

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "stance"


def noted(now, **more):
    return {"happened_at": (now - timedelta(hours=1)).isoformat(), "words": "We met.", **more}


def test_a_contact_is_written_and_amended(mine, case, now):
    quoted = [{"type": "said", "words": "Fine."}]
    made = mine.post(f"cases/{case.reference}/contacts", noted(now, statements=quoted))
    pk = made.json()["id"]

    amended = mine.post(f"contacts/{pk}/amend", noted(now, base=1, reason="Clearer", readers="writer"))

    assert (made.status_code, amended.status_code) == (201, 200)
    assert Contact.objects.get(pk=pk).standing.number == 2


def test_two_versions_are_both_given_back(mine, contact, now):
    mine.post(f"contacts/{contact.pk}/amend", noted(now, base=1, reason="First"))

    answer = mine.post(f"contacts/{contact.pk}/amend", noted(now, base=1, reason="Second", words="Mine"))

    assert answer.status_code == 409
    assert answer.json()["yours"]["words"] == "Mine"
    assert answer.json()["theirs"]["words"] == "We met."
    assert answer.json()["theirs"]["number"] == 2


def test_only_the_writer_amends(colleague, practitioner, case, contact, now):
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)

    answer = Program(colleague).post(f"contacts/{contact.pk}/amend", noted(now, base=1, reason="x"))

    assert answer.status_code == 409
    assert contact.versions.count() == 1


def test_a_supervisor_reads_and_does_not_write(supervisor, case, task, now):
    program = Program(supervisor)

    assert program.get(f"cases/{case.reference}").status_code == 200
    assert program.post(f"cases/{case.reference}/contacts", noted(now)).status_code == 404


# Scopes, keys and what does not fit


@pytest.mark.parametrize("path", ["cases", "tasks"])
def test_a_token_for_writing_does_not_read(practitioner, case, path):
    assert Program(practitioner, ["contacts"]).get(path).status_code == 403


def test_a_token_for_reading_does_not_write(practitioner, case, task, step, assessment, contact, now, today):
    program = Program(practitioner, ["read"])
    due = {"due": today.isoformat()}
    sent = {
        f"cases/{case.reference}/tasks": {"words": "x", **due},
        f"tasks/{task.pk}/move": {"owner": str(practitioner.pk), **due},
        f"tasks/{task.pk}/done": {},
        f"steps/{step.pk}/done": {},
        f"assessments/{assessment.pk}/items/{OPEN}/evidence": {**PIECE, "dated": today.isoformat()},
        f"cases/{case.reference}/contacts": noted(now),
        f"contacts/{contact.pk}/amend": noted(now, base=1, reason="x"),
    }

    assert {program.post(path, body).status_code for path, body in sent.items()} == {403}


def test_what_is_sent_twice_is_done_once(mine, case, today):
    sent, key = {"words": "Ring", "due": today.isoformat()}, {"Idempotency-Key": "a-1"}

    first = mine.post(f"cases/{case.reference}/tasks", sent, **key)
    second = mine.post(f"cases/{case.reference}/tasks", sent, **key)

    assert first.json() == second.json()
    assert Task.objects.count() == 1


def test_a_key_is_not_used_for_something_else(mine, case, today):
    sent, key = {"words": "Ring", "due": today.isoformat()}, {"Idempotency-Key": "a-1"}
    mine.post(f"cases/{case.reference}/tasks", sent, **key)

    answer = mine.post(f"cases/{case.reference}/tasks", {**sent, "words": "Other"}, **key)

    assert answer.status_code == 422
    assert Task.objects.count() == 1


def test_the_keys_of_others_are_their_own(mine, case, friend, today):
    sent, key = {"words": "Ring", "due": today.isoformat()}, {"Idempotency-Key": "a-1"}
    mine.post(f"cases/{case.reference}/tasks", sent, **key)

    Program(friend).post(f"cases/{case.reference}/tasks", sent, **key)

    assert Task.objects.count() == 2


def test_a_refusal_is_not_remembered(mine, assessment, today):
    address, key = f"assessments/{assessment.pk}/items/{OPEN}/evidence", {"Idempotency-Key": "a-1"}
    late = {**PIECE, "dated": (today + timedelta(days=2)).isoformat()}

    refused = mine.post(address, late, **key)
    kept = mine.post(address, {**PIECE, "dated": today.isoformat()}, **key)

    assert (refused.status_code, kept.status_code) == (409, 201)


def test_a_key_is_forgotten_after_a_day(mine, case, today):
    sent, key = {"words": "Ring", "due": today.isoformat()}, {"Idempotency-Key": "a-1"}
    mine.post(f"cases/{case.reference}/tasks", sent, **key)
    Once.objects.update(at=timezone.now() - timedelta(days=2))

    mine.post(f"cases/{case.reference}/tasks", sent, **key)

    assert Task.objects.count() == 2


@pytest.mark.parametrize(
    "sent", [{"words": "  ", "due": "2026-01-01"}, {"words": "x"}, {"words": "a\0", "due": "x"}]
)
def test_what_does_not_fit_is_named_and_not_repeated(mine, case, sent):
    answer = mine.post(f"cases/{case.reference}/tasks", sent)

    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["fields"]} <= {"words", "due"}


def test_a_name_that_is_not_known_is_refused(mine, case, today):
    sent = {"words": "x", "due": today.isoformat(), "urgency": "high"}

    assert mine.post(f"cases/{case.reference}/tasks", sent).status_code == 422


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"{", "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b"a=b", "application/x-www-form-urlencoded", 415),
    (b"[]", "application/json", 422),
    (b"\xff\xfe", "application/json", 400),
])  # fmt: skip
def test_what_cannot_be_read_is_said_so(mine, case, body, kind, status):
    address = f"/api/v1/cases/{case.reference}/tasks"

    answer = Client().post(address, body, content_type=kind, headers=mine.headers)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_too_much_at_once_is_refused(mine, case, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert mine.post(f"cases/{case.reference}/tasks", {"words": "x" * 200}).status_code == 413


def test_every_answer_is_json_and_is_kept_nowhere(mine, case):
    for address in ("cases", "nothing", f"cases/{case.reference}", "cases/%00", "tasks/x", ""):
        answer = mine.get(address)
        assert "json" in answer["Content-Type"], address
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer


def test_a_method_that_is_not_taken_is_said_so(mine, case):
    answer = Client().delete("/api/v1/cases", headers=mine.headers)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"


def test_our_own_fault_tells_nothing_of_the_inside(mine, monkeypatch):
    monkeypatch.setattr("r2com.api.telling.supported", None)
    monkeypatch.setattr("r2com.api.operations.reading.paged", lambda *a: 1 / 0)

    answer = mine.get("cases")

    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()


def test_the_description_is_open_and_names_nobody(case, client):
    answer = client.get("/api/v1/openapi.json")

    described = answer.json()
    assert answer.status_code == 200
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"] == "1.0.0"
    assert described["servers"] == [{"url": "/", "description": "This installation"}]
    assert "Milo" not in answer.content.decode()


def test_the_lists_are_those_of_the_notes():
    for name, choices in said.LISTS.items():
        model = said.NewSaid if name == "type" else said.NewContact
        assert set(model.model_fields[name].annotation.__args__) == set(choices.values)
