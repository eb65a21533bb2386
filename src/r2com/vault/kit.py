"""The recovery kit: the root key on three papers for three people, of which any two bring it back.

A paper is read aloud or typed: twenty-one words of five letters that can be spoken in any language, after
Wilkerson, "A proposal for proquints" (2009). The last two check what was typed.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from r2com.core.refusals import Refused

from . import root, shares

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
FORM = 1
CHECK = 4
WORDS = 21


@dataclass(frozen=True)
class Share:
    """One of three. `of` is the name of the root key, the same on all papers of a kit."""

    place: int
    of: bytes
    part: bytes

    @property
    def words(self) -> list[str]:
        said = bytes([FORM, self.place]) + self.of + self.part
        return spoken(said + _check(said))


def make() -> list[Share]:
    """The kit of the newest root key. Raises Refused where it is not ours to copy."""
    if not settings.KEY_SERVICE.startswith("file:"):
        raise Refused(
            "This root key does not leave its key service. Back it up with the means of that service."
        )
    secret = root.newest()
    parts = enumerate(shares.split(secret), 1)
    return [Share(place, root.mark(secret), part) for place, part in parts]


def restore(papers: list[str]) -> bool:
    """Put the root key back from two papers; False when it was there already. Raises Refused."""
    secret = joined([read(paper) for paper in papers])
    path = settings.KEYS / root.NAME
    if path.exists():
        if path.read_bytes() == secret:
            return False
        raise Refused(f"There is another root key at {path}. Move it away first, if it is not needed.")
    settings.KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.write(path, secret)
    return True


def joined(found: list[Share]) -> bytes:
    """The root key from two shares or more. Raises Refused."""
    if len({share.of for share in found}) > 1:
        raise Refused("These papers are of different kits. Take papers that carry the same name.")
    if len({share.place for share in found}) < shares.NEEDED:
        raise Refused("Two different papers of the kit are needed.")
    one, other = found[0], next(share for share in found if share.place != found[0].place)
    secret = shares.join(one.part, one.place, other.part, other.place)
    if root.mark(secret) != one.of:
        raise Refused("These papers do not give the root key they were made from.")
    return secret


def read(paper: str) -> Share:
    """A paper as somebody typed it; line breaks, hyphens and capitals do not matter. Raises Refused."""
    words = paper.lower().replace("-", " ").split()
    if len(words) != WORDS:
        raise Refused(f"A paper has {WORDS} words; {len(words)} were typed.")
    said = b"".join(heard(word, number) for number, word in enumerate(words, 1))
    said, check = said[:-CHECK], said[-CHECK:]
    if check != _check(said):
        raise Refused("The check words do not fit. One word is wrong, or two changed places.")
    if said[0] != FORM or said[1] not in range(1, shares.MADE + 1):
        raise Refused("This is not a paper of a recovery kit that this version knows.")
    return Share(said[1], said[2:6], said[6:])


def spoken(raw: bytes) -> list[str]:
    """Two bytes a word: consonant, vowel, consonant, vowel, consonant."""
    return [_word(int.from_bytes(raw[at : at + 2], "big")) for at in range(0, len(raw), 2)]


def _word(number: int) -> str:
    first, second = number >> 12 & 15, number >> 10 & 3
    third, fourth, fifth = number >> 6 & 15, number >> 4 & 3, number & 15
    return f"{CONSONANTS[first]}{VOWELS[second]}{CONSONANTS[third]}{VOWELS[fourth]}{CONSONANTS[fifth]}"


def heard(word: str, number: int) -> bytes:
    """The two bytes of a word. Raises Refused, naming its place and not the word."""
    if len(word) != 5 or any(letter not in (CONSONANTS, VOWELS)[at % 2] for at, letter in enumerate(word)):
        raise Refused(f"Word {number} cannot be one of the paper's words.")
    first, second, third, fourth, fifth = (
        (CONSONANTS, VOWELS)[at % 2].index(letter) for at, letter in enumerate(word)
    )
    return (first << 12 | second << 10 | third << 6 | fourth << 4 | fifth).to_bytes(2, "big")


def _check(said: bytes) -> bytes:
    return sha256(b"r2com recovery kit|" + said).digest()[:CHECK]
