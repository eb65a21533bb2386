import pytest

from r2com.core.change import changes, compare, strengths_in
from r2com.core.instruments import ItemResponse, read
from tests.unit.instrument_sample import guide


@pytest.fixture(scope="module")
def instrument():
    return read(guide())


def need(word):
    return {"A1": ItemResponse({"vulnerability": word})}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("marked", "some", "eased"),
        ("some", "none", "eased"),
        ("some", "some", "held"),
        ("none", "marked", "worsened"),
        ("unknown", "some", "unclear"),
        ("some", "unknown", "unclear"),
        ("unknown", "unknown", "unclear"),
        ("not_applicable", "none", "unclear"),
        ("", "none", "unclear"),
        ("marked", "", "unclear"),
        ("huge", "none", "unclear"),
    ],
)
def test_a_need_eased_held_or_worsened_and_silence_is_not_calm(instrument, before, after, moved):
    assert compare(instrument, need(before), need(after))["A1"].need == moved


def test_a_strength_is_told_apart_from_a_need(instrument):
    earlier = {"A1": ItemResponse({"vulnerability": "some", "strength": "none"})}
    later = {"A1": ItemResponse({"vulnerability": "marked", "strength": "strong"})}

    change = compare(instrument, earlier, later)["A1"]

    assert (change.need, change.strength) == ("worsened", "grown")


def test_a_strength_may_fade_and_an_unseen_one_is_unclear(instrument):
    earlier = {"A1": ItemResponse({"strength": "strong"}), "A2": ItemResponse({"strength": "some"})}
    later = {"A1": ItemResponse({"strength": "some"})}

    found = compare(instrument, earlier, later)

    assert (found["A1"].strength, found["A2"].strength) == ("faded", "unclear")


def test_an_item_rated_for_the_first_time_is_unclear(instrument):
    words = instrument.scales["vulnerability"].words

    assert changes({}, {"A1": words["marked"]}) == {"A1": "unclear"}
    assert changes({"A1": words["marked"]}, {}) == {}


def test_every_item_is_told_in_the_order_of_the_guide(instrument):
    later = {"G4": ItemResponse({"vulnerability": "none"}), "A1": ItemResponse({"vulnerability": "marked"})}

    assert list(compare(instrument, {}, later)) == ["A1", "A2", "G3", "G4"]
    assert list(strengths_in(instrument, later)) == ["A1", "A2", "G3", "G4"]
