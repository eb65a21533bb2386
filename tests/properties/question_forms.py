"""Sound forms of questions, as hypothesis makes them up: groups, choices, conditions, two languages."""

from typing import Any

from hypothesis import strategies as st

from r2com.core.instruments import text_hashes
from r2com.core.instruments.questions.definition import KINDS

WORDS = st.text("abcÄß=+-@'\"<>&${ }_.;, \n日", min_size=1, max_size=20).map(str.strip).filter(bool)
TEXTS = WORDS.filter(lambda text: "${" not in text and not text.startswith("_x"))
QUOTABLE = TEXTS.filter(lambda text: not ("'" in text and '"' in text))
DAYS = st.dates().map(str).filter(lambda day: day >= "1000")
FIGURES = st.integers(-1000, 1000) | st.decimals(-100, 100, places=2).map(float).filter(lambda n: n != int(n))
LISTS = {
    "few": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
    "many": [{"id": "1", "label": "One"}, {"id": "2-b", "label": "= Two"}, {"id": "três", "label": "3"}],
    "towns": [
        {"id": "porto", "label": "Porto", "keys": {"land": "yes"}},
        {"id": "breda", "label": "Breda", "keys": {"land": "no"}},
    ],
}


@st.composite
def forms(draw) -> dict[str, Any]:
    """A sound definition of up to eight questions."""
    asked = [draw(st.sampled_from(KINDS)) for _ in range(draw(st.integers(1, 8)))]
    groups = draw(st.lists(st.booleans(), max_size=3))
    questions: list[dict[str, Any]] = []
    for number, kind in enumerate(asked):
        here = _home(number, len(asked), len(groups))
        seen = [one for one in questions if not _in_other_repeat(one, here, groups)]
        questions.append(draw(_questions(f"q{number}", kind, here, seen)))
    made = {
        "instrument": "made-up",
        "name": draw(TEXTS),
        "version": "1",
        "status": "draft",
        "licence": "CC0",
        "sensitive": draw(st.booleans()),
        "questions": questions,
    }
    used_groups = {one["group"] for one in questions if one.get("group")}
    named = [(f"g{place}", repeats) for place, repeats in enumerate(groups) if f"g{place}" in used_groups]
    if named:
        made["groups"] = [_group(draw, name, repeats) for name, repeats in named]
    used = {one["choices"] for one in questions if one.get("choices")}
    if used:
        made["choices"] = {name: _list(name, questions) for name in LISTS if name in used}
    return made


@st.composite
def translated(draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """A form, and perhaps a language file of some of its texts."""
    form = draw(forms())
    texts = {
        one["id"]: {key: draw(TEXTS) for key in ("label", "hint") if key in one and draw(st.booleans())}
        for one in form["questions"]
    }
    texts = {id: said for id, said in texts.items() if said}
    if not texts:
        return form, {}
    hashes = draw(
        st.just({}) | st.just({f"questions.{id}": text_hashes(form)[f"questions.{id}"] for id in texts})
    )
    told = {"of_hash": hashes} if hashes else {}
    return form, {"pt": {"language": "pt", "review": draw(TEXTS), "questions": texts, **told}}


def _home(number: int, many: int, groups: int) -> str:
    """The questions in the middle third stand in groups, one after the other."""
    place = number - many // 3
    return f"g{place}" if 0 <= place < groups else ""


def _in_other_repeat(question: dict[str, Any], here: str, groups: list[bool]) -> bool:
    home = question.get("group", "")
    return bool(home) and home != here and groups[int(home[1:])]


def _group(draw, name: str, repeats: bool) -> dict[str, Any]:
    title = draw(st.none() | TEXTS)
    return {"id": name, **({"title": title} if title else {}), **({"repeats": True} if repeats else {})}


def _list(name: str, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A list with its further column only where it narrows something."""
    if any(one.get("offered_by") for one in questions if one.get("choices") == name):
        return LISTS[name]
    return [{"id": one["id"], "label": one["label"]} for one in LISTS[name]]


@st.composite
def _questions(draw, id: str, kind: str, group: str, seen: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": id, "kind": kind, **({"group": group} if group else {})}
    known = [one for one in seen if one["kind"] != "note"]
    if kind == "calculated":
        made["value"] = draw(_calculated(known))
    else:
        made["label"] = draw(TEXTS)
        made |= {"hint": draw(TEXTS)} if draw(st.booleans()) else {}
    if kind in ("one", "many"):
        made["choices"] = draw(st.sampled_from(list(LISTS)))
        made |= {"other": True} if draw(st.booleans()) else {}
        lands = [one["id"] for one in known if one.get("choices") == "few"]
        if made["choices"] == "towns" and lands and draw(st.booleans()):
            made["offered_by"] = {"land": draw(st.sampled_from(lands))}
            made.pop("other", None)
    if kind not in ("note", "calculated"):
        for key in ("required", "read_only"):
            made |= {key: True} if draw(st.booleans()) else {}
        if draw(st.booleans()):
            made["constraint"] = draw(conditions([*known, made]))
    if known and draw(st.booleans()):
        made["asked_if"] = draw(conditions(known))
    default = draw(_defaults(made)) if draw(st.booleans()) else None
    return made | ({"default": default} if default is not None else {})


def _calculated(known: list[dict[str, Any]]):
    copies = st.sampled_from([{"answer": one["id"]} for one in known]) if known else st.nothing()
    plain = TEXTS.filter(
        lambda text: not ("'" in text and '"' in text) and text != "today" and "\n" not in text
    )
    return copies | st.just("today") | FIGURES | plain


def _defaults(question: dict[str, Any]):
    kind = question["kind"]
    ids = [choice["id"] for choice in LISTS.get(question.get("choices", ""), ())]
    return {
        "integer": st.integers(-99, 99),
        "decimal": st.decimals(-99, 99, places=2).filter(lambda n: n != int(n)).map(lambda n: str(n)),
        "date": DAYS | st.just("today"),
        "one": st.sampled_from(ids or ["x"]),
        "many": st.lists(st.sampled_from(ids or ["x"]), min_size=1, unique=True),
        "acknowledge": st.just(True),
        "text": TEXTS.filter(lambda text: "(" not in text),
    }.get(kind, st.none())


def conditions(known: list[dict[str, Any]]):
    """Conditions on questions, as the closed language has them."""
    plain = st.sampled_from(known).flatmap(_about)
    return st.recursive(
        plain,
        lambda inner: (
            st.builds(lambda part: {"not": part}, inner)
            | st.builds(
                lambda kind, parts: {kind: parts},
                st.sampled_from(["any", "all"]),
                st.lists(inner, min_size=2, max_size=3),
            )
        ),
        max_leaves=4,
    )


def _about(question: dict[str, Any]):
    id, kind = question["id"], question["kind"]
    answered = st.just({"answered": id})
    sign = st.sampled_from(["more", "less", "at_least", "at_most"])
    if kind in ("one", "many"):
        ids = [choice["id"] for choice in LISTS[question["choices"]]]
        chosen = st.sampled_from([*ids, *(["other"] if question.get("other") else [])])
        same = st.builds(lambda how, one: {how: [id, one]}, st.sampled_from(["equals", "selected"]), chosen)
        return answered | same | st.builds(lambda how, n: {how: [{"chosen": id}, n]}, sign, st.integers(0, 3))
    if kind in ("integer", "decimal", "date"):
        value = DAYS | st.just("today") if kind == "date" else FIGURES
        return answered | st.builds(
            lambda how, one: {how: [id, one]}, st.sampled_from(["equals", "more", "at_most"]), value
        )
    if kind in ("text", "long_text"):
        length = st.builds(lambda how, n: {how: [{"length": id}, n]}, sign, st.integers(0, 50))
        return answered | st.builds(lambda one: {"equals": [id, one]}, QUOTABLE) | length
    return answered
