"""What a column of a list can be: the fields of the door and of the profile, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from r2com.organisations.models import ListName


class Holds(StrEnum):
    """What stands in a cell of this field."""

    SHORT = "a few words"
    LONG = "words"
    DAY = "a day"
    ENTRY = "an entry of one of the agency's lists"
    BASIS = "a lawful basis"
    LANGUAGE = "a language"
    YES_OR_NO = "yes or no"
    TEAM = "a team"
    WORKER = "somebody who works here, by mail address"


@dataclass(frozen=True)
class Field:
    """One field: what it is called, what it holds, how long it may be, and whether columns may be joined."""

    label: object
    holds: Holds
    longest: int = 300
    joins: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether its words come from a list, so that other words have to be translated into them."""
        return self.holds in (Holds.ENTRY, Holds.BASIS, Holds.LANGUAGE, Holds.YES_OR_NO)


FIELDS = {
    "name": Field(_("Name"), Holds.SHORT, 200, joins=" "),
    "called": Field(_("How they like to be called"), Holds.SHORT, 100),
    "other_names": Field(_("Other names"), Holds.SHORT, 1000, joins="\n"),
    "born": Field(_("Date of birth"), Holds.DAY),
    "phone": Field(_("Phone"), Holds.SHORT, 60),
    "safe_contact": Field(_("How to reach them safely"), Holds.LONG, 5000, joins="\n"),
    "language": Field(_("The language they speak best"), Holds.LANGUAGE),
    "interpreter": Field(_("Interpreter"), Holds.SHORT, 200),
    "access_needs": Field(_("What makes talking and meeting easier"), Holds.LONG, 5000, joins="\n"),
    "matters": Field(_("What matters to me"), Holds.LONG, 5000, joins="\n"),
    "works": Field(_("How to work well with me"), Holds.LONG, 5000, joins="\n"),
    "release_on": Field(_("Day of release"), Holds.DAY),
    "team": Field(_("Team"), Holds.TEAM),
    "worker": Field(_("Case worker, by mail address"), Holds.WORKER),
    "deputy": Field(_("Deputy, by mail address"), Holds.WORKER),
    "referred_by": Field(_("Who asks"), Holds.ENTRY),
    "referrer": Field(_("Their name and how to reach them"), Holds.SHORT, 300, joins=", "),
    "told": Field(_("What were they told about us?"), Holds.ENTRY),
    "asked": Field(_("What is asked of us?"), Holds.ENTRY),
    "asked_words": Field(_("In their words"), Holds.LONG, 5000, joins="\n"),
    "takes_up": Field(_("Do they want this support?"), Holds.YES_OR_NO),
    "basis": Field(_("Why may we write this down?"), Holds.BASIS),
    "notes": Field(_("Notes from the list before"), Holds.LONG, 10_000, joins="\n\n"),
}
ON_LIST = {
    "referred_by": ListName.REFERRED_BY,
    "told": ListName.TOLD,
    "asked": ListName.ASKED,
}
# Without these nobody is admitted. Each comes from a column, or is said once for everybody.
ASKED_OF_ALL = ("language", "referred_by", "told", "asked", "takes_up", "basis")
PROFILE = (
    "name",
    "called",
    "other_names",
    "phone",
    "safe_contact",
    "interpreter",
    "access_needs",
    "matters",
    "works",
)
