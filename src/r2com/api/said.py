"""What the API says, and what can be said to it. Judgements are words, never a number about anybody."""

from datetime import UTC, date, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from r2com.contacts.models import Attendance, Kind, Readers, Statement

Row = TypeVar("Row")
SOMETHING = r"^[^\x00]*[^\x00\s][^\x00]*$"
ANYTHING = r"^[^\x00]*$"
Words = Annotated[str, Field(min_length=1, max_length=20_000, pattern=SOMETHING)]
MaybeWords = Annotated[str, Field(max_length=20_000, pattern=ANYTHING)]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=SOMETHING)]
MaybeLine = Annotated[str, Field(max_length=300, pattern=ANYTHING)]
Name = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9_-]+$")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))
]


class Fault(Schema):
    field: str
    fault: str


class Problem(Schema):
    """Why not, in a plain sentence (RFC 9457)."""

    type: str
    status: int
    title: str
    detail: str
    fields: list[Fault] = []
    yours: dict | None = None
    theirs: dict | None = None


class Who(Schema):
    """Somebody who works here."""

    id: UUID
    name: str


class Me(Schema):
    id: UUID
    name: str
    role: str
    team: str
    organisation: str
    purpose: str
    scopes: list[str]
    expires_at: datetime


class Member(Schema):
    name: str
    part: str
    since: datetime


class Supported(Schema):
    """A case, as it stands in a list."""

    id: UUID
    reference: str
    name: str
    called: str
    phase: str
    release_on: date | None
    opened_at: datetime


class ContestAnswer(Schema):
    """What was decided about it, and why."""

    outcome: str
    reasons: str
    at: datetime


class Contest(Schema):
    """What the person says about the words beside it. `part` names one of several texts of a row."""

    asks: str
    part: str
    words: str
    at: datetime
    answer_due: date | None
    answer: ContestAnswer | None


class Case(Supported):
    team: str
    language: str
    matters: str
    works: str
    safe_contact: str
    phone: str
    members: list[Member]
    contests: list[Contest]


class TaskDone(Schema):
    words: str
    by: str
    at: datetime


class Task(Schema):
    id: UUID
    case: str
    kind: str
    words: str
    item: str
    owner: Who
    due: date
    time: Hour | None
    made_at: datetime
    done: TaskDone | None


class StepDone(Schema):
    by: str
    at: datetime


class Step(Schema):
    id: UUID
    words: str
    who: str
    by: date | None
    done: StepDone | None


class Goal(Schema):
    """What the person wants. The part of life and the strength are empty for who does not read them."""

    id: UUID
    words: str
    about: str
    builds_on: str
    helps: list[str]
    steps: list[Step]
    contests: list[Contest]


class PlanLine(Schema):
    id: UUID
    case: str
    number: int
    made_by: str
    made_at: datetime
    answer: Literal["draft", "agrees", "disagrees", "could_not"]


class Plan(PlanLine):
    matters: str
    stops: str
    ring: str
    promises: str
    review_on: date | None
    review_where: str
    goals: list[Goal]
    contests: list[Contest]


class AssessmentLine(Schema):
    id: UUID
    case: str
    kind: str
    begun_by: str
    begun_at: datetime
    state: Literal["open", "handed_in", "signed_off"]


class Judgement(Schema):
    """One question and the word that answers it."""

    asks: str
    word: str


class Piece(Schema):
    """One thing that was said, seen or read."""

    id: UUID
    stance: str
    type: str
    source: str
    words: str
    dated: date
    by: str
    contests: list[Contest]


class Item(Schema):
    id: str
    title: str
    part_of_life: str
    judgements: list[Judgement]
    own_words: str
    evidence: list[Piece]
    contests: list[Contest]


class Assessment(AssessmentLine):
    instrument: str
    version: str
    what_it_is_not: str
    items: list[Item]


class Said(Schema):
    type: str
    words: str
    who: str
    contests: list[Contest]


class Contact(Schema):
    id: UUID
    case: str
    number: int
    happened_at: datetime
    kind: str
    attendance: str
    minutes: int | None
    present: str
    purpose: str
    words: str
    because: str
    changes: str
    readers: str
    statements: list[Said]
    written_by: str
    written_at: datetime
    contests: list[Contest]


class Condition(Schema):
    id: UUID
    words: str
    asked_by: str
    whom_to_ask: str
    hard: str
    starts: date | None
    ends: date | None
    contests: list[Contest]


class Supporter(Schema):
    id: UUID
    name: str
    relation: str
    ring: Literal["near", "beside", "further"]
    helps: str
    phone: str
    may_we_ring: str
    contests: list[Contest]


class Made(Schema):
    """What was made or changed; look it up under this id."""

    id: UUID


class Sent(Schema):
    """What can be sent. A name that is not known is refused, so that nothing gets lost unnoticed."""

    model_config = ConfigDict(extra="forbid")


class NewTask(Sent):
    words: Line
    due: Day
    time: Hour | None = None
    kind: Literal["promise", "question", "meeting"] = "promise"
    item: Name | None = None
    owner: UUID | None = None


class MovedTask(Sent):
    owner: UUID
    due: Day
    time: Hour | None = None


class FinishedTask(Sent):
    words: MaybeWords = ""


class Nothing(Sent):
    """Nothing more is to be said."""


class NewPiece(Sent):
    words: Words
    stance: Name
    type: Name
    source: Line
    dated: Day


class NewSaid(Sent):
    type: Literal["said", "observed", "reported", "view"]
    words: Words
    who: Annotated[str, Field(max_length=200, pattern=ANYTHING)] = ""


class NewContact(Sent):
    happened_at: Moment
    kind: Literal["visit", "call", "message", "chance"] = Kind.VISIT.value
    attendance: Literal["took_place", "late", "told_us", "no_word", "our_side", "logistics"] = (
        Attendance.TOOK_PLACE.value
    )
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    present: MaybeLine = ""
    purpose: MaybeLine = ""
    words: MaybeWords = ""
    because: MaybeWords = ""
    changes: MaybeWords = ""
    readers: Literal["everybody", "case_team", "writer"] = Readers.CASE_TEAM.value
    statements: Annotated[list[NewSaid], Field(max_length=60)] = []


class AmendedContact(NewContact):
    base: Annotated[int, Field(ge=1, le=32767)]
    reason: Line


# The words of the lists above are those of the notes; a test compares them.
LISTS = {"kind": Kind, "attendance": Attendance, "readers": Readers, "type": Statement.Type}


class Page(Schema, Generic[Row]):
    """Some rows, and what to put behind `?after=` for the next; null when there are no more."""

    rows: list[Row]
    next: UUID | None
