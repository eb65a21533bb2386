"""Checklists are content: a bad one is refused with the address of every fault."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import r2com
from r2com.config import checklists
from r2com.core.checklists import Kind, faults, read
from r2com.core.instruments import BadDefinition
from r2com.core.refusals import Refused

CONTENT = Path(r2com.__file__).parent / "content/checklists"


def gate(**changed):
    line = {
        "id": "bed",
        "title": "A bed",
        "means": "They said yes",
        "receiver": "The house",
        "weeks_before": 6,
    }
    return {
        "checklist": "my-list",
        "version": "1",
        "kind": "before_release",
        "language": "en",
        "name": "My list",
        "about": "What has to stand.",
        "status": "Draft",
        "licence": "CC BY 4.0",
        "lines": [line],
        **changed,
    }


def line(**changed):
    return gate(lines=[{**gate()["lines"][0], **changed}])


def without(source, key):
    return {name: value for name, value in source.items() if name != key}


def addresses(source, languages=None):
    return [fault.address for fault in faults(source, languages)]


def test_a_sound_definition_becomes_a_checklist():
    found = read(gate())

    assert (found.id, found.version, found.kind) == ("my-list", "1", Kind.BEFORE_RELEASE)
    assert found.line("bed").receiver == "The house"
    with pytest.raises(KeyError):
        found.line("car")


def test_a_line_is_due_so_many_weeks_before_release():
    bed = read(gate()).line("bed")

    assert bed.due(date(2026, 12, 24)) == date(2026, 11, 12)
    assert bed.due(None) is None


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ([], "(file)"),
        (without(gate(), "name"), "name"),
        (gate(kind="later"), "kind"),
        (gate(lines=[]), "lines"),
        (gate(colour="red"), "colour"),
        (gate(lines=gate()["lines"] * 2), "lines[1].id"),
        (line(id="A bed"), "lines[0].id"),
        (line(title=""), "lines[0].title"),
        (line(weeks_before=0), "lines[0].weeks_before"),
        (line(weeks_before="six"), "lines[0].weeks_before"),
        (line(score=3), "lines[0].score"),
        (gate(lines=[without(gate()["lines"][0], "receiver")]), "lines[0].receiver"),
        (gate(kind="first_hours"), "lines[0].weeks_before"),
        (line(sensitive="yes"), "lines[0].sensitive"),
    ],
)
def test_a_bad_definition_is_refused_with_the_address_of_the_fault(source, address):
    assert address in addresses(source)
    with pytest.raises(BadDefinition):
        read(source)


@pytest.mark.parametrize(
    ("language", "address"),
    [
        ({"language": "fr"}, "languages.pt.language"),
        ({"language": "pt", "lines": {"car": {"title": "Carro"}}}, "languages.pt.lines.car"),
        ({"language": "pt", "lines": {"bed": {"title": ""}}}, "languages.pt.lines.bed.title"),
        ({"language": "pt", "lines": {"bed": {"colour": "azul"}}}, "languages.pt.lines.bed.colour"),
        ({"language": "pt", "lines": []}, "languages.pt.lines"),
    ],
)
def test_a_bad_language_file_is_refused_with_the_address_of_the_fault(language, address):
    assert addresses(gate(), {"pt": language}) == [address]


def test_what_a_language_does_not_have_stands_as_it_was_written():
    found = read(gate(), {"pt": {"language": "pt", "lines": {"bed": {"title": "Uma cama"}}}})

    assert found.in_language("pt-PT").line("bed").title == "Uma cama"
    assert found.in_language("pt").line("bed").means == "They said yes"
    assert found.in_language("bg").line("bed").title == "A bed"


def test_a_change_of_wording_is_another_content():
    same, other = read(gate()), read(line(title="Another bed"))

    assert read(gate()).content_hash == same.content_hash
    assert other.content_hash != same.content_hash


def versions():
    return sorted(path.parent for path in CONTENT.glob("*/*/checklist.json"))


@pytest.mark.parametrize("where", versions(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_comes_with_the_software_is_sound_and_whole_in_portuguese(where):
    source = json.loads((where / "checklist.json").read_text(encoding="utf-8"))
    portuguese = json.loads((where / "languages/pt.json").read_text(encoding="utf-8"))

    assert faults(source, {"pt": portuguese}) == []
    assert {"name", "about", "status", "lines"} <= set(portuguese)
    for one in source["lines"]:
        texts = {key for key in ("title", "means", "receiver") if key in one}
        assert set(portuguese["lines"][one["id"]]) == texts, one["id"]


def test_the_check_of_an_installation_finds_a_broken_checklist(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(checklists, "_of", lambda version: (line(title=""), {}))
        found = checklists.packaged_faults()

    assert [fault.address for fault in found["before-the-gate/1"]] == ["lines[0].title"]
    assert checklists.packaged_faults() == {}


def check(what, **changed):
    return checklists.check(SimpleNamespace(what=str(what), json=False, **changed))


def test_the_command_says_what_is_wrong_and_where(tmp_path, capsys):
    (tmp_path / "checklist.json").write_text(json.dumps(line(title="")))

    assert check(tmp_path) == 1
    assert capsys.readouterr().out.startswith("lines[0].title: Write a text here.\n1 to mend in ")
    assert check("before-the-gate/1") == 0
    assert capsys.readouterr().out == "before-the-gate/1 is sound.\n"


@pytest.mark.parametrize("what", ["nothing", "../lists", "before-the-gate", "before-the-gate/9", ""])
def test_the_command_finds_nothing_where_nothing_is(what):
    with pytest.raises(Refused):
        check(what)


def test_a_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "checklist.json").write_text("{")

    with pytest.raises(Refused, match="not JSON"):
        check(tmp_path)


def test_the_lists_hold_what_the_field_asks_for():
    by_name = {path.parent.name: json.loads((path / "checklist.json").read_text()) for path in versions()}
    ids = {name: [one["id"] for one in source["lines"]] for name, source in by_name.items()}

    asked = (
        "bed papers account benefit medicine phone transport gate first_report family no_contact hand_over"
    )
    assert set(asked.split()) <= set(ids["before-the-gate"])
    lamps = "met bed phone food money medicine first_report place called meeting how_are_you"
    assert ids["first-72-hours"] == lamps.split()
