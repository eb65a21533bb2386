"""What lies in the database says nothing without its key."""

import pytest
from django.db import connection

from r2com.people import actions
from r2com.people.models import Person
from r2com.people.search import known
from r2com.vault import keyring, sealing
from r2com.vault.models import DataKey, Owner


def in_the_database(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, born FROM people_person")
        return [bytes(value) for row in cursor.fetchall() for value in row]


def test_a_name_is_sealed_and_opens_again(person):
    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"
    assert not any(b"Milo" in value or b"1990" in value for value in in_the_database(person))


def test_without_its_key_a_name_does_not_open(person):
    DataKey.objects.filter(kind=Owner.PERSON, owner=person.pk).delete()
    keyring.forget()

    with pytest.raises(keyring.NoKey):
        _ = Person.objects.get(pk=person.pk).name


def test_a_ciphertext_moved_to_another_field_does_not_open(person):
    Person.objects.filter(pk=person.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET called = name")

    with pytest.raises(sealing.Tampered):
        _ = Person.objects.get(pk=person.pk).called


def test_an_altered_ciphertext_does_not_open(person):
    sealed = bytearray(sealing.seal("words", Owner.PERSON, person.pk, "here"))
    sealed[-1] ^= 1

    with pytest.raises(sealing.Tampered):
        sealing.open_sealed(bytes(sealed), Owner.PERSON, person.pk, "here")


def test_close_lengths_look_alike(person):
    lengths = {len(sealing.seal("x" * n, Owner.PERSON, person.pk, "here")) for n in range(205, 219)}

    assert len(lengths) == 1


@pytest.mark.parametrize("typed", ["milo fernweh", "Fernweh, Milo", "Mílo Fernweh", "Milo Fernwe"])
def test_somebody_is_found_by_a_like_name(person, practitioner, organisation, typed):
    assert known(organisation, typed, person.birthday, to=practitioner) == [person]


def test_somebody_is_not_found_by_a_stranger_or_another_name(person, practitioner, stranger, organisation):
    assert known(organisation, "Milo Fernweh", None, to=stranger) == []
    assert known(organisation, "Toma Aldermoss", None, to=practitioner) == []


def test_a_corrected_name_is_found_and_the_old_one_is_not(person, practitioner, organisation, now):
    actions.correct(person, base=1, name="Jory Pepperell", by=practitioner, at=now)

    assert known(organisation, "Jory Pepperell", None, to=practitioner) == [person]
    assert known(organisation, "Milo Fernweh", None, to=practitioner) == []
