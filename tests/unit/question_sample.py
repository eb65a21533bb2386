"""A small form of typed questions with every kind of part, for tests to take apart."""

import copy
from typing import Any


def arrival(**changed: Any) -> dict[str, Any]:
    """A sound form: two groups, one of them several times, conditions, a narrowed list, a calculation."""
    return copy.deepcopy({**_ARRIVAL, **changed})


def arrival_in_portuguese() -> dict[str, Any]:
    return {
        "language": "pt",
        "name": "Chegada",
        "groups": {"home": {"title": "Casa"}},
        "choices": {"yes_no": {"yes": "Sim", "no": "Não"}},
        "questions": {"called": {"label": "Como se chama?"}, "age": {"label": "Que idade tem, ${called}?"}},
    }


def question(id: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "label": f"What about {id}?", **more}


_ARRIVAL: dict[str, Any] = {
    "instrument": "arrival",
    "name": "Arrival",
    "version": "1",
    "status": "draft",
    "licence": "CC BY 4.0",
    "disclaimer": "It does not predict.",
    "sensitive": True,
    "choices": {
        "yes_no": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
        "papers": [{"id": "id_card", "label": "Identity card"}, {"id": "passport", "label": "Passport"}],
        "country": [{"id": "pt", "label": "Portugal"}, {"id": "nl", "label": "Netherlands"}],
        "town": [
            {"id": "porto", "label": "Porto", "keys": {"land": "pt"}},
            {"id": "breda", "label": "Breda", "keys": {"land": "nl"}},
        ],
    },
    "groups": [
        {"id": "home", "title": "Home", "hint": "Where you sleep."},
        {"id": "children", "title": "Children", "asked_if": {"more": ["age", 15]}, "repeats": True},
        {"id": "school", "in": "children", "title": "School", "asked_if": {"at_least": ["child_age", 6]}},
    ],
    "questions": [
        question("welcome", "note", label="Thank you for coming."),
        question("called", required=True, required_message="We need something to call you."),
        question(
            "age",
            "integer",
            label="How old are you, ${called}?",
            constraint={"all": [{"at_least": ["age", 12]}, {"less": ["age", 120]}]},
            constraint_message="Between 12 and 120.",
        ),
        question("born", "date", constraint={"at_most": ["born", "today"]}),
        question("today_is", "calculated", label="", value="today"),
        question("has_home", "one", group="home", choices="yes_no", required=True),
        question("where", "long_text", group="home", asked_if={"equals": ["has_home", "yes"]}, required=True),
        question("since", "date", group="home", asked_if={"answered": "where"}, default="today"),
        question("papers", "many", choices="papers", other=True, group="home"),
        question("number", group="home", asked_if={"selected": ["papers", "passport"]}),
        question("land", "one", group="home", choices="country"),
        question("place", "one", group="home", choices="town", offered_by={"land": "land"}),
        question("child_name", group="children"),
        question(
            "child_age", "integer", group="children", constraint={"at_most": ["child_age", {"answer": "age"}]}
        ),
        question("school_name", group="school"),
        question("rent", "decimal", read_only=False),
        question("at", "time"),
        question("seen", "date_time"),
        question("agreed", "acknowledge", label="I have read this."),
        question(
            "more",
            asked_if={"at_least": [{"chosen": "papers"}, 2]},
            constraint={"at_most": [{"length": "more"}, 40]},
        ),
    ],
}
