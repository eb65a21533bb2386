import json
from pathlib import Path

import pytest

import r2com
from r2com.core.instruments import BadDefinition, Instrument, content_hash, faults, read
from tests.unit.instrument_sample import SIX, bare, guide, mood

CONTENT = Path(r2com.__file__).parent / "content/instruments"


def addresses(source, languages=None):
    return [fault.address for fault in faults(source, languages)]


def test_a_sound_definition_becomes_an_instrument():
    source = guide()

    instrument = read(source)

    assert isinstance(instrument, Instrument)
    assert [item.id for item in instrument.items] == ["A1", "A2", "G3", "G4"]
    assert instrument.judgements == tuple(SIX)
    assert instrument.scales["vulnerability"].words["marked"].label == "Marked"
    assert instrument.scales["vulnerability"].blanks == ("unknown", "not_applicable")
    assert instrument.content_hash == content_hash(source)


def test_a_bare_definition_takes_the_judgements_and_rules_of_the_guide():
    instrument = read(bare())

    assert instrument.judgements == tuple(SIX)
    assert [rule.id for rule in instrument.evidence_rules] == ["some_needs_evidence", "marked_needs_evidence"]
    assert [rule.id for rule in instrument.closing_rules] == ["person_view_asked"]
    assert instrument.scales["matters_for"].words["neither_yet"].label == "Neither yet"


def test_a_definition_with_its_own_judgements_takes_no_rules_it_did_not_write():
    instrument = read(mood())

    assert instrument.judgements == ("felt",)
    assert instrument.evidence_rules == ()
    assert instrument.closing_rules == ()


def test_the_pulse_and_the_first_look_keep_the_order_of_the_guide():
    instrument = read(guide(subsets={"first_look": ["G3", "A1"]}))

    assert [item.id for item in instrument.subset("pulse")] == ["A1", "G4"]
    assert [item.id for item in instrument.subset("first_look")] == ["A1", "G3"]
    with pytest.raises(KeyError):
        instrument.subset("second_look")


def test_an_item_can_be_found_by_its_id_and_a_stranger_cannot():
    instrument = read(guide())

    assert instrument.item("G3").title == "Stance on violence"
    with pytest.raises(KeyError):
        instrument.item("Z9")


def test_every_fault_is_told_at_once():
    source = guide()
    del source["licence"]
    del source["items"][3]["anchors"]["marked"]
    source["items"][0]["domain"] = "Q"
    source["items"][1]["pulse"] = "yes"
    source["subsets"]["first_look"].append("Z9")

    with pytest.raises(BadDefinition) as refused:
        read(source)

    assert {fault.address for fault in refused.value.faults} == {
        "licence",
        "items[3].anchors.marked",
        "items[0].domain",
        "items[1].pulse",
        "subsets.first_look",
    }
    assert "items[3].anchors.marked: Add a text for this word." in str(refused.value)


@pytest.mark.parametrize(
    ("path", "value", "address"),
    [
        (("items", 0, "title"), " ", "items[0].title"),
        (("items", 1, "id"), "A1", "items[1].id"),
        (("items", 0, "id"), "A.1", "items[0].id"),
        (("items", 0, "id"), "labels", "items[0].id"),
        (("items", 0, "sources"), ["L9"], "items[0].sources"),
        (("items", 0, "service_kinds"), ["yachts"], "items[0].service_kinds"),
        (("items", 0, "locus"), "moon", "items[0].locus"),
        (("items", 0, "special_category"), ["taste"], "items[0].special_category"),
        (("items", 0, "anchors", "extreme"), "Worse.", "items[0].anchors.extreme"),
        (("items", 0, "together"), {"question": "?"}, "items[0].together.none"),
        (("items", 0, "weight"), 3, "items[0].weight"),
        (("items", 0, "tilte"), "A", "items[0].tilte"),
        (("scales", "vulnerability"), ["0", "1"], "scales.vulnerability[0]"),
        (("labels", "vulnerability", "values", "huge"), "Huge", "labels.vulnerability.values.huge"),
        (("blanks", "strength"), ["none", "sure"], "blanks.strength"),
        (("judgements",), ["vulnerability", "mood"], "scales.mood"),
        (("need_scale",), "evidence_type", "need_scale"),
        (("need_scale",), ["strength"], "need_scale"),
        (("window_days",), 0, "window_days"),
        (("window_days",), True, "window_days"),
        (("evidence_rules", 0, "items"), ["Z9"], "evidence_rules[0].items"),
        (("evidence_rules", 0, "evidence", "stance"), "maybe", "evidence_rules[0].evidence.stance"),
        (("evidence_rules", 0, "when"), {"sum": 3}, "evidence_rules[0].when.sum"),
        (("closing_rules", 0, "when"), {"answered": "mood"}, "closing_rules[0].when.answered"),
        (("items", 1, "asked_if"), {"answered": "vulnerability"}, "items[1].asked_if.answered"),
        (("items", 1, "asked_if"), {"answered": "A2.strength"}, "items[1].asked_if.answered"),
        (("items", 1, "asked_if"), {"equals": ["A1.strength", "huge"]}, "items[1].asked_if.equals[1]"),
    ],
)
def test_a_fault_is_told_with_its_address(path, value, address):
    source = guide()
    home = source
    for step in path[:-1]:
        home = home[step]
    home[path[-1]] = value

    found = addresses(source)

    assert address in found
    assert all(fault.advice for fault in faults(source))


def test_a_number_on_a_person_is_refused_by_name():
    source = guide(threshold=4)

    (fault,) = faults(source)

    assert fault.address == "threshold"
    assert "no number on a person" in fault.advice


def test_a_domain_without_items_is_a_fault():
    source = guide()
    source["domains"].append({"code": "H", "title": "Help"})

    assert addresses(source) == ["domains[2]"]


def test_conditions_twelve_levels_deep_are_read_and_thirteen_are_not():
    def nested(levels):
        condition = {"answered": "person_view"}
        for _ in range(levels - 1):
            condition = {"not": condition}
        return guide(closing_rules=[{"id": "deep", "items": "all", "when": condition, "message": "Say it."}])

    assert faults(nested(12)) == []
    assert faults(nested(13))[0].address == "closing_rules[0].when" + ".not" * 12


@pytest.mark.parametrize("source", [None, [], "guide", 3, {}])
def test_what_is_no_definition_is_refused(source):
    with pytest.raises(BadDefinition):
        read(source)


def test_the_hash_knows_words_and_not_the_order_of_keys():
    source = guide()
    turned = dict(reversed(source.items()))
    reworded = guide(name="Guide ")

    assert content_hash(turned) == content_hash(source)
    assert content_hash(reworded) != content_hash(source)


@pytest.mark.parametrize(
    "file", sorted(CONTENT.glob("*/*/instrument.json")), ids=lambda file: file.parent.parent.name
)
def test_every_instrument_we_ship_is_sound(file):
    languages = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted(file.parent.glob("languages/*.json"))
    }

    assert faults(json.loads(file.read_text("utf-8")), languages) == []
