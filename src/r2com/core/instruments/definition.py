"""An instrument: its scales, its items, its rules. Nothing in it depends on a person."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from .conditions import Condition, Test
from .questions import Questions
from .translations import Unit


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a scale.

    `place` says only which way a change went and is None for an honest blank; it is never added up or shown.
    """

    id: str
    label: str
    place: int | None

    @property
    def is_blank(self) -> bool:
        return self.place is None


Words = Mapping[str | None, Word]


@dataclass(frozen=True, slots=True)
class Scale:
    """A question and the words that answer it. On the scale of needs the words run from least to most."""

    id: str
    ask: str
    words: Mapping[str, Word]

    @property
    def blanks(self) -> tuple[str, ...]:
        """The honest blanks: not known, does not apply, unclear."""
        return tuple(word.id for word in self.words.values() if word.is_blank)


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of life that some of the items belong to."""

    code: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to talk about.

    `locus` says where the difficulty mainly sits; `anchors` has one text for each word of the scale of needs;
    `together` holds the plain words to read side by side with the person.
    """

    id: str
    domain: str
    title: str
    look_for: str
    opening_question: str
    anchors: Mapping[str, str]
    strength: str
    services: tuple[str, ...]
    service_kinds: tuple[str, ...]
    sources: tuple[str, ...]
    locus: str
    pulse: bool
    sensitive: bool
    caution: str
    special_category: tuple[str, ...]
    together: Mapping[str, str]
    asked_if: Condition | None


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What a judgement must rest on: so many pieces, from how many sides, and a second signature."""

    id: str
    items: tuple[str, ...]
    when: Condition
    judgement: str
    message: str
    at_least: int
    independent: bool
    stance: str | None
    countersigned: bool


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """What must hold of an item when the assessment is completed."""

    id: str
    items: tuple[str, ...]
    when: Condition
    judgement: str
    message: str


@dataclass(frozen=True, slots=True)
class ItemChecks:
    """The rules of one item, worked out once when the instrument is read."""

    item: str
    asked: Test | None
    evidence: tuple[tuple[Test, EvidenceRule], ...]
    closing: tuple[tuple[Test, ClosingRule], ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A published guide for talking about somebody's situation. It has no total, level or ranking.

    `gaps` tells for the address of a text whether its translation is `missing` (so it stands in English) or
    `stale` (the English has changed since); `review` is the translator's word on who has read it. `subsets`
    are shorter passes; `pulse` is always among them. `for_whom` says who fills in its questions: a person
    with a worker, a person alone, or an organisation about its own practice.
    """

    id: str
    name: str
    version: str
    status: str
    licence: str
    language: str
    disclaimer: str
    window_days: int
    content_hash: str
    scales: Mapping[str, Scale]
    judgements: tuple[str, ...]
    need_scale: str | None
    strength_scale: str | None
    direction_scale: str | None
    not_known: frozenset[str]
    domains: tuple[Domain, ...]
    items: tuple[Item, ...]
    by_domain: tuple[tuple[Domain, tuple[Item, ...]], ...]
    subsets: Mapping[str, tuple[str, ...]]
    kinds_of_service: Mapping[str, str]
    categories: Mapping[str, str]
    loci: Mapping[str, str]
    never_record: tuple[str, ...]
    references: Mapping[str, Mapping[str, str]]
    evidence_rules: tuple[EvidenceRule, ...]
    closing_rules: tuple[ClosingRule, ...]
    own_words: tuple[tuple[str, frozenset[str]], ...]
    questions: Questions
    for_whom: str
    sensitive: bool
    special_category: tuple[str, ...]
    review: str
    gaps: Mapping[str, str]
    units: Mapping[str, tuple[Unit, ...]]
    allowed: frozenset[tuple[str, str | None]] = field(repr=False, compare=False)
    blanks: tuple[tuple[str, frozenset[str]], ...] = field(repr=False, compare=False)
    evidence_kinds: Container[tuple[str, str]] = field(repr=False, compare=False)
    map_words: tuple[tuple[str, Words], ...] = field(repr=False, compare=False)
    order: Mapping[str, int] = field(repr=False, compare=False)
    checks: tuple[ItemChecks, ...] = field(repr=False, compare=False)
    editions: Mapping[str, "Instrument"] = field(repr=False, compare=False)

    @property
    def lead(self) -> str:
        """The judgement that says whether an item is known: the scale of needs, or else the first one."""
        return self.need_scale or self.judgements[0]

    def item(self, id: str) -> Item:
        """The item of this name. Raises KeyError when there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)

    def is_for_certified(self, item: str) -> bool:
        """Whether some judgement on this item needs a second signature, so that trained people make it."""
        checks = next(check for check in self.checks if check.item == item)
        return any(rule.countersigned for _holds, rule in checks.evidence)

    def subset(self, name: str) -> tuple[Item, ...]:
        """The items of a shorter pass, such as `pulse`, in the guide's order. Raises KeyError."""
        wanted = self.subsets[name]
        return tuple(item for item in self.items if item.id in wanted)

    def in_language(self, code: str) -> "Instrument":
        """The same instrument in another language, or in its own where it was never translated."""
        edition = self.editions.get(code) or self.editions.get(code.partition("-")[0])
        return edition or next(iter(self.editions.values()))
