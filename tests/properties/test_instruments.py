"""What holds for every definition and every response, however strange."""

import copy
import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from r2com.core.change import compare
from r2com.core.instruments import (
    BadDefinition,
    Evidence,
    ItemResponse,
    applies,
    content_hash,
    parse,
    problems,
    profile,
    read,
)
from tests.unit.instrument_sample import SIX, bare, guide, mood, portuguese

INSTRUMENT = read(guide())
ITEMS = [item.id for item in INSTRUMENT.items]

scalars = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["A1", "marked", "all"])
)
jsons = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=6) | st.sampled_from(["any", "not", "title", "id"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
words = st.sampled_from(sorted({word for scale in INSTRUMENT.scales.values() for word in scale.words}))
judgements = st.dictionaries(
    st.sampled_from(SIX) | st.text(max_size=5), words | st.text(max_size=5) | st.none()
)
evidence = st.builds(
    Evidence,
    st.sampled_from(["for", "against", "?"]),
    st.sampled_from(["observed", "document", "?"]),
    st.text(max_size=4),
)
item_responses = st.builds(
    ItemResponse,
    judgements,
    st.lists(evidence, max_size=3).map(tuple),
    st.dictionaries(st.sampled_from(SIX), st.text(max_size=5)),
    st.booleans(),
)
responses = st.dictionaries(st.sampled_from(ITEMS) | st.text(max_size=3), item_responses)

places = st.builds("{}.{}".format, st.sampled_from(ITEMS), st.sampled_from(SIX)) | st.sampled_from(SIX)
conditions = st.recursive(
    st.builds(lambda place: {"answered": place}, places)
    | st.builds(lambda place, word: {"equals": [place, word]}, places, words),
    lambda inner: (
        st.builds(lambda part: {"not": part}, inner)
        | st.builds(
            lambda kind, parts: {kind: parts}, st.sampled_from(["any", "all"]), st.lists(inner, min_size=1)
        )
    ),
    max_leaves=6,
)


MUST = {"instrument", "name", "version", "status", "licence", "scales", "domains", "items"}
MAY_BE_LEFT_OUT = sorted(guide().keys() - MUST)
ITEM_MAY_LEAVE_OUT = sorted({*guide()["items"][0], "asked_if"} - {"id", "domain", "title"})


def paths(value, path=()) -> Iterator[tuple]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from paths(one, (*path, key))


@st.composite
def mutated(draw, source):
    """A definition in which up to four parts were replaced, removed, doubled or renamed."""
    changed = copy.deepcopy(source)
    for _ in range(draw(st.integers(1, 4))):
        choices = list(paths(changed))
        if not choices:
            break
        *way, last = draw(st.sampled_from(choices))
        home = changed
        for step in way:
            home = home[step]
        kind = draw(st.sampled_from(["replace", "remove", "double", "rename"]))
        if kind == "replace":
            home[last] = draw(jsons)
        elif kind == "remove":
            del home[last]
        elif isinstance(home, list):
            home.append(copy.deepcopy(home[last]))
        else:
            home[draw(st.text(max_size=5))] = home[last] if kind == "double" else home.pop(last)
    return changed


def attempt(source, languages=None):
    """The instrument and no faults, or no instrument and the faults. Anything else is a broken promise."""
    try:
        return read(source, languages), ()
    except BadDefinition as refused:
        return None, refused.faults


@given(st.sampled_from([guide(), bare(), mood()]).flatmap(mutated))
def test_a_definition_is_read_or_refused_with_its_faults_and_nothing_else(source):
    instrument, faults = attempt(source)

    assert bool(instrument) != bool(faults)
    assert all(fault.address and fault.advice for fault in faults)


@given(st.sets(st.sampled_from(MAY_BE_LEFT_OUT)), st.sets(st.sampled_from(ITEM_MAY_LEAVE_OUT)), responses)
def test_every_optional_key_may_be_left_out_and_the_rest_can_be_used(left_out, of_items, response):
    source = {key: value for key, value in guide().items() if key not in left_out}
    source["items"] = [
        {key: value for key, value in item.items() if key not in of_items} for item in source["items"]
    ]

    instrument = read(source)

    problems(instrument, response, completing=True)
    assert len(profile(instrument, response).pulse) == (0 if "pulse" in of_items else 2)
    assert list(compare(instrument, response, response)) == ITEMS


@given(jsons, jsons)
def test_any_json_is_read_or_refused(source, languages):
    assert attempt(source)[1]
    for languages_too in (languages, {"pt": languages}):
        instrument, faults = attempt(guide(), languages_too)
        assert bool(instrument) != bool(faults)


@given(mutated(portuguese()))
def test_a_language_file_is_read_or_refused_and_never_changes_the_english(language):
    instrument, faults = attempt(guide(), {"pt": language})

    assert bool(instrument) != bool(faults)
    if instrument:
        assert instrument.items == INSTRUMENT.items
        assert [item.id for item in instrument.in_language("pt").items] == ITEMS


@given(responses, st.booleans())
def test_every_response_has_its_problems_and_its_map(response, completing):
    found = problems(INSTRUMENT, response, completing)

    laid_out = profile(INSTRUMENT, response)

    assert {problem.item for problem in found} <= {*ITEMS, *response}
    assert laid_out.unknown <= laid_out.talked_about <= laid_out.asked <= len(ITEMS)


@given(responses)
def test_completing_only_ever_asks_for_more(response):
    before = problems(INSTRUMENT, response, completing=False)

    after = problems(INSTRUMENT, response, completing=True)

    assert set(before) <= set(after)


@given(responses, responses)
def test_the_order_of_items_never_depends_on_ratings(one, other):
    def order(response):
        return [line.item.id for part in profile(INSTRUMENT, response).domains for line in part.lines]

    assert order(one) == order(other) == ITEMS
    assert list(compare(INSTRUMENT, one, other)) == ITEMS


@given(responses)
def test_nothing_changes_between_a_response_and_itself(response):
    found = compare(INSTRUMENT, response, response).values()

    assert {change.need for change in found} <= {"held", "unclear"}


@given(responses, responses)
def test_what_eased_one_way_worsened_the_other(one, other):
    mirror = {"eased": "worsened", "worsened": "eased", "held": "held", "unclear": "unclear"}

    there, back = compare(INSTRUMENT, one, other), compare(INSTRUMENT, other, one)

    assert {item: mirror[change.need] for item, change in there.items()} == {
        item: change.need for item, change in back.items()
    }


@given(st.lists(conditions, min_size=1, max_size=4), responses, st.sampled_from(ITEMS))
def test_conditions_obey_de_morgan(parts, response, item):
    def holds(condition):
        return applies(parse(condition), response, item)

    denied = [{"not": part} for part in parts]
    assert holds({"not": {"any": parts}}) == holds({"all": denied})
    assert holds({"not": {"all": parts}}) == holds({"any": denied})
    assert holds({"not": {"not": parts[0]}}) == holds(parts[0])


@given(st.permutations(list(guide())))
def test_the_hash_does_not_depend_on_the_order_of_keys(keys):
    source = guide()

    assert content_hash({key: source[key] for key in keys}) == content_hash(source)


@given(jsons.filter(lambda value: isinstance(value, dict)))
def test_the_hash_survives_being_written_down(value):
    assert content_hash(json.loads(json.dumps(value))) == content_hash(value)
