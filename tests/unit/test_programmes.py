"""A programme is a file: a bad one is refused with its address, a translation that fell behind is told."""

import copy

import pytest

from r2com.core import programmes
from r2com.core.programmes import BadDefinition

SESSION = {
    "id": "first",
    "title": "First",
    "when": "Week 1",
    "purpose": "To begin",
    "happens": ["Talk", "Walk"],
    "takes_away": "A day",
}
SAMPLE = {
    "programme": "sample",
    "version": "1",
    "name": "Sample",
    "status": "Draft",
    "licence": "CC-BY-4.0",
    "about": "About",
    "aims": ["One"],
    "for_whom": "Anybody",
    "leads": "Somebody",
    "pace": "Weekly",
    "is_not": ["A duty"],
    "to_person": "You choose.",
    "ending": "Well.",
    "sessions": [SESSION],
}


def changed(**given):
    return {**copy.deepcopy(SAMPLE), **given}


def portuguese(**given):
    whole = {
        "language": "pt",
        "of_hash": programmes.text_hashes(SAMPLE),
        "name": "Amostra",
        "sessions": {"first": {"title": "Primeiro", "happens": ["Falar", "Andar"]}},
    }
    return {**whole, **given}


def addresses(source, languages=None):
    return [fault.address for fault in programmes.faults(source, languages)]


def test_a_sound_one_is_read():
    programme = programmes.read(SAMPLE)

    assert programme.session("first").happens == ("Talk", "Walk")
    assert programme.session("second") is None


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (changed(name=""), "name"),
        (changed(sessions=[]), "sessions"),
        (changed(sessions=[{**SESSION, "happens": []}]), "sessions[0].happens"),
        (changed(sessions=[SESSION, SESSION]), "sessions[0].id"),
        (changed(sessions=[{**SESSION, "phase": "one"}]), "sessions[0].phase"),
        (changed(phases=[{"id": "one", "title": "One"}]), "sessions[0].phase"),
        (changed(guard="nobody"), "guard"),
        (changed(score=3), "score"),
        (changed(sessions=[{**SESSION, "points": 3}]), "sessions[0].points"),
        ([], "(file)"),
        ({"programme": "x"}, "version"),
    ],
)
def test_a_bad_one_is_refused_with_its_address(source, address):
    assert address in addresses(source)
    with pytest.raises(BadDefinition):
        programmes.read(source)


def test_a_number_on_a_person_is_refused_in_words():
    (fault,) = programmes.faults(changed(score=3))

    assert fault.advice == "Remove this: an instrument here puts no number on a person."


@pytest.mark.parametrize(
    ("language", "address"),
    [
        (portuguese(language="fr"), "languages.pt.language"),
        (portuguese(sessions={"second": {}}), "languages.pt.sessions.second"),
        (portuguese(sessions={"first": {"happens": ["Falar"]}}), "languages.pt.sessions.first.happens"),
        (portuguese(aims="Um"), "languages.pt.aims"),
        (portuguese(aims=3), "languages.pt.aims"),
        (portuguese(of_hash={"nothing": "x"}), "languages.pt.of_hash.nothing"),
        (portuguese(colour="red"), "languages.pt.colour"),
        ([], "languages.pt"),
    ],
)
def test_a_bad_translation_is_refused_with_its_address(language, address):
    assert address in addresses(SAMPLE, {"pt": language})


def test_what_is_not_translated_stays_english_and_is_told():
    programme = programmes.read(SAMPLE, {"pt": portuguese()}).in_language("pt")

    assert (programme.name, programme.about) == ("Amostra", "About")
    assert programme.session("first").happens == ("Falar", "Andar")
    assert programme.gaps["programme.about"] == "missing"
    assert "sessions.first.title" not in programme.gaps


def test_a_translation_older_than_the_english_is_told():
    newer = changed(sessions=[{**SESSION, "title": "The very first"}])

    programme = programmes.read(newer, {"pt": portuguese()}).in_language("pt")

    assert programme.session("first").title == "Primeiro"
    assert programme.gaps["sessions.first.title"] == "stale"
    assert programme.is_incomplete_here


def test_another_language_gives_the_original():
    assert programmes.read(SAMPLE).in_language("fr").name == "Sample"


def test_any_change_of_any_word_is_another_hash():
    assert programmes.content_hash(SAMPLE, {}) != programmes.content_hash(changed(about="Else"), {})
    assert programmes.content_hash(SAMPLE, {}) != programmes.content_hash(SAMPLE, {"pt": portuguese()})
