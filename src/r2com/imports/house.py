"""What the words of a list can mean here: the agency's wordings, its workers, its languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from r2com.access.roles import ROLES, May
from r2com.accounts.models import User
from r2com.cases.forms.languages import spoken
from r2com.organisations.models import ListEntry, Membership, Team
from r2com.sharing.models import Category, LawfulBasis

from .fields import FIELDS, ON_LIST, Holds
from .mapping import plain

YES = ("yes", "y", "true", "1", "x", "sim", "s", "verdadeiro")
NO = ("no", "n", "false", "0", "não", "nao", "falso")
SEPARATORS = re.compile(r"[-./\s]+")


@dataclass(frozen=True)
class House:
    """Looked up once for a whole list. `meanings` gives for each field what its words stand for."""

    team: Team
    meanings: dict[str, dict[str, Any]]
    workers: dict[str, User]


def house(team: Team, on: date) -> House:
    meanings: dict[str, dict[str, Any]] = {
        "language": _languages(),
        "takes_up": {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)},
        "basis": _bases(team, on),
    }
    entries = list(ListEntry.objects.on(on).filter(organisation=team.organisation_id))
    for name, on_list in ON_LIST.items():
        meanings[name] = _entries(entry for entry in entries if entry.list == on_list)
    return House(team, {name: _plainly(words) for name, words in meanings.items()}, workers(team, on))


def workers(team: Team, on: date) -> dict[str, User]:
    """Who can be case worker or deputy in the team, by mail address."""
    rating = [role for role, about in ROLES.items() if May.RATE in about.may]
    places = Membership.objects.on(on).filter(team=team, role__in=rating).select_related("user")
    return {place.user.email.casefold(): place.user for place in places.order_by("user__name")}


def day(text: str, order: str) -> date | None:
    """A day as somebody wrote it, with the year in four figures; None when it is not one.

    Year, month, day is understood whatever the order is: nobody means anything else by it.
    """
    parts = SEPARATORS.split(re.sub(r"[ T]00:00(:00)?$", "", text))
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    if len(parts[0]) == 4:
        order = "YMD"
    said = dict(zip(order, parts, strict=True))
    try:
        return date(int(said["Y"]), int(said["M"]), int(said["D"])) if len(said["Y"]) == 4 else None
    except ValueError:
        return None


def meant(field: str, words: str, values: dict[str, dict[str, str]], house: House) -> Any:
    """What some words of a list stand for here, or None. What somebody said they mean comes first."""
    said = {plain(key): word for key, word in values.get(field, {}).items()}
    word = said.get(plain(words), words)
    known = house.meanings[field]
    return known.get(word.casefold().strip(), known.get(plain(word)))


def chosen_fields() -> list[str]:
    return [name for name, field in FIELDS.items() if field.is_chosen and field.holds != Holds.YES_OR_NO]


def _entries(entries: Iterable[ListEntry]) -> dict[str, ListEntry]:
    found: dict[str, ListEntry] = {}
    for entry in entries:
        found |= {str(entry.pk): entry, **{words: entry for words in entry.words.values() if words}}
    return found


def _bases(team: Team, on: date) -> dict[str, LawfulBasis]:
    rows = LawfulBasis.objects.on(on).filter(organisation=team.organisation_id, category=Category.CORE)
    found: dict[str, LawfulBasis] = {}
    for row in rows:
        found |= {str(row.pk): row, row.basis: row}
    return found


def _languages() -> dict[str, str]:
    """Every language by its code and by its name in each language of ours."""
    found: dict[str, str] = {}
    for ours, _name in settings.LANGUAGES:
        with translation.override(ours):
            found |= {key: code for code, name in spoken() for key in (code, str(name))}
    return found


def _plainly(words: dict[str, Any]) -> dict[str, Any]:
    return {key: thing for word, thing in words.items() for key in (plain(word), word.casefold())}
