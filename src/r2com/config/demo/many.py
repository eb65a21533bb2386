"""Many more invented cases, made quickly: the same rows, written by the thousand."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import transaction

from r2com.access import grants
from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.cases.models import Case, CaseMember, Door
from r2com.content import read_json
from r2com.core.identifiers import new_id
from r2com.organisations.models import ListEntry, ListName, Membership, Organisation, Team
from r2com.people.models import NameFingerprint, Notice, NoticeGiven, Person
from r2com.sharing.models import LawfulBasis
from r2com.tasks.models import Task
from r2com.vault import blind, keyring, root
from r2com.vault.models import DataKey, Owner

AT_ONCE = 500
EACH_WORKER_HAS = 30
IN_A_TEAM = 10
WORKS_ALONE = "wren@lantern.example"


def add(count: int, *, at: datetime, tell: Callable[[str], None]) -> None:
    """Add so many invented cases, each with its door, notice, tasks, grants and trail.

    The invention is seeded by how many cases are there, so that the same installation grows the same way.
    """
    before = Case.objects.count()
    chance = random.Random(before)  # noqa: S311, nothing secret comes of it
    lot = _Lot(Organisation.objects.get(), at, chance)
    workers = lot.workers(-(-count // EACH_WORKER_HAS))
    everybody = (workers[number // EACH_WORKER_HAS] for number in range(count))
    done = 0
    while some := list(islice(everybody, AT_ONCE)):
        with transaction.atomic():
            lot.write(some)
        done += len(some)
        tell(f"{done} of {count} further cases are in.")


class _Lot:
    """What every invented case of one run has in common."""

    def __init__(self, agency: Organisation, at: datetime, chance: random.Random):
        self.agency, self.at, self.chance = agency, at, chance
        self.words = read_json("demo", "many.json")
        self.basis = LawfulBasis.objects.filter(organisation=agency, category="core").order_by("pk")[0]
        self.notice = Notice.objects.get(organisation=agency, language="en", ends__isnull=True)
        self.lists = {
            name: list(ListEntry.objects.filter(organisation=agency, list=name)) for name in ListName
        }
        self.number = Case.objects.count()

    def workers(self, count: int) -> list[tuple[User, Team]]:
        """Ten to a team. The first is the one of the cast who works alone and can sign in."""
        places = Membership.objects.select_related("user", "team")
        alone = places.get(user__email=WORKS_ALONE, ends=None)
        made = [(alone.user, alone.team)]
        while len(made) < count:
            team = Team.objects.create(organisation=self.agency, name=self.place(), starts=self.at.date())
            made += self._team(team, min(IN_A_TEAM, count - len(made)))
        return made

    def _team(self, team: Team, count: int) -> list[tuple[User, Team]]:
        nobody_signs_in = make_password(None)
        users = [
            User(
                name=self.name(),
                email=f"{new_id().hex}@lantern.example",
                organisation_id=self.agency.pk,
                password=nobody_signs_in,
            )
            for _ in range(count)
        ]
        User.objects.bulk_create(users)
        Membership.objects.bulk_create(
            Membership(
                user=user, organisation=self.agency, team=team, role=Role.PRACTITIONER, starts=team.starts
            )
            for user in users
        )
        return [(user, team) for user in users]

    def write(self, some: list[tuple[User, Team]]) -> None:
        """One case for each entry, with everything that belongs to it, one statement a table."""
        keyring.forget()
        cases = [self.case(team) for _, team in some]
        people = [case.person for case in cases]
        make_keys(Owner.PERSON, [person.pk for person in people])
        make_keys(Owner.CASE, [case.pk for case in cases])
        Person.objects.bulk_create(people)
        NameFingerprint.objects.bulk_create(one for person in people for one in fingerprints(person))
        Case.objects.bulk_create(cases)
        pairs = [(case, user) for case, (user, _) in zip(cases, some, strict=True)]
        doors = Door.objects.bulk_create(self.door(case, user) for case, user in pairs)
        CaseMember.objects.bulk_create(
            CaseMember(case=case, user=user, part=CaseMember.Part.LEAD, since=case.opened_at)
            for case, user in pairs
        )
        NoticeGiven.objects.bulk_create(self.told(case, user) for case, user in pairs)
        Task.objects.bulk_create(task for case, user in pairs for task in self.tasks(case, user))
        Event.objects.bulk_create(self.event(door) for door in doors)
        grants.rebuild([case.pk for case in cases])

    def case(self, team: Team) -> Case:
        released = self.at.date() - timedelta(days=self.chance.randint(-80, 300))
        before = (self.at.date() - released).days + self.chance.randint(0, 60)
        opened = self.at - timedelta(days=max(1, before))
        return Case(
            organisation=self.agency,
            team=team,
            person=self.person(opened),
            reference=self.reference(),
            basis=self.basis,
            release_on=released,
            opened_at=opened,
        )

    def person(self, opened: datetime) -> Person:
        name = self.name()
        person = Person(organisation=self.agency, language="en", made_at=opened, name=name)
        person.called = name.split()[0]
        person.born = (date(1955, 1, 1) + timedelta(days=self.chance.randint(0, 18_000))).isoformat()
        person.matters = self.chance.choice(self.words["matters"])
        return person

    def door(self, case: Case, user: User) -> Door:
        return Door(
            organisation=self.agency,
            team=case.team,
            person=case.person,
            case=case,
            basis=self.basis,
            referred_by=self.one_of(ListName.REFERRED_BY),
            told=self.one_of(ListName.TOLD),
            asked=self.one_of(ListName.ASKED),
            release_on=case.release_on,
            takes_up=True,
            answer=Door.Answer.ADMITTED,
            answered_by=user,
            answered_at=case.opened_at,
        )

    def told(self, case: Case, user: User) -> NoticeGiven:
        return NoticeGiven(
            person=case.person,
            notice=self.notice,
            how=NoticeGiven.How.READ,
            proof=NoticeGiven.Proof.SIGNED,
            given_by=user,
            given_at=case.opened_at,
        )

    def tasks(self, case: Case, user: User) -> Iterator[Task]:
        for words in self.chance.sample(self.words["tasks"], 2):
            due = self.at.date() + timedelta(days=self.chance.randint(-3, 21))
            task = Task(case=case, kind=Task.Kind.PROMISE, owner=user, due=due, made_by=user)
            task.words, task.made_at = words, case.opened_at
            yield task

    def event(self, door: Door) -> Event:
        return Event(
            name="door.admitted",
            at=door.answered_at,
            by=door.answered_by_id,
            organisation=self.agency.pk,
            case=door.case_id,
            subject_kind=Door._meta.label_lower,
            subject=door.pk,
        )

    def name(self) -> str:
        first = self.chance.choice(self.words["first"])
        return f"{first} {self.chance.choice(self.words['begins'])}{self.chance.choice(self.words['ends'])}"

    def place(self) -> str:
        return f"{self.chance.choice(self.words['begins'])} team {self.number + self.chance.randint(1, 999)}"

    def reference(self) -> str:
        """Two Zs and seven figures: no real reference looks like it, and none comes twice."""
        self.number += 1
        return f"ZZ-{self.number:07d}"

    def one_of(self, name: ListName) -> ListEntry:
        return self.chance.choice(self.lists[name])


def make_keys(kind: str, owners: list) -> None:
    """The keys of many owners in one go, ready in this process."""
    wrapped = {owner: root.wrap(os.urandom(32), keyring.label(kind, owner)) for owner in owners}
    DataKey.objects.bulk_create(
        DataKey(kind=kind, owner=owner, wrapped=key, wrapped_by=root.NAME) for owner, key in wrapped.items()
    )
    keyring.warm(kind, owners)


def fingerprints(person: Person) -> list[NameFingerprint]:
    found = blind.fingerprints(person.organisation_id, person.name, person.birthday)
    return [
        NameFingerprint(organisation_id=person.organisation_id, person=person, fingerprint=one)
        for one in sorted(found)
    ]
