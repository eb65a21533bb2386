"""What holds for every form of questions and every answer, however strange."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r2com.core.instruments import BadDefinition, read
from r2com.core.instruments.questions import holds, pages, problems, tidy, walk
from tests.unit.question_sample import arrival, arrival_in_portuguese

from .question_forms import conditions, forms
from .test_instruments import jsons, mutated

FORM = read(arrival()).questions
NAMES = [one.id for one in FORM.every()]
TODAY = datetime.date(2026, 11, 22)
KNOWN = [one for one in arrival()["questions"] if one["kind"] in ("integer", "date", "text")]

values = (
    jsons
    | st.integers(0, 130)
    | st.sampled_from(["yes", "no", "pt", "passport", "2026-01-01", "10:30", "2.5", True])
    | st.lists(st.sampled_from(["passport", "id_card", "other", "?"]), max_size=3)
)
plain = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), values, max_size=8)
answers = st.builds(
    lambda said, children: {**said, **({"children": children} if children is not None else {})},
    plain,
    st.none() | st.lists(plain | jsons, max_size=3) | jsons,
)


def at_leisure(examples):
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(source, languages=None):
    """The instrument and no faults, or no instrument and the faults. Anything else is a broken promise."""
    try:
        return read(source, languages), ()
    except BadDefinition as refused:
        return None, refused.faults


@given(mutated(arrival()))
@at_leisure(150)
def test_a_form_is_read_or_refused_with_its_faults_and_nothing_else(source):
    instrument, faults = attempt(source)

    assert bool(instrument) != bool(faults)
    assert all(fault.address and fault.advice for fault in faults)


@given(mutated(arrival_in_portuguese()))
def test_a_translation_is_read_or_refused_and_never_changes_the_original(language):
    instrument, faults = attempt(arrival(), {"pt": language})

    assert bool(instrument) != bool(faults)
    if instrument:
        assert instrument.questions == FORM


@given(forms(), plain)
@at_leisure(60)
def test_whatever_was_said_a_sound_form_knows_what_to_ask(source, said):
    questions = read(source).questions

    asked = [one.part for one in walk(questions, said, TODAY)]

    assert [part for page in pages(questions) for part in page.parts] == list(questions.parts)
    assert len(asked) <= len(list(questions.every())) + len(source.get("groups", ()))


@given(answers)
def test_what_is_kept_is_sound_and_keeping_again_changes_nothing(said):
    kept = tidy(FORM, said, TODAY)

    assert tidy(FORM, kept, TODAY) == kept
    assert {one.kind for one in problems(FORM, kept, TODAY, completing=False)} <= {"constraint", "value"}


@given(answers)
def test_finishing_only_ever_asks_for_more(said):
    before = problems(FORM, said, TODAY, completing=False)

    assert all(problem in problems(FORM, said, TODAY, completing=True) for problem in before)


@given(answers)
def test_what_is_not_asked_does_not_matter(said):
    asked = {one.path[0] for one in walk(FORM, said, TODAY)}
    others = {name: value for name, value in said.items() if name in asked or name.endswith("_other")}

    assert list(walk(FORM, said, TODAY)) == list(walk(FORM, others, TODAY))


@given(st.lists(conditions(KNOWN), min_size=1, max_size=3), plain)
def test_conditions_obey_de_morgan(parts, said):
    def is_so(condition):
        return holds(condition, said, TODAY)

    denied = [{"not": part} for part in parts]
    assert is_so({"not": {"any": parts}}) == is_so({"all": denied})
    assert is_so({"not": {"all": parts}}) == is_so({"any": denied})
