"""The log: a place for every entry, a signed root, a witness outside, and a proof that leaves the house."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from r2com.audit import canonical, keeping, log, proving, trail, verifying, witness
from r2com.audit.models import Checkpoint, Event, Leaf, Waiting
from r2com.config.auditing import commands
from r2com.config.cli import parser
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault import signing
from tests.torture import tampering

CHECKER = Path(__file__).parents[2] / "docs" / "reference" / "check_proof.py"
IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def witnessed(settings, tmp_path):
    settings.WITNESS = str(tmp_path / "witness.txt")
    return Path(settings.WITNESS)


def write(many=1, case=None):
    return [trail.record("case.told", subject=None, by=None, case=case, page="person") for _ in range(many)]


def asked(*words):
    return parser().parse_args(["audit", *words])


def test_an_entry_has_its_place_at_once_or_waits_for_the_worker(db):
    (event,) = write()

    assert Leaf.objects.filter(event=event.pk).exists() is IS_SQLITE
    assert Waiting.objects.filter(event=event.pk).exists() is not IS_SQLITE
    log.take_in()
    assert Leaf.objects.get(event=event.pk).hash == event.leaf()
    assert not Waiting.objects.exists()


def test_places_have_no_gap_and_no_fork(db):
    write(5)
    log.take_in()
    write(5)
    log.take_in()

    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(10))


def test_an_entry_that_is_taken_back_has_no_place_and_leaves_no_gap(db):
    case = new_id()
    write(1, case)
    with transaction.atomic():
        write(1, case)
        transaction.set_rollback(True)
    write(1, case)
    log.take_in()

    assert list(Event.objects.filter(case=case).order_by("pk").values_list("case_seq", flat=True)) == [1, 2]
    assert verifying.verify().broken is None


def test_the_exact_form_of_an_entry_stays_as_it_is(now):
    """What was signed years ago must still be found: a change here needs a new version beside this one."""
    fixed = dict.fromkeys(canonical.FIELDS) | {
        "id": "0190b7a0-0000-7000-8000-000000000000",
        "name": "plan.agreed",
        "at": now.replace(2026, 1, 2, 3, 4, 5, 6),
        "subject_kind": "plans.plan",
        "case_seq": 7,
        "facts": {"b": "é", "a": [1, True]},
    }

    assert canonical.text(fixed) == (
        '{"at":"2026-01-02T03:04:05.000006+00:00","by":null,"case":null,"case_seq":7,'
        '"facts":{"a":[1,true],"b":"\\u00e9"},"id":"0190b7a0-0000-7000-8000-000000000000",'
        '"name":"plan.agreed","organisation":null,"subject":null,"subject_kind":"plans.plan","v":1}'
    )


@pytest.mark.parametrize("table", ["audit_leaf", "audit_checkpoint"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_log(now, table, verb):
    write()
    keeping.sign(now)
    column = "size" if table.endswith("checkpoint") else '"index"'

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table, column))

    assert verifying.verify().broken is None


GUARDED = ["audit_checkpoint", "audit_event", "audit_leaf"]
TRIGGERS = (
    "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    if IS_SQLITE
    else "SELECT DISTINCT relname FROM pg_class JOIN pg_trigger ON tgrelid = pg_class.oid"
)


def test_the_guard_of_the_trail_is_still_there_after_every_migration():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        guarded = {name for (name,) in cursor.fetchall()}

    assert guarded.issuperset(GUARDED)


def test_entries_from_before_the_log_are_taken_in_first(now):
    """As the migration leaves them: no number, no place, and waiting without a mark of ours."""
    old = [Event.objects.create(name="case.told", at=now, facts={"page": "person"}) for _ in range(3)]
    Waiting.objects.bulk_create([Waiting(event=event.pk, bound=b"") for event in old])
    write(2)
    assert verifying.verify().broken is None

    keeping.sign(now)

    found = verifying.verify()
    assert (found.entries, found.checkpoints, found.broken) == (5, 1, None)


def test_once_the_log_is_signed_nothing_counts_as_old(now):
    write()
    keeping.sign(now)
    late = Event.objects.create(name="case.told", at=now)
    Waiting.objects.create(event=late.pk, bound=b"")

    log.take_in()

    assert not Leaf.objects.filter(event=late.pk).exists()
    assert verifying.verify().broken.where == str(late.pk)


def test_every_half_minute_only_what_is_new_is_signed(now):
    write(3)
    keeping.sign(now)
    keeping.sign(now)
    write(2)
    keeping.sign(now)

    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [3, 5]


def test_a_checkpoint_is_a_note_that_only_our_key_signs(now):
    write(3)
    keeping.sign(now)

    note = Checkpoint.objects.get().note

    text = signing.opened(note, signing.public())
    assert text.startswith("r2com/trail\n3\n")
    assert signing.opened(note, bytes(32)) is None
    assert signing.opened(note.replace("\n3\n", "\n4\n"), signing.public()) is None


def test_the_witness_holds_each_checkpoint(now, witnessed):
    for _ in range(2):
        write(2)
        keeping.sign(now)

    assert list(witness.notes()) == list(Checkpoint.objects.order_by("size").values_list("note", flat=True))


def test_a_torn_note_is_passed_over(now, witnessed):
    write()
    keeping.sign(now)
    with witnessed.open("a", encoding="utf-8") as file:
        file.write("r2com/trail\n12")
    write()

    keeping.sign(now)

    assert len(list(witness.notes())) == 2
    assert verifying.verify().broken is None


def test_a_trail_cut_off_at_its_end_is_noticed_only_with_a_witness(now, witnessed, settings):
    write(4)
    keeping.sign(now)
    write(4)
    keeping.sign(now)

    with tampering.taken_back():
        tampering._back_to(4)
        with_witness = verifying.verify()
        settings.WITNESS = ""
        without = verifying.verify()

    assert with_witness.broken.what == "truncated"
    assert without.broken is None


def test_a_witness_that_is_gone_is_said(now, witnessed):
    write()
    keeping.sign(now)
    witnessed.unlink()

    assert verifying.verify().broken.what == "witness"


def test_reading_from_a_checkpoint_on_finds_the_same(now, witnessed):
    for _ in range(3):
        write(3, new_id())
        keeping.sign(now)

    found = verifying.verify(since=7)

    assert (found.entries, found.checkpoints, found.broken) == (9, 1, None)
    with tampering.taken_back():
        Event.objects.filter(place__index=8).update(name="case.closed")
        assert verifying.verify(since=7).broken.what == "entry"


def test_the_command_says_what_is_broken_first_and_answers_one(now, capsys):
    (event, *_) = write(3)
    keeping.sign(now)
    whole = commands.verify(asked("verify"))
    said = capsys.readouterr().out

    with tampering.taken_back():
        Event.objects.filter(pk=event.pk).update(name="case.closed")
        broken = commands.verify(asked("verify", "--json"))

    found = json.loads(capsys.readouterr().out)
    assert (whole, broken) == (0, 1)
    assert "3 entries, 1 signed checkpoints" in said
    assert "No witness is named" in said
    assert found["broken"]["where"] == str(event.pk)


def test_the_command_says_it_in_words_and_names_the_witness(now, witnessed, capsys):
    (event, *_) = write(3)
    keeping.sign(now)
    place = Leaf.objects.get(event=event.pk).index
    commands.verify(asked("verify"))

    with tampering.taken_back():
        Event.objects.filter(pk=event.pk).delete()
        commands.verify(asked("verify"))

    said = capsys.readouterr()
    assert f"The witness agrees: {witnessed}." in said.out
    assert said.err == f"Broken at {event.pk} (missing): The entry at place {place} was taken away.\n"


def check(proof, *words):
    return subprocess.run(
        [sys.executable, "-I", CHECKER, *words],
        input=json.dumps(proof),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_proof_is_checked_without_the_database_and_without_the_application(now, capsys):
    events = write(7)
    keeping.sign(now)
    commands.prove(asked("prove", str(events[4].pk)))
    proof = json.loads(capsys.readouterr().out)
    commands.key(asked("key"))
    key = capsys.readouterr().out.strip()

    shown = check(proof, key)

    assert shown.returncode == 0, shown.stderr
    assert str(events[4].pk) in shown.stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda proof: proof | {"entry": proof["entry"].replace("told", "sold")},
        lambda proof: proof | {"index": (proof["index"] + 1) % 7},
        lambda proof: proof | {"proof": proof["proof"][:-1]},
        lambda proof: proof | {"checkpoint": proof["checkpoint"].replace("\n7\n", "\n8\n")},
    ],
)
def test_a_proof_that_was_changed_is_refused(now, change):
    events = write(7)
    keeping.sign(now)
    proof = json.loads(json.dumps(proving.prove(events[4].pk)))

    assert check(change(proof), proof["key"]).returncode == 1


def test_a_proof_with_a_key_of_its_own_is_refused(now):
    events = write(2)
    keeping.sign(now)
    proof = proving.prove(events[0].pk)

    assert check(proof, signing.verifier(bytes(32))).returncode == 1


def test_there_is_no_proof_of_what_is_not_there_or_not_signed_yet(now):
    (event,) = write()
    log.take_in()

    with pytest.raises(Refused, match="no such entry"):
        proving.prove(uuid4())
    with pytest.raises(Refused, match="No checkpoint"):
        proving.prove(event.pk)


def test_the_worker_stops_giving_out_places_when_asked(db, monkeypatch):
    monkeypatch.setattr(keeping, "close_old_connections", lambda: None)
    write()
    rounds = iter([False, True])

    keeping.take_in_until(SimpleNamespace(wait=lambda seconds: next(rounds)))

    assert Leaf.objects.count() == 1


def test_a_database_that_is_away_is_tried_again(monkeypatch, caplog):
    rounds = iter([False, True])

    def away():
        raise DatabaseError

    monkeypatch.setattr(keeping, "close_old_connections", lambda: None)
    monkeypatch.setattr(log, "take_in", away)
    keeping.take_in_until(SimpleNamespace(wait=lambda seconds: next(rounds)))

    assert "waits for the database" in caplog.text
