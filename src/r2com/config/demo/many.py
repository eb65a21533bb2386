"""Many more invented cases, made quickly: a team at a time, the same rows, written by the thousand.

The first so many cases are always the same people: a run that was stopped goes on where it was.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.organisations.models import Membership, Organisation, Team
from r2com.vault import keyring

from .. import installation
from .invented import Invented, Lot

EACH_WORKER_HAS = 40
WORKERS = 8
IN_A_TEAM = EACH_WORKER_HAS * WORKERS
WORKS_ALONE = "wren@lantern.example"
EVERY_SECONDS = 5
MADE = "ZZ-"
OURS = rf"^{MADE}\d{{7}}$"  # somebody's own reference may begin so, too, and has four figures


def grow_to(count: int, *, at: datetime, tell: Callable[[str], None]) -> None:
    """Have so many further invented cases, each with its door, notice, tasks, grants and trail.

    Each team is one transaction, so that what is there is whole. A second time makes only what is missing.
    """
    number, lot = _there(), Lot(Organisation.objects.get(), at)
    said = time.monotonic()
    _make_room()
    while number < count:
        team, end = number // IN_A_TEAM, min(count, (number // IN_A_TEAM + 1) * IN_A_TEAM)
        with transaction.atomic():
            _write(lot, _crew(lot, team), range(number, end))
        number = end
        if time.monotonic() - said > EVERY_SECONDS:
            said = time.monotonic()
            tell(f"{number} of {count} further cases are in.")
    _look_at_what_is_there()
    tell(f"{number} of {count} further cases are in.")


@dataclass(frozen=True)
class Crew:
    """A team of eight workers, whom a ninth supervises; a mentor walks beside some of their people."""

    team: Team
    workers: list[Membership]
    supervisor: Membership
    mentor: Membership


def _there() -> int:
    """How many further cases there are already."""
    last = Case.objects.filter(reference__regex=OURS).order_by("-reference").first()
    return int(last.reference.removeprefix(MADE)) if last else 0


def _write(lot: Lot, crew: Crew, numbers: range) -> None:
    keyring.forget()
    invented = Invented(lot, numbers)
    for number in numbers:
        place = number % IN_A_TEAM // EACH_WORKER_HAS
        invented.add(number, crew, crew.workers[place], crew.workers[place - 1])
    invented.write()


def _crew(lot: Lot, number: int) -> Crew:
    """The team with this number. The first is Wren's, who can sign in; nobody else of them can."""
    parts = [*(Role.PRACTITIONER,) * WORKERS, Role.SUPERVISOR, Role.MENTOR]
    emails = [f"team-{number:06d}-{place}@lantern.example" for place in range(len(parts))]
    if number == 0:
        emails[0] = WORKS_ALONE
    known = _places(emails)
    team = known[emails[0]].team if emails[0] in known else _team(lot, number)
    _employ(lot, team, {email: role for email, role in zip(emails, parts, strict=True) if email not in known})
    known = _places(emails)
    *workers, supervisor, mentor = [known[email] for email in emails]
    return Crew(team, workers, supervisor, mentor)


def _places(emails: list[str]) -> dict[str, Membership]:
    found = Membership.objects.filter(user__email__in=emails, ends=None).select_related("user", "team")
    return {place.user.email: place for place in found}


def _team(lot: Lot, number: int) -> Team:
    name = f"{lot.word('begins', Random(number))} team {number}"  # noqa: S311, nothing secret comes of it
    return Team.objects.create(organisation=lot.agency, name=name, starts=lot.at.date())


def _employ(lot: Lot, team: Team, roles: dict[str, str]) -> None:
    chance, nobody_signs_in = Random(str(team.pk)), make_password(None)  # noqa: S311
    users = {
        email: User(
            name=lot.name(chance), email=email, organisation_id=lot.agency.pk, password=nobody_signs_in
        )
        for email in roles
    }
    User.objects.bulk_create(users.values())
    Membership.objects.bulk_create(
        Membership(user=user, organisation=lot.agency, team=team, role=roles[email], starts=team.starts)
        for email, user in users.items()
    )


def _make_room() -> None:
    """Let SQLite keep more of its indexes in memory while they grow."""
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -200000")


def _look_at_what_is_there() -> None:
    """Let the database count its rows, so that it finds the short way to them."""
    for alias in connections:
        with installation.the_owner(alias), connections[alias].cursor() as cursor:
            if connections[alias].vendor == "sqlite":
                cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
