"""The Merkle tree of RFC 6962 (section 2.1) and RFC 9162 (section 2.1): a short word for a long list.

A root commits to every leaf and to their order. Whoever knows one root can be shown that an entry is
in the list (inclusion) and that a longer list begins with the shorter one (consistency), with a few
hashes of 32 bytes. Nothing here reads a clock or a database.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256().digest()
Frontier = tuple[bytes, ...]


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf; the first byte keeps leaves and nodes apart (RFC 6962, 2.1)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def append(frontier: Frontier, size: int, leaf: bytes) -> Frontier:
    """One more leaf at the end of a tree of `size` leaves.

    The frontier holds the roots of the full subtrees from left to right, one for each 1 in `size` as a
    binary number. So a tree of a million leaves grows with at most twenty hashes in memory.
    """
    kept = list(frontier)
    while size & 1:
        leaf = node_hash(kept.pop(), leaf)
        size >>= 1
    return (*kept, leaf)


def root_of(frontier: Frontier) -> bytes:
    """The root of the tree that a frontier stands for."""
    if not frontier:
        return EMPTY
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of a list of leaf hashes."""
    frontier: Frontier = ()
    for size, leaf in enumerate(leaves):
        frontier = append(frontier, size, leaf)
    return root_of(frontier)


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root (RFC 6962, 2.1.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError("there is no such leaf")
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion(leaves[:middle], index), root(leaves[middle:])]
    return [*inclusion(leaves[middle:], index - middle), root(leaves[:middle])]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof leads from this leaf at this place to the root of a tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _past_ones(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def consistency(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that this list begins with its first `earlier` leaves (RFC 6962, 2.1.2)."""
    if not 0 < earlier <= len(leaves):
        raise IndexError("there is no such earlier list")
    return _subproof(leaves, earlier, whole=True)


def is_consistent(earlier: int, later: int, proof: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Whether a longer tree begins with a shorter one (RFC 9162, 2.1.4.2)."""
    if earlier == later:
        return not proof and old == new
    if not 0 < earlier < later:
        return False
    steps = [old, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not steps:
        return False
    place, last = _past_right_edges(earlier - 1, later - 1)
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            place, last = _past_ones(place, last)
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old and after == new


def _split(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 divides a list."""
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2; `whole` while the earlier list is one the asker knows the root of."""
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    middle = _split(len(leaves))
    if earlier <= middle:
        return [*_subproof(leaves[:middle], earlier, whole=whole), root(leaves[middle:])]
    return [*_subproof(leaves[middle:], earlier - middle, whole=False), root(leaves[:middle])]


def _past_ones(place: int, last: int) -> tuple[int, int]:
    """On the right edge, go up until there is a neighbour on the left again (RFC 9162, step 4.2.2)."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _past_right_edges(place: int, last: int) -> tuple[int, int]:
    """Go up past the full subtrees that both trees have (RFC 9162, 2.1.4.2, step 3)."""
    while place & 1:
        place, last = place >> 1, last >> 1
    return place, last
