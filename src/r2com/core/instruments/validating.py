"""What still stands in the way of a response: wrong words, missing evidence, the person not heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .definition import EvidenceRule, Instrument
from .responses import ItemResponse, Response, independent

Kind = Literal["item", "value", "evidence_value", "evidence", "countersignature", "closing", "own_words"]

MESSAGES: dict[Kind, str] = {
    "item": "This instrument has no such item.",
    "value": "Choose one of the words offered.",
    "evidence_value": "Say where this comes from and which way it speaks.",
    "own_words": "Add a few words: how the person sees it, or why they were not asked.",
}

NOTHING_SAID = ItemResponse()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, at an item and a judgement.

    `rule` is the id of the file's own rule and `message` its text; for what the engine itself checks, `rule`
    repeats the kind and `message` is an English sentence from `MESSAGES`, for the interface to translate.
    """

    item: str
    judgement: str
    kind: Kind
    rule: str
    message: str


def problems(instrument: Instrument, response: Response, completing: bool) -> list[Problem]:
    """Everything to put right in a response, in the guide's order, unknown items last.

    The words and the evidence are looked at always; the person's view and the other closing rules only when
    the assessment is being completed.
    """
    found = list(_in_what_was_said(instrument, response))
    if completing:
        found.extend(_left_open(instrument, response))
    found.sort(key=lambda problem: instrument.order[problem.item])
    strangers = response.keys() - instrument.order.keys()
    return found + [_built_in(item, "", "item") for item in sorted(strangers)]


def _in_what_was_said(instrument: Instrument, response: Response) -> Iterator[Problem]:
    """Words that are not offered, and evidence that is owed."""
    allowed, kinds = instrument.allowed, instrument.evidence_kinds
    for check in instrument.checks:
        said = response.get(check.item, NOTHING_SAID)
        here = said.judgements
        if not here.items() <= allowed:
            yield from _wrong_words(instrument, check.item, said)
        for piece in said.evidence:
            if (piece.stance, piece.type) not in kinds:
                yield _built_in(check.item, "", "evidence_value")
        for holds, rule in check.evidence:
            if holds(here, response):
                yield from _owed_evidence(rule, check.item, said)


def _left_open(instrument: Instrument, response: Response) -> Iterator[Problem]:
    """What must be said before the assessment is complete, of every item that applies."""
    for check in instrument.checks:
        if check.asked and not check.asked({}, response):
            continue
        said = response.get(check.item, NOTHING_SAID)
        here = said.judgements
        for holds, rule in check.closing:
            if not holds(here, response):
                yield Problem(check.item, rule.judgement, "closing", rule.id, rule.message)
        for judgement, values in instrument.own_words:
            if here.get(judgement) in values and not said.words.get(judgement, "").strip():
                yield _built_in(check.item, judgement, "own_words")


def _wrong_words(instrument: Instrument, item: str, said: ItemResponse) -> Iterator[Problem]:
    for judgement, value in said.judgements.items():
        if (judgement, value) not in instrument.allowed:
            yield _built_in(item, judgement, "value")


def _owed_evidence(rule: EvidenceRule, item: str, said: ItemResponse) -> Iterator[Problem]:
    pieces = [piece for piece in said.evidence if rule.stance in (None, piece.stance)]
    if (independent(pieces) if rule.independent else len(pieces)) < rule.at_least:
        yield Problem(item, rule.judgement, "evidence", rule.id, rule.message)
    if rule.countersigned and not said.countersigned:
        yield Problem(item, rule.judgement, "countersignature", rule.id, rule.message)


def _built_in(item: str, judgement: str, kind: Kind) -> Problem:
    return Problem(item, judgement, kind, kind, MESSAGES[kind])
