"""The kinds of content that a grant opens, apart from the kinds in which the law sorts data.

What is closed to somebody is left out where it would stand. Nothing says that something was left out.
"""

from enum import StrEnum

from .roles import May


class Category(StrEnum):
    """What a field is about, as far as that decides who reads it."""

    CORE = "core"
    CONTACT = "contact"
    HEALTH = "health"
    BELIEF = "belief"
    CONVICTION = "conviction and grievance"
    OFFENCE = "offence"
    THIRD_PARTY = "third party"
    SOURCE = "source-protected"
    LEGAL = "legal"
    VICTIM = "victim"


EVERYBODY = frozenset({Category.CORE, Category.CONTACT, Category.LEGAL})
SENSITIVE = frozenset(Category) - EVERYBODY
# What a limit never closes: who somebody is, and how to reach and meet them.
ALWAYS = frozenset({Category.CORE, Category.CONTACT})
# For a field that is read wherever its row is.
NONE: frozenset[Category] = frozenset()
# What somebody told us under protection, and what is about others, a person finds in no reading of their own.
NOT_THEIR_OWN = frozenset({Category.THIRD_PARTY, Category.SOURCE})


class Purpose(StrEnum):
    """What a grant was given for."""

    SUPPORT = "support"
    SUPERVISION = "supervision"
    OWN_RECORD = "own record"
    EMERGENCY = "emergency"


def opened_by(may, purpose: Purpose = Purpose.SUPPORT) -> frozenset[Category]:
    """Which kinds these permissions open: without reading there is none, and few without sensitive ones."""
    if May.READ not in may:
        return NONE
    opened = EVERYBODY | SENSITIVE if May.READ_SENSITIVE in may else EVERYBODY
    return opened - NOT_THEIR_OWN if purpose == Purpose.OWN_RECORD else opened
