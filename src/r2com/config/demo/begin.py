"""The invented agency, brought in once through the same actions that real work uses."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from r2com.access.roles import Role
from r2com.accounts import actions as accounts
from r2com.accounts.demo_codes import PASSWORD
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.content import read_json
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListEntry, Organisation, Team
from r2com.people.models import Notice
from r2com.sharing import actions as sharing
from r2com.sharing.models import LawfulBasis

from .. import installation
from . import (
    around,
    contacts,
    documents,
    landing,
    my_record,
    names,
    observations,
    own_views,
    person,
    programmes,
    pulses,
    questionnaires,
    reviews,
    safety_plans,
    supervision,
    tasks,
)


@dataclass
class Stage:
    """Where the invented people act: the agency, its staff by short name, and the day it is."""

    agency: Organisation
    teams: dict[str, Team]
    staff: dict[str, User]
    now: datetime

    def day(self, offset: int) -> date:
        return self.now.date() + timedelta(days=offset)

    def moment(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment some days ago, by the clock on the wall, and never later than now."""
        return min(self.now, datetime.combine(self.day(offset), time(hour, minute), self.now.tzinfo))

    def entry(self, list_name: str, words: str) -> ListEntry:
        return self._entries[list_name, words]

    def notice(self, language: str) -> Notice:
        return Notice.objects.get(organisation=self.agency, language=language, ends__isnull=True)

    @cached_property
    def _entries(self) -> dict[tuple[str, str], ListEntry]:
        rows = ListEntry.objects.filter(organisation=self.agency)
        return {(row.list, row.words["en"]): row for row in rows}

    @cached_property
    def basis(self) -> LawfulBasis:
        return LawfulBasis.objects.filter(organisation=self.agency, category="core").order_by("pk")[0]


@transaction.atomic
def begin(*, at: datetime) -> bool:
    """Bring in the agency and everybody in it. False when they are there already."""
    if Organisation.objects.exists():
        return False
    said = read_json("demo", "agency.json")
    stage = _agency(said, at)
    for short, one in said["staff"].items():
        stage.staff[short] = _colleague(stage, one)
    _certify(stage, said["certified"])
    _register(stage, said)
    for one in names.people():
        person.enter(stage, one)
    around.enter(stage)
    contacts.write_all(stage)
    pulses.take(stage)
    safety_plans.make(stage)
    landing.enter(stage)
    documents.bring_in(stage)
    reviews.happen(stage)
    tasks.bring(stage)
    questionnaires.answer(stage)
    programmes.enter(stage)
    observations.see(stage)
    own_views.look(stage)
    supervision.bring(stage)
    my_record.read(stage)
    return True


def _agency(said: dict[str, Any], at: datetime) -> Stage:
    founded = at + timedelta(days=said["founded"])
    agency = organisations.found(**said["organisation"], by=None, at=founded)
    agency.phone = said["phone"]
    agency.save(update_fields=["phone"])
    installation.seed(agency, at=founded)
    trail.record(installation.DEMONSTRATION_BEGUN, subject=agency, by=None, at=founded)
    teams = {
        short: organisations.begin_team(agency, name=name, starts=founded.date(), by=None, at=founded)
        for short, name in said["teams"].items()
    }
    return Stage(agency, teams, {}, at)


def _colleague(stage: Stage, one: dict[str, Any]) -> User:
    """Somebody who works here, with a password and a second factor that everybody knows."""
    at = stage.moment(one["joined"])
    user = accounts.enrol(
        email=one["email"],
        name=one["name"],
        language=one.get("language", "en"),
        password=PASSWORD,
        phone=one.get("phone", ""),
        by=None,
        at=at,
    )
    team = stage.teams.get(one.get("team", ""))
    organisations.join(user, stage.agency, role=Role(one["role"]), team=team, by=None, at=at)
    TOTP.activate(user, one["secret"])
    return user


def _certify(stage: Stage, said: dict[str, str]) -> None:
    """Who is held to be trained for the judgements that need two people, for two years."""
    ends, at = stage.day(330), stage.moment(-400)
    for short, grounds in said.items():
        organisations.certify(stage.staff[short], stage.agency, grounds=grounds, ends=ends, by=None, at=at)


def _register(stage: Stage, said: dict[str, Any]) -> None:
    """What this invented agency added to the register that comes with the software."""
    for entry in said["bases"]:
        at = stage.moment(said["founded"] + 1)
        sharing.add_basis(stage.agency, **entry, starts=at.date(), by=stage.staff["ada"], at=at)
