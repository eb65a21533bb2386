"""New keys above the data keys, and what is sealed stays readable."""

import io
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Model

from r2com.config import keys
from r2com.core.refusals import Refused
from r2com.people.models import Person
from r2com.people.search import known
from r2com.vault import epochs, keyring, root, rotation, verify
from r2com.vault.keyservice import KeyRefused
from r2com.vault.models import DataKey, EpochKey, Owner
from r2com.vault.system import SYSTEM


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    """A root key of the test's own: rotating it leaves the others as they are."""
    settings.KEYS = tmp_path
    root.make()
    root._cipher.cache_clear()
    yield
    root._cipher.cache_clear()


def told(**said):
    return SimpleNamespace(**{"root": False, "destroy_old": False, "json": True, **said})


def as_an_earlier_version_left_it():
    """Every data key wrapped by the root key itself, and no epochs."""
    for key in DataKey.objects.select_related("epoch"):
        bound = keyring.label(key.kind, key.owner)
        wrapped = root.wrap(keyring.unwrapped(key), bound)
        DataKey.objects.filter(pk=key.pk).update(wrapped=wrapped, wrapped_by="root.key", epoch=None)
    EpochKey.objects.all().delete()
    keyring.forget()


def test_the_keys_of_a_person_and_their_case_stand_under_their_agency(case, organisation):
    homes = set(
        DataKey.objects.filter(owner__in=[case.pk, case.person_id]).values_list(
            "epoch__organisation", flat=True
        )
    )

    assert homes == {organisation.pk}


def test_an_epoch_of_another_agency_opens_nothing(person, stranger):
    other = epochs.newest(stranger.memberships.get().organisation_id)[1]
    key = DataKey.objects.get(owner=person.pk)

    with pytest.raises(KeyRefused):
        epochs.unwrap(other, bytes(key.wrapped), keyring.label(key.kind, key.owner))


def test_keys_of_an_earlier_version_still_open(person):
    as_an_earlier_version_left_it()

    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"


def test_keys_of_an_earlier_version_are_taken_in_and_open(person, case, organisation, practitioner):
    keyring.make(Owner.USER, practitioner.pk)
    as_an_earlier_version_left_it()
    before = sealed_as_it_lies()

    moved = keys.take_in()

    keyring.forget()
    assert moved == DataKey.objects.count()
    assert not DataKey.objects.filter(epoch=None).exists()
    assert DataKey.objects.get(owner=case.pk).epoch.organisation == organisation.pk
    assert DataKey.objects.get(owner=practitioner.pk).epoch.organisation == SYSTEM
    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"
    assert sealed_as_it_lies() == before
    assert keys.take_in() == 0


def sealed_as_it_lies():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person")
        return [bytes(row[0]) for row in cursor.fetchall()]


def test_after_a_rotation_all_keys_stand_in_a_new_epoch_and_open(person, case, capsys):
    before, lying = dict(DataKey.objects.values_list("pk", "wrapped")), sealed_as_it_lies()

    keys.rotate(told())

    keyring.forget()
    assert json.loads(capsys.readouterr().out)["begun"] is True
    assert set(DataKey.objects.values_list("epoch__number", flat=True)) == {2}
    assert all(bytes(key.wrapped) != bytes(before[key.pk]) for key in DataKey.objects.all())
    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"
    assert sealed_as_it_lies() == lying


def test_somebody_is_found_by_name_after_a_rotation(person, organisation, practitioner):
    keys.rotate(told())
    keyring.forget()

    assert known(organisation, "Milo Fernweh", None, to=practitioner) == [person]


def test_a_rotation_that_stopped_goes_on_and_makes_no_third_epoch(case, monkeypatch, capsys):
    monkeypatch.setattr(rotation, "BATCH", 1)
    rotation.begin()
    next(rotation.move(case.opened_at))

    keys.rotate(told())

    assert json.loads(capsys.readouterr().out)["begun"] is False
    assert set(DataKey.objects.values_list("epoch__number", flat=True)) == {2}
    assert not EpochKey.objects.filter(finished_at=None).exists()


def test_a_key_that_was_destroyed_meanwhile_does_not_come_back(case, monkeypatch):
    rotation.begin()
    unwrapped = keyring.unwrapped

    def while_somebody_is_forgotten(key):
        DataKey.objects.filter(owner=case.person_id).delete()
        return unwrapped(key)

    monkeypatch.setattr(keyring, "unwrapped", while_somebody_is_forgotten)
    list(rotation.move(case.opened_at))

    assert not DataKey.objects.filter(owner=case.person_id).exists()


def test_an_empty_epoch_goes_when_nobody_can_write_under_it(case, now):
    keys.rotate(told())
    at_once = rotation.drop_empty(now)
    later = rotation.drop_empty(now + timedelta(hours=2))

    assert at_once == 0
    assert later > 0
    assert set(EpochKey.objects.values_list("number", flat=True)) == {2}


def test_a_new_root_key_wraps_every_epoch_and_the_old_one_can_go(person, settings, capsys):
    before = root.File().describe()

    keys.rotate(told(root=True, destroy_old=True))

    keyring.forget()
    assert json.loads(capsys.readouterr().out)["destroyed"] == 1
    assert set(EpochKey.objects.values_list("wrapped_by", flat=True)) == {root.File().describe()} != {before}
    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"
    assert [path.name for path in settings.KEYS.glob("root*.key")] == ["root.key"]


def test_a_copy_of_the_keyring_from_before_does_not_open_with_the_new_root_key(person):
    older = EpochKey.objects.get(pk=DataKey.objects.get(owner=person.pk).epoch_id)

    keys.rotate(told(root=True, destroy_old=True))

    with pytest.raises(KeyRefused):
        epochs.unwrapped(older)


def test_a_root_key_that_is_still_needed_is_not_destroyed(person):
    rotation.new_root()

    with pytest.raises(KeyRefused, match="still wrapped"):
        rotation.destroy_old_roots()


def test_a_change_of_the_root_key_that_stopped_goes_on(person, stranger, settings):
    rotation.new_root()
    next(rotation.move_to_root())

    keys.rotate(told(root=True))

    assert len(root.File().versions()) == 2
    assert set(EpochKey.objects.values_list("wrapped_by", flat=True)) == {root.File().describe()}


def test_everything_that_is_sealed_opens(case, capsys):
    assert keys.check(told()) == 0
    assert json.loads(capsys.readouterr().out)["opened"] > 0


def test_what_was_altered_is_named_by_its_place_and_not_by_its_words(person, capsys):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET called = name")

    assert keys.check(told()) == 1
    said = capsys.readouterr()
    fault = json.loads(said.out)["fault"]
    assert (fault["table"], fault["field"], fault["row"]) == ("people_person", "called", str(person.pk))
    assert "Milo" not in said.out + said.err


@pytest.mark.parametrize("spoil", ["gone", "altered"])
def test_a_key_that_does_not_open_is_named_by_the_row_that_needs_it(person, spoil, capsys):
    found = DataKey.objects.filter(owner=person.pk)
    if spoil == "gone":
        found.delete()
    else:
        found.update(wrapped=b"x" * 60)
    keyring.forget()

    assert keys.check(told()) == 1
    assert str(person.pk) in capsys.readouterr().err


def test_every_sealed_column_is_looked_at():
    from django.apps import apps

    from r2com.vault.fields import SealedText

    wanted = {
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedText)
    }
    found = {field for _, fields in verify.sealed_models() for field in fields}

    assert found == wanted
    assert len(found) > 100
    assert all(issubclass(model, Model) for model, _ in verify.sealed_models())


def test_the_kit_is_printed_or_written_on_three_papers(tmp_path, capsys):
    assert keys.kit(SimpleNamespace(restore=False, folder=None, paper=None)) == 0
    said = capsys.readouterr().out
    assert keys.kit(SimpleNamespace(restore=False, folder=str(tmp_path / "kit"), paper=None)) == 0

    assert said.count("Paper") == 3
    assert [path.read_bytes()[:4] for path in sorted((tmp_path / "kit").iterdir())] == [b"%PDF"] * 3


def test_the_root_key_comes_back_from_two_files(tmp_path, settings, capsys):
    secret = (settings.KEYS / root.NAME).read_bytes()
    keys.kit(SimpleNamespace(restore=False, folder=None, paper=None))
    blocks = capsys.readouterr().out.split("Paper ")[1:]
    names = []
    for number, block in enumerate(blocks[:2]):
        words = [word for line in block.splitlines() if line.startswith("  ") for word in line.split()]
        (tmp_path / f"{number}.txt").write_text(" ".join(words), encoding="utf-8")
        names.append(str(tmp_path / f"{number}.txt"))
    (settings.KEYS / root.NAME).unlink()

    keys.kit(SimpleNamespace(restore=True, folder=None, paper=names))

    assert (settings.KEYS / root.NAME).read_bytes() == secret


def test_nobody_to_ask_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())

    with pytest.raises(Refused, match="Name two files"):
        keys.kit(SimpleNamespace(restore=True, folder=None, paper=None))
