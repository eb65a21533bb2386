"""Nobody changes a letter of a certificate unnoticed."""

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from r2com.core.credentials import Doubt, Verdict, read, verify
from tests.unit.credential_sample import NOW, Lookup
from tests.unit.credential_sample import given as certificate

TEXT = json.dumps(certificate(), ensure_ascii=False)
WHOLE = json.loads(TEXT)
SOURCES = Lookup()
LETTERS = some.one_of(some.sampled_from('"{}[],:@#z1 \\/®Łß'), some.characters(exclude_categories=["Cs"]))


def is_refused(text):
    try:
        document = read(text)
    except Doubt:
        return True
    if document == WHOLE:
        return True
    return verify(document, at=NOW, sources=SOURCES).verdict in (Verdict.ALTERED, Verdict.CANNOT_TELL)


def test_the_certificate_itself_is_valid():
    assert verify(read(TEXT), at=NOW, sources=SOURCES).verdict == Verdict.VALID


def test_no_letter_can_be_taken_away():
    assert [place for place in range(len(TEXT)) if not is_refused(TEXT[:place] + TEXT[place + 1 :])] == []


@settings(max_examples=400)
@given(some.integers(0, len(TEXT) - 1), LETTERS)
def test_no_letter_can_be_put_in_the_place_of_another(place, letter):
    assume(letter != TEXT[place])

    assert is_refused(TEXT[:place] + letter + TEXT[place + 1 :])


@settings(max_examples=400)
@given(some.integers(0, len(TEXT)), LETTERS)
def test_no_letter_can_be_added(place, letter):
    assert is_refused(TEXT[:place] + letter + TEXT[place:])


def places(value, path=()):
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (*path, key)
        yield from places(entry, (*path, key))


@given(some.sampled_from(sorted(places(WHOLE), key=str)))
def test_no_part_can_be_taken_away(path):
    document = json.loads(TEXT)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder.pop(path[-1])

    assert is_refused(json.dumps(document))
