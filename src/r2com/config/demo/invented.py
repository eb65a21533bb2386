"""One invented case after another, with everything that belongs to it."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from r2com.access.models import Grant
from r2com.assessments.models import Answer as Signed
from r2com.assessments.models import Assessment, HandingIn
from r2com.audit.models import Event
from r2com.cases.grants import grant
from r2com.cases.models import GRANTED_BY_PART, GRANTED_TO_SUPERVISOR, Case, CaseMember, Door
from r2com.content import read_json
from r2com.core.identifiers import new_id
from r2com.instruments.models import PublishedInstrument
from r2com.organisations.models import ListEntry, ListName, Membership, Organisation
from r2com.people.models import Choice, NameFingerprint, Notice, NoticeGiven, Person, Purpose
from r2com.plans.models import Answer, Goal, Plan, Step, StepDone
from r2com.sharing.models import LawfulBasis
from r2com.tasks.models import Done, Task
from r2com.vault import blind, keyring
from r2com.vault.models import Owner

from .rows import Rows

if TYPE_CHECKING:
    from .many import Crew

# In the order in which one refers to another.
KINDS = (
    *(Person, NameFingerprint, Case, Door, CaseMember, NoticeGiven, Choice, Task, Done, Event, Grant),
    *(Assessment, HandingIn, Signed, Plan, Goal, Step, StepDone, Answer),
)
WITH_DEPUTY, WITH_MENTOR, FAR_ON, WAITS = 4, 20, 4, 40


def reference(number: int) -> str:
    """Two Zs and seven figures: no real reference looks like it, and none comes twice."""
    return f"ZZ-{number + 1:07d}"


class Lot:
    """What every invented case has in common."""

    def __init__(self, agency: Organisation, at: datetime):
        self.agency, self.at, self.today = agency, at, at.date()
        self.words = read_json("demo", "many.json")
        self.basis = LawfulBasis.objects.filter(organisation=agency, category="core").order_by("pk")[0]
        self.notice = Notice.objects.get(organisation=agency, language="en", ends__isnull=True)
        self.instrument = PublishedInstrument.objects.order_by("-published_at")[0]
        self.lists = {
            name: list(ListEntry.objects.filter(organisation=agency, list=name)) for name in ListName
        }

    def word(self, kind: str, chance: Random) -> str:
        return chance.choice(self.words[kind])

    def name(self, chance: Random) -> str:
        return f"{self.word('first', chance)} {self.word('begins', chance)}{self.word('ends', chance)}"

    def entry(self, name: ListName, chance: Random) -> Any:
        return chance.choice(self.lists[name]).pk


class Invented:
    """Invented cases that are being gathered, and then written one statement a table."""

    def __init__(self, lot: Lot, numbers: range):
        self.lot, self.chance = lot, Random()  # noqa: S311, nothing secret comes of it
        self.rows = {kind: Rows(kind) for kind in KINDS}
        self.people = {number: new_id() for number in numbers}
        self.cases = {number: new_id() for number in numbers}
        keyring.make_many(Owner.PERSON, self.people.values(), of=lot.agency.pk)
        keyring.make_many(Owner.CASE, self.cases.values(), of=lot.agency.pk)

    def write(self) -> None:
        for rows in self.rows.values():
            rows.write()

    def add(self, number: int, crew: "Crew", lead: Membership, deputy: Membership) -> None:
        """One case; every fourth has a deputy, every fourth has gone as far as an agreed plan."""
        self.chance.seed(number)
        case = self._case(number, crew)
        self._person(case)
        self._door(case, lead.user_id)
        parts = [(lead, CaseMember.Part.LEAD)]
        parts += [(deputy, CaseMember.Part.DEPUTY)] if number % WITH_DEPUTY == 1 else []
        parts += [(crew.mentor, CaseMember.Part.MENTOR)] if number % WITH_MENTOR == 2 else []
        self._team(case, parts, crew.supervisor)
        self._tasks(case, lead.user_id, has_done=number % 4 == 3)
        given = self._told(case, lead.user_id)
        if number % FAR_ON == 0:
            signs = None if number % WAITS == 0 else crew.supervisor.user_id
            self._goes_further(case, given, lead.user_id, signs)

    def _case(self, number: int, crew: "Crew") -> Case:
        lot, chance = self.lot, self.chance
        released = lot.today - timedelta(days=chance.randint(-80, 300))
        before = (lot.today - released).days + chance.randint(0, 60)
        case = Case(
            id=self.cases[number],
            organisation=lot.agency,
            team=crew.team,
            person_id=self.people[number],
            reference=reference(number),
            basis=lot.basis,
            release_on=released,
            opened_at=lot.at - timedelta(days=max(1, before)),
        )
        self._put(case)
        return case

    def _put(self, row) -> None:
        """A row that stands as an object already."""
        self.rows[type(row)].add(**{f.attname: row.__dict__[f.attname] for f in row._meta.concrete_fields})

    def _person(self, case: Case) -> None:
        lot, chance = self.lot, self.chance
        name, born = lot.name(chance), date(1955, 1, 1) + timedelta(days=chance.randint(0, 18_000))
        self.rows[Person].add(
            (Owner.PERSON, case.person_id),
            id=case.person_id,
            organisation_id=lot.agency.pk,
            language="en",
            made_at=case.opened_at,
            name=name,
            called=name.split()[0],
            born=born.isoformat(),
            matters=lot.word("matters", chance),
        )
        for one in sorted(blind.fingerprints(lot.agency.pk, name, born)):
            self.rows[NameFingerprint].add(
                organisation_id=lot.agency.pk, person_id=case.person_id, fingerprint=one
            )

    def _door(self, case: Case, worker: Any) -> None:
        lot, chance = self.lot, self.chance
        door = self.rows[Door].add(
            (Owner.PERSON, case.person_id),
            organisation_id=lot.agency.pk,
            team_id=case.team_id,
            person_id=case.person_id,
            case_id=case.pk,
            basis_id=lot.basis.pk,
            referred_by_id=lot.entry(ListName.REFERRED_BY, chance),
            told_id=lot.entry(ListName.TOLD, chance),
            asked_id=lot.entry(ListName.ASKED, chance),
            release_on=case.release_on,
            takes_up=True,
            answer=Door.Answer.ADMITTED,
            answered_by_id=worker,
            answered_at=case.opened_at,
        )
        self.rows[Event].add(
            name="door.admitted",
            at=case.opened_at,
            by=worker,
            organisation=lot.agency.pk,
            case=case.pk,
            subject_kind=Door._meta.label_lower,
            subject=door,
        )

    def _team(self, case: Case, parts: list[tuple[Membership, str]], supervisor: Membership) -> None:
        """Who works here and who supervises, with the grants that follow from it."""
        for place, part in parts:
            self.rows[CaseMember].add(case_id=case.pk, user_id=place.user_id, part=part, since=case.opened_at)
            self._put(grant(case, place, GRANTED_BY_PART[part], case.opened_at, None))
        self._put(grant(case, supervisor, GRANTED_TO_SUPERVISOR, case.opened_at, None))

    def _told(self, case: Case, worker: Any) -> Any:
        return self.rows[NoticeGiven].add(
            (Owner.PERSON, case.person_id),
            person_id=case.person_id,
            notice_id=self.lot.notice.pk,
            how=NoticeGiven.How.READ,
            proof=NoticeGiven.Proof.SIGNED,
            given_by_id=worker,
            given_at=case.opened_at,
        )

    def _tasks(self, case: Case, worker: Any, *, has_done: bool) -> None:
        """Two that are open, and for some one that is done."""
        sealed = Owner.CASE, case.pk
        for number, words in enumerate(self.chance.sample(self.lot.words["tasks"], 2 + has_done)):
            due = self.lot.today + timedelta(days=self.chance.randint(-3, 21))
            task = self.rows[Task].add(
                sealed,
                case_id=case.pk,
                kind=Task.Kind.PROMISE,
                words=words,
                owner_id=worker,
                due=due,
                made_by_id=worker,
                made_at=case.opened_at,
            )
            if number == 2:
                self.rows[Done].add(sealed, task_id=task, done_by_id=worker, done_at=self.lot.at)

    def _goes_further(self, case: Case, given: Any, worker: Any, supervisor: Any | None) -> None:
        """A yes to sharing, a first look that was handed in, and a plan that was agreed."""
        sealed, at = (Owner.CASE, case.pk), case.opened_at + timedelta(hours=20)
        self.rows[Choice].add(
            (Owner.PERSON, case.person_id),
            person_id=case.person_id,
            given_id=given,
            recipient_id=self.lot.entry(ListName.RECIPIENT, self.chance),
            purpose=Purpose.HELP,
            agreed=True,
            until=self.lot.today + timedelta(days=self.chance.randint(5, 300)),
            how=Choice.How.SIGNED,
            recorded_by_id=worker,
            made_at=case.opened_at,
        )
        assessment = self.rows[Assessment].add(
            case_id=case.pk,
            published_id=self.lot.instrument.pk,
            content_hash=self.lot.instrument.content_hash,
            kind=Assessment.Kind.FIRST_LOOK,
            begun_by_id=worker,
            begun_at=at,
        )
        handed_in = self.rows[HandingIn].add(sealed, assessment_id=assessment, by_id=worker, at=at)
        if supervisor:
            self.rows[Signed].add(sealed, handing_in_id=handed_in, is_return=False, by_id=supervisor, at=at)
        self._plan(case, assessment, worker, at)

    def _plan(self, case: Case, assessment: Any, worker: Any, at: datetime) -> None:
        sealed = Owner.CASE, case.pk
        plan = self.rows[Plan].add(
            sealed, case_id=case.pk, assessment_id=assessment, number=1, made_by_id=worker, made_at=at
        )
        for position in range(2):
            goal = self.rows[Goal].add(
                sealed,
                plan_id=plan,
                position=position,
                words=self.lot.word("matters", self.chance),
                item="A1",
                strength_item="B1",
            )
            self._steps(sealed, goal, worker)
        self.rows[Answer].add(sealed, plan_id=plan, says=Answer.Says.AGREES, recorded_by_id=worker, at=at)

    def _steps(self, sealed: tuple[str, Any], goal: Any, worker: Any) -> None:
        """One that is done, and one for a day that comes."""
        for position, words in enumerate(self.chance.sample(self.lot.words["tasks"], 2)):
            step = self.rows[Step].add(
                sealed,
                goal_id=goal,
                position=position,
                words=words,
                owner_id=worker,
                by=self.lot.today + timedelta(days=self.chance.randint(-3, 40)),
            )
            if position == 0:
                self.rows[StepDone].add(step_id=step, done_by_id=worker, done_at=self.lot.at)
