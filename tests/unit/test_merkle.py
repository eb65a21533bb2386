"""The Merkle tree against the published vectors of RFC 6962's first implementation, and a naive model."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from r2com.core import merkle

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(bytes.fromhex(word)) for word in INPUTS]
lists = some.integers(1, 70).map(lambda n: [merkle.leaf_hash(b"%d" % i) for i in range(n)])


def naive(leaves):
    """MTH as RFC 6962 writes it down."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return sha256(b"\x01" + naive(leaves[:middle]) + naive(leaves[middle:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_published_inclusion_proof():
    proof = [step.hex() for step in merkle.inclusion(LEAVES, 5)]

    assert proof == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[3],
    ]


def test_the_published_consistency_proof():
    proof = [step.hex() for step in merkle.consistency(LEAVES, 6)]

    assert proof == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[3],
    ]


@given(lists)
def test_the_root_is_that_of_the_naive_model(leaves):
    assert merkle.root(leaves) == naive(leaves)


@given(lists, some.data())
def test_every_leaf_is_shown_to_be_in_the_tree(leaves, data):
    index = data.draw(some.integers(0, len(leaves) - 1))

    proof = merkle.inclusion(leaves, index)

    assert merkle.is_included(leaves[index], index, len(leaves), proof, naive(leaves))


@given(lists, some.data())
def test_no_other_leaf_place_or_size_is(leaves, data):
    index = data.draw(some.integers(0, len(leaves) - 1))
    proof, whole = merkle.inclusion(leaves, index), naive(leaves)
    other = data.draw(some.integers(0, len(leaves) + 3).filter(lambda place: place != index))

    assert not merkle.is_included(merkle.leaf_hash(b"x"), index, len(leaves), proof, whole)
    assert not merkle.is_included(leaves[index], other, len(leaves), proof, whole)
    assert not merkle.is_included(leaves[index], index, len(leaves), [*proof, whole], whole)


@given(lists, some.data())
def test_a_longer_tree_is_shown_to_begin_with_a_shorter_one(leaves, data):
    earlier = data.draw(some.integers(1, len(leaves)))

    proof = merkle.consistency(leaves, earlier)

    old, new = naive(leaves[:earlier]), naive(leaves)
    assert merkle.is_consistent(earlier, len(leaves), proof, old, new)


@given(lists, some.data())
def test_a_tree_with_another_beginning_is_not(leaves, data):
    earlier = data.draw(some.integers(1, len(leaves)))
    at = data.draw(some.integers(0, earlier - 1))
    other = [*leaves[:at], merkle.leaf_hash(b"x"), *leaves[at + 1 :]]

    proof = merkle.consistency(other, earlier)

    assert not merkle.is_consistent(earlier, len(leaves), proof, naive(leaves[:earlier]), naive(other))


def test_there_is_no_proof_for_what_is_not_there():
    with pytest.raises(IndexError):
        merkle.inclusion(LEAVES, 8)
    with pytest.raises(IndexError):
        merkle.consistency(LEAVES, 9)
