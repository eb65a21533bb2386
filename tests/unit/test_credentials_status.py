"""Lists of what was revoked or is suspended: one bit each, and nothing about anybody."""

import gzip
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from r2com.core.credentials import Doubt, Entry, Purpose, bits, free_place, list_credential
from r2com.core.credentials.multibase import base64url
from r2com.core.credentials.status import SHORTEST, decoded, encoded, entries_of, is_raised, raised_in

from .credential_sample import HOUSE, LATER, LISTS, NOW


def listed(raised=(), purpose=Purpose.REVOCATION):
    return list_credential(
        LISTS[purpose], issuer=HOUSE, purpose=purpose, held=bits(raised), at=NOW, until=LATER
    )


@given(some.sets(some.integers(0, SHORTEST - 1), max_size=50))
def test_raised_places_come_back_and_no_others(raised):
    held = decoded(encoded(bits(raised)))

    assert {place for place in raised if is_raised(held, place)} == raised
    assert sum(byte.bit_count() for byte in held) == len(raised)


def test_place_nothing_is_the_leftmost_bit():
    assert bits([0])[0] == 0b1000_0000
    assert bits([7])[0] == 0b0000_0001
    assert bits([8])[1] == 0b1000_0000


def test_the_empty_list_of_the_standard():
    # W3C, Bitstring Status List v1.0: 131,072 places, all 0, as GZIP and base64url.
    assert decoded("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA") == bits([])


def test_a_list_has_room_for_131072_and_no_more():
    assert len(bits([])) * 8 == 131_072
    with pytest.raises(IndexError):
        bits([131_072])
    with pytest.raises(IndexError):
        is_raised(bits([]), 131_072)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "uAAAA",
        "zQm",
        base64url(gzip.compress(bytes(100))),
        base64url(gzip.compress(bytes(16_384))[:-9]),
        base64url(gzip.compress(bytes(50_000_000))),
        encoded(bits([])) + "A",
    ],
)
def test_a_broken_short_or_endless_list_is_refused(text):
    with pytest.raises(Doubt):
        decoded(text)


def test_places_are_drawn_at_random_and_never_twice():
    taken: set[int] = set()
    for _ in range(400):
        taken.add(free_place(taken))

    assert len(taken) == 400
    assert len(Counter(place // (SHORTEST // 8) for place in taken)) == 8


def test_a_full_list_says_so():
    with pytest.raises(ValueError, match="full"):
        free_place(range(8), length=8)


def test_nothing_about_anybody_stands_in_a_list():
    text = json.dumps(listed([5]))

    assert set(listed([5])["credentialSubject"]) == {"id", "type", "statusPurpose", "encodedList", "ttl"}
    assert "reason" not in text
    assert "Łukasz" not in text


def test_a_place_in_a_list_of_another_purpose_is_not_read():
    revoked = Entry(LISTS[Purpose.REVOCATION], 5, Purpose.REVOCATION)
    suspended = Entry(LISTS[Purpose.REVOCATION], 5, Purpose.SUSPENSION)

    assert raised_in(listed([5]), revoked)
    assert not raised_in(listed([4]), revoked)
    with pytest.raises(Doubt):
        raised_in(listed([5]), suspended)
    with pytest.raises(Doubt):
        raised_in(listed([5]), Entry(LISTS[Purpose.REVOCATION], SHORTEST, Purpose.REVOCATION))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "1EdTechRevocationList"},
        {"statusListIndex": "-1"},
        {"statusListIndex": "²"},
        {"statusSize": 2},
        {"statusPurpose": "message"},
    ],
)
def test_a_way_of_telling_that_we_do_not_read_is_a_doubt(change):
    entry = Entry(LISTS[Purpose.REVOCATION], 5, Purpose.REVOCATION).as_json() | change

    with pytest.raises(Doubt):
        entries_of({"credentialStatus": entry})
