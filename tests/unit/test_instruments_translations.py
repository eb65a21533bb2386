import pytest

from r2com.core.instruments import BadDefinition, faults, read, text_hash, text_hashes
from tests.unit.instrument_sample import guide, portuguese


def unit(instrument, name):
    return next(unit for unit in instrument.units["pt"] if unit.name == name)


def test_the_instrument_can_be_read_in_another_language():
    instrument = read(guide(), {"pt": portuguese()}).in_language("pt-pt")

    assert instrument.language == "pt"
    assert instrument.name == "Guia"
    assert instrument.item("A1").services == ("habitação", "mediação")
    assert instrument.evidence_rules[0].message == "Junte pelo menos um elemento."
    assert instrument.in_language("en").name == "Guide"


def test_what_is_not_translated_stays_english_and_says_so():
    instrument = read(guide(), {"pt": portuguese()}).in_language("pt")

    assert instrument.item("A2").title == "Papers"
    assert instrument.gaps["items.A2.title"] == "missing"
    assert instrument.gaps["items.A1.anchors.marked"] == "missing"
    assert "items.A1.title" not in instrument.gaps
    assert "items.A1.caution" not in instrument.gaps


def test_a_language_nobody_translated_falls_back_to_english():
    instrument = read(guide(), {"pt": portuguese()})

    assert instrument.in_language("fr") is instrument


def test_a_unit_is_complete_or_names_what_is_missing():
    instrument = read(guide(), {"pt": portuguese()})

    assert unit(instrument, "name").is_complete
    assert unit(instrument, "domains.A").missing == ("domains.A.about",)
    assert not unit(instrument, "A2").is_complete


def test_a_unit_is_stale_once_its_english_has_changed():
    language = portuguese() | {"of_hash": text_hashes(guide())}
    reworded = guide()
    reworded["items"][0]["anchors"]["some"] = "Very shaky."

    before = read(guide(), {"pt": language})
    after = read(reworded, {"pt": language})

    assert not any(unit.is_stale for unit in before.units["pt"])
    assert [unit.name for unit in after.units["pt"] if unit.is_stale] == ["A1"]
    assert after.in_language("pt").gaps["items.A1.title"] == "stale"
    assert after.in_language("pt").item("A1").title == "Um sítio para viver"


def test_without_a_fingerprint_the_version_decides():
    newer = guide(version="0.2")

    assert all(unit.is_stale for unit in read(newer, {"pt": portuguese()}).units["pt"])
    assert not any(unit.is_stale for unit in read(guide(), {"pt": portuguese()}).units["pt"])


def test_a_list_that_grew_in_english_is_missing_as_a_whole():
    grown = guide()
    grown["items"][0]["services"].append("rent help")

    instrument = read(grown, {"pt": portuguese()}).in_language("pt")

    assert instrument.item("A1").services == ("housing office", "mediation", "rent help")
    assert instrument.gaps["items.A1.services[2]"] == "missing"


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ({"items": {"Z9": {"title": "Z"}}}, "languages.pt.items.Z9"),
        ({"items": {"A1": {"pulse": "sim"}}}, "languages.pt.items.A1.pulse"),
        ({"items": {"A1": {"title": 3}}}, "languages.pt.items.A1.title"),
        ({"items": []}, "languages.pt.items"),
        ({"language": "es"}, "languages.pt.language"),
        ({"of_hash": {"Z9": "0"}}, "languages.pt.of_hash.Z9"),
        ({"nome": "Guia"}, "languages.pt.nome"),
    ],
)
def test_a_language_file_that_does_not_fit_is_refused(changed, address):
    languages = {"pt": portuguese() | changed}

    assert [fault.address for fault in faults(guide(), languages)] == [address]
    with pytest.raises(BadDefinition):
        read(guide(), languages)


def test_empty_texts_do_not_change_a_fingerprint():
    assert text_hash({"title": "A", "caution": ""}) == text_hash({"title": "A"})
    assert text_hash({"title": "A"}) != text_hash({"title": "B"})
