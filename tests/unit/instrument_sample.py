"""A small instrument with every kind of part, for tests to take apart."""

import copy
from typing import Any

SIX = ["vulnerability", "strength", "matters_for", "direction", "certainty", "person_view"]


def guide(**changed: Any) -> dict[str, Any]:
    """A sound definition shaped like the guide: two domains, four items, rules for evidence and closing."""
    return copy.deepcopy({**_GUIDE, **changed})


def bare() -> dict[str, Any]:
    """The same without any of the optional keys of the file."""
    return {key: guide()[key] for key in _BARE}


def mood() -> dict[str, Any]:
    """An instrument of quite another shape: one scale, filled in by the person alone, no anchors."""
    return {
        "instrument": "week",
        "name": "How was your week",
        "version": "1",
        "status": "example",
        "licence": "CC BY 4.0",
        "scales": {"felt": ["well", "so_so", "badly", "rather_not_say"]},
        "blanks": {"felt": ["rather_not_say"]},
        "not_known": ["rather_not_say"],
        "judgements": ["felt"],
        "need_scale": "felt",
        "domains": [{"code": "W", "title": "This week"}],
        "items": [
            {"id": "sleep", "domain": "W", "title": "Sleep"},
            {"id": "company", "domain": "W", "title": "Company"},
        ],
    }


def portuguese() -> dict[str, Any]:
    return {
        "language": "pt",
        "of_version": "0.1",
        "of_hash": {},
        "name": "Guia",
        "domains": {"A": {"title": "Chegar"}},
        "items": {"A1": {"title": "Um sítio para viver", "services": ["habitação", "mediação"]}},
        "evidence_rules": {"rests-on-something": "Junte pelo menos um elemento."},
    }


def _item(id: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "domain": id[0],
        "title": title,
        "look_for": f"What there is to see: {title}.",
        "opening_question": f"How is it with this: {title}?",
        "anchors": {"none": "All right.", "some": "Shaky.", "marked": "Not there."},
        "strength": "Holds well.",
        "services": ["housing office", "mediation"],
        "service_kinds": ["housing"],
        "sources": ["L1"],
        "locus": "environment",
        "pulse": False,
        "sensitive": False,
        "caution": "",
        "special_category": [],
        "together": {
            "question": f"{title}?",
            "none": "Fine.",
            "some": "Partly.",
            "marked": "No.",
            "strong": "Very.",
        },
        **more,
    }


_GUIDE: dict[str, Any] = {
    "instrument": "guide",
    "name": "Guide",
    "version": "0.1",
    "status": "draft",
    "licence": "CC BY 4.0",
    "window_days": 30,
    "language": "en",
    "disclaimer": "It does not predict.",
    "scales": {
        "vulnerability": ["none", "some", "marked", "unknown", "not_applicable"],
        "strength": ["none", "some", "strong", "unknown"],
        "matters_for": ["settling", "pull", "both", "neither_yet"],
        "direction": ["easing", "steady", "worsening", "new", "unclear"],
        "certainty": ["one_source", "several_sources", "contested"],
        "person_view": ["agrees", "differs", "not_asked"],
        "evidence_type": ["said_by_person", "observed", "document", "other_agency"],
    },
    "judgements": SIX,
    "labels": {
        "vulnerability": {
            "ask": "How hard is it now?",
            "values": {
                "none": "Not seen",
                "some": "Some",
                "marked": "Marked",
                "unknown": "Not known",
                "not_applicable": "Does not apply",
            },
        }
    },
    "blanks": {
        "vulnerability": ["unknown", "not_applicable"],
        "strength": ["unknown"],
        "direction": ["unclear"],
    },
    "kinds_of_service": {"housing": "A place to live"},
    "categories": {"political_opinion": "Political opinion"},
    "loci": {"environment": "This sits mainly in the surroundings.", "person": "This is about the person."},
    "never_record": ["A diagnosis."],
    "subsets": {"first_look": ["A1", "A2"]},
    "evidence_rules": [
        {
            "id": "rests-on-something",
            "items": "all",
            "when": {"any": [{"equals": ["vulnerability", "some"]}, {"equals": ["vulnerability", "marked"]}]},
            "evidence": {"at_least": 1, "independent": False, "stance": "for"},
            "countersigned": False,
            "message": "Add at least one piece of evidence.",
        },
        {
            "id": "violence-needs-two",
            "items": ["G3"],
            "when": {"equals": ["vulnerability", "marked"]},
            "evidence": {"at_least": 2, "independent": True, "stance": "for"},
            "countersigned": True,
            "message": "Two independent pieces and a second signature.",
        },
    ],
    "closing_rules": [
        {
            "id": "person-view",
            "items": "all",
            "when": {"answered": "person_view"},
            "message": "Say how the person sees this.",
        }
    ],
    "domains": [
        {"code": "A", "title": "Landing", "about": "Somewhere to live."},
        {"code": "G", "title": "Influence", "about": "Who pulls."},
    ],
    "items": [
        _item("A1", "A place to live", pulse=True),
        _item("A2", "Papers", asked_if={"not": {"equals": ["A1.vulnerability", "not_applicable"]}}),
        _item("G3", "Stance on violence", sensitive=True, special_category=["political_opinion"]),
        _item("G4", "A harmful circle", pulse=True, locus="person"),
    ],
    "references": {"L1": {"title": "A study", "url": "https://example.org/study"}},
}

_BARE = (
    "instrument",
    "name",
    "version",
    "status",
    "licence",
    "window_days",
    "scales",
    "domains",
    "items",
    "references",
)
