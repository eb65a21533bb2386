import dataclasses

import pytest

from r2com.core.instruments import ItemResponse, Profile, profile, read
from tests.unit.instrument_sample import guide, mood, portuguese


@pytest.fixture(scope="module")
def instrument():
    return read(guide(), {"pt": portuguese()})


def line_of(found, item):
    return next(line for part in found.domains for line in part.lines if line.item.id == item)


def test_the_map_has_every_item_in_the_order_of_the_guide(instrument):
    response = {
        "G4": ItemResponse({"vulnerability": "marked"}),
        "A2": ItemResponse({"vulnerability": "none"}),
    }

    found = profile(instrument, response)

    assert [(part.domain.code, [line.item.id for line in part.lines]) for part in found.domains] == [
        ("A", ["A1", "A2"]),
        ("G", ["G3", "G4"]),
    ]
    assert [line.item.id for line in found.pulse] == ["A1", "G4"]


def test_a_line_shows_need_and_strength_side_by_side(instrument):
    said = {"vulnerability": "marked", "strength": "strong", "direction": "easing"}

    line = line_of(profile(instrument, {"A1": ItemResponse(said)}), "A1")

    assert (line.need.label, line.strength.label, line.direction.label) == ("Marked", "Strong", "Easing")
    assert line.blanks == ()


def test_blanks_are_told_and_silence_is_not_a_blank(instrument):
    said = {"vulnerability": "unknown", "strength": "none", "direction": "unclear"}

    found = profile(instrument, {"A1": ItemResponse(said)})

    assert line_of(found, "A1").blanks == ("vulnerability", "direction")
    assert line_of(found, "G4").blanks == ()
    assert line_of(found, "G4").need is None


def test_counts_speak_of_the_form_only(instrument):
    response = {
        "A1": ItemResponse({"vulnerability": "unknown"}),
        "A2": ItemResponse({"vulnerability": "marked"}),
        "G3": ItemResponse({"vulnerability": ""}),
    }

    found = profile(instrument, response)

    assert (found.asked, found.talked_about, found.unknown) == (4, 2, 1)
    assert [item.id for item in found.not_known] == ["A1"]
    numbers = {
        field.name for field in dataclasses.fields(Profile) if field.type in (int, float, "int", "float")
    }
    assert numbers == {"asked", "talked_about", "unknown"}


def test_does_not_apply_is_not_the_same_as_not_known(instrument):
    found = profile(instrument, {"A1": ItemResponse({"vulnerability": "not_applicable"})})

    assert found.not_known == ()
    assert line_of(found, "A2").is_asked is False
    assert found.asked == 3


def test_the_map_speaks_the_language_of_the_instrument(instrument):
    found = profile(instrument.in_language("pt"), {})

    assert found.domains[0].domain.title == "Chegar"
    assert line_of(found, "A1").item.title == "Um sítio para viver"


def test_an_instrument_without_strengths_has_a_map_without_them():
    found = profile(read(mood()), {"sleep": ItemResponse({"felt": "rather_not_say"})})

    line = line_of(found, "sleep")
    assert line.need.label == "Rather not say"
    assert line.strength is None
    assert found.unknown == 1
