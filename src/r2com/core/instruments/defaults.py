"""What stands when a file does not say otherwise.

A file that names no `judgements` takes the six of the guide, and with them the guide's rules.
"""

from collections.abc import Mapping
from typing import Any

from .questions.reading import completed_questions as completed_questions

SIX = ("vulnerability", "strength", "matters_for", "direction", "certainty", "person_view")
EVIDENCE_TYPES = ["said_by_person", "observed", "document", "other_agency"]
HONEST_BLANKS = frozenset({"unknown", "not_applicable", "unclear"})
WINDOW_DAYS = 30

EVIDENCE_RULES = [
    {
        "id": f"{value}_needs_evidence",
        "items": "all",
        "when": {"equals": ["vulnerability", value]},
        "evidence": {"at_least": 1, "independent": False, "stance": "for"},
        "message": "Add at least one thing this rests on: what was said, seen or written.",
    }
    for value in ("some", "marked")
]
CLOSING_RULES = [
    {
        "id": "person_view_asked",
        "items": "all",
        "when": {"any": [{"not": {"answered": "vulnerability"}}, {"answered": "person_view"}]},
        "message": "Say how the person sees this, or why it was not asked.",
    }
]
OWN_WORDS = {"person_view": ("differs", "not_asked", "could_not_answer")}

_FILE: dict[str, Any] = {
    "language": "en",
    "for": "person-with-worker",
    "sensitive": False,
    "special_category": [],
    "disclaimer": "",
    "window_days": WINDOW_DAYS,
    "kinds_of_service": {},
    "categories": {},
    "loci": {},
    "never_record": [],
    "references": {},
    "subsets": {},
    "evidence_rules": [],
    "closing_rules": [],
    "not_known": ["unknown"],
}
_ITEM: dict[str, Any] = {
    "look_for": "",
    "opening_question": "",
    "anchors": {},
    "strength": "",
    "services": [],
    "service_kinds": [],
    "sources": [],
    "locus": "",
    "pulse": False,
    "sensitive": False,
    "caution": "",
    "special_category": [],
    "together": {},
    "asked_if": None,
}
_RULES_OF_THE_GUIDE: dict[str, Any] = {
    "evidence_rules": EVIDENCE_RULES,
    "closing_rules": CLOSING_RULES,
}


def completed(source: Mapping[str, Any]) -> dict[str, Any]:
    """The definition with every optional key filled in. The source must be free of faults."""
    judged = "items" in source
    scales = {"evidence_type": EVIDENCE_TYPES, **source["scales"]} if judged else {}
    judgements = list(source.get("judgements", SIX)) if judged else []
    guide = _RULES_OF_THE_GUIDE if judged and "judgements" not in source else {}
    return {
        **_FILE,
        **guide,
        **{f"{side}_scale": scale for side, scale in sides(judgements).items()},
        "own_words": _own_words(judgements, scales),
        **source,
        "scales": scales,
        "judgements": judgements,
        "blanks": {**_blanks(scales), **source.get("blanks", {})},
        "labels": _labels(scales, source.get("labels", {})),
        "domains": [{"about": "", **domain} for domain in source.get("domains", ())],
        "items": [{**_ITEM, **item} for item in source.get("items", ())],
        **completed_questions(source),
    }


def sides(judgements: list[str]) -> dict[str, str | None]:
    """Which scale shows needs, strengths and direction when the file names none."""
    usual = {"need": "vulnerability", "strength": "strength", "direction": "direction"}
    return {side: scale if scale in judgements else None for side, scale in usual.items()}


def _blanks(scales: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {scale: [value for value in values if value in HONEST_BLANKS] for scale, values in scales.items()}


def _labels(scales: Mapping[str, list[str]], labels: Mapping[str, Any]) -> dict[str, Any]:
    return {
        scale: {"ask": "", "values": _plain(values), **labels.get(scale, {})}
        for scale, values in scales.items()
    }


def _own_words(judgements: list[str], scales: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Whoever sees it otherwise, or was not asked, is owed a few words."""
    return {
        scale: [value for value in values if value in scales[scale]]
        for scale, values in OWN_WORDS.items()
        if scale in judgements
    }


def _plain(values: list[str]) -> dict[str, str]:
    return {value: value.replace("_", " ").capitalize() for value in values}
