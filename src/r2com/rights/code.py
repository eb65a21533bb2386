"""What opens the answer to a complaint: a reference, and four words that can be spoken. Only a hash is kept.

Four words of five signs, each two syllables and a consonant, are 16 · 5 · 16 · 5 · 16 = 102 400 each: 66 bits
together, chosen by the system's source of chance. That is past guessing, so that a plain hash is enough.
"""

import secrets
from hashlib import sha256

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aeiou"
SIGNS = "23456789CDFGHJKMPQRTVWX"
WORDS = 4


def new_reference() -> str:
    return "C-" + "".join(secrets.choice(SIGNS) for _sign in range(7))


def new_words() -> str:
    return " ".join(_word() for _each in range(WORDS))


def hashed(words: str) -> str:
    """The same for words typed with other spaces, hyphens or capitals."""
    plain = " ".join(words.replace("-", " ").lower().split())
    return sha256(plain.encode(errors="replace")).hexdigest()


def _word() -> str:
    return "".join(secrets.choice(kind) for kind in (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS))
