"""Who does what, in plain sentences. Roles are code: a change here is read by two people.

Administrators and operators have no case content; mentors and partner agencies bring
evidence, they do not rate.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PRACTITIONER = "practitioner", _("Case worker")
    SUPERVISOR = "supervisor", _("Supervisor")
    MENTOR = "mentor", _("Mentor")
    PARTNER = "partner", _("Worker of a partner agency")
    ADMINISTRATOR = "administrator", _("Organisation administrator")
    DATA_PROTECTION = "data_protection", _("Data-protection officer")


class May(StrEnum):
    """What a role allows in principle; a grant on the case is needed as well."""

    OPEN_DOOR = "open the door to somebody new"
    READ = "read the record"
    READ_SENSITIVE = "read sensitive items"
    ADD_EVIDENCE = "add what was seen or heard"
    RATE = "rate, make sense and plan"
    SIGN_OFF = "sign off or return an assessment"
    FOLLOW_UP = "call after the support ended, take a yes back, open a closed case again"
    SET_UP = "set up the agency"
    READ_REGISTERS = "read the registers"
    EXPORT = "take data out without names, and be the second person"
    EXPORT_NAMED = "take data out with names, once a second person agrees"
    OPEN_IN_EMERGENCY = "open a record in an emergency, for an hour, to read"
    REVIEW_EMERGENCY = "look afterwards at what was opened in an emergency"
    DECIDE_COMPLAINTS = "decide about complaints that they have nothing to do with"


@dataclass(frozen=True)
class Description:
    sentence: str
    may: frozenset[May]


CASEWORK = frozenset(
    {
        May.OPEN_DOOR,
        May.READ,
        May.READ_SENSITIVE,
        May.ADD_EVIDENCE,
        May.RATE,
        May.FOLLOW_UP,
        May.OPEN_IN_EMERGENCY,
    }
)

ROLES: dict[str, Description] = {
    Role.PRACTITIONER: Description(_("Supports people, rates with them and agrees plans."), CASEWORK),
    Role.SUPERVISOR: Description(
        _("Sees the work of the team and signs off assessments."),
        CASEWORK | {May.SIGN_OFF, May.EXPORT, May.EXPORT_NAMED, May.REVIEW_EMERGENCY, May.DECIDE_COMPLAINTS},
    ),
    Role.MENTOR: Description(
        _("Walks beside a person, brings what was seen or heard, does not rate."),
        frozenset({May.READ, May.ADD_EVIDENCE}),
    ),
    Role.PARTNER: Description(
        _("Works for another agency, brings what was seen or heard, does not rate."),
        frozenset({May.READ, May.ADD_EVIDENCE}),
    ),
    Role.ADMINISTRATOR: Description(
        _("Invites people, gives roles and edits lists and notices. Sees no record of a person."),
        frozenset({May.SET_UP}),
    ),
    Role.DATA_PROTECTION: Description(
        _("Reads the registers and the trail. Sees no record of a person."),
        frozenset({May.READ_REGISTERS, May.EXPORT, May.REVIEW_EMERGENCY, May.DECIDE_COMPLAINTS}),
    ),
}


def may(role: str | None, what: May) -> bool:
    """Whether a role allows something in principle. An unknown role allows nothing."""
    return role in ROLES and what in ROLES[role].may
