"""What the command understands, and how it says no."""

import json
import shutil
from pathlib import Path

import pytest

from r2com.config import checks, findings, installation
from r2com.config.cli import main, parser
from r2com.content import folder
from r2com.core import instruments
from r2com.core.refusals import Refused

OURS = folder("instruments", "open-tv-rat", "0.1")


@pytest.fixture
def definition(tmp_path):
    """Our instrument in a folder where it may be spoilt."""
    shutil.copytree(OURS, tmp_path / "guide")
    return tmp_path / "guide"


def change(path, **changed):
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**kept, **changed}), encoding="utf-8")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty"])
def test_no_port_outside_the_range(port, capsys):
    with pytest.raises(SystemExit) as left:
        parser().parse_args(["run", "--port", port])

    assert left.value.code == 2
    assert "choose a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_inside_the_range():
    assert parser().parse_args(["run", "--port", "65535"]).port == 65535


def test_a_sound_definition_is_sound(definition, capsys):
    assert main(["instruments", "check", str(definition)]) == 0
    assert capsys.readouterr().out == f"{definition} is sound.\n"


def test_a_definition_that_travels_with_the_software_is_known_by_its_id(capsys):
    assert main(["instruments", "check", "open-tv-rat"]) == 0


def test_a_bare_file_is_checked_too(definition):
    assert main(["instruments", "check", str(definition / "instrument.json")]) == 0


def test_a_fault_is_told_with_its_address_and_what_to_do(definition, capsys):
    change(definition / "instrument.json", need_scale="heaviness")

    assert main(["instruments", "check", str(definition)]) == 1
    assert "need_scale: Name one of the judgements" in capsys.readouterr().out


def test_a_fault_in_a_translation_is_told(definition, capsys):
    change(definition / "languages" / "pt.json", language="xx")

    assert main(["instruments", "check", str(definition)]) == 1


def test_faults_for_a_program_that_reads_along(definition, capsys):
    change(definition / "instrument.json", need_scale="heaviness")

    main(["instruments", "check", "--json", str(definition)])

    told = json.loads(capsys.readouterr().out)
    assert [fault["address"] for fault in told["faults"]] == ["need_scale"]


@pytest.mark.parametrize("what", ["nothing-of-that-name", "../instruments"])
def test_what_is_not_there_is_said_in_a_sentence(what, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert main(["instruments", "check", what]) == 1
    assert capsys.readouterr().err.startswith("There is no instrument at")


def test_what_is_not_json_is_said_in_a_sentence(tmp_path, capsys):
    (tmp_path / "guide.json").write_text("{", encoding="utf-8")

    assert main(["instruments", "check", str(tmp_path / "guide.json")]) == 1
    assert capsys.readouterr().err.startswith("guide.json is not JSON")


def test_hashes_mark_what_a_translation_was_made_from(definition, capsys):
    change(definition / "languages" / "pt.json", of_hash={})

    assert main(["instruments", "hashes", str(definition)]) == 0

    made_from = json.loads((definition / "languages" / "pt.json").read_text(encoding="utf-8"))["of_hash"]
    english = json.loads((definition / "instrument.json").read_text(encoding="utf-8"))
    assert made_from == instruments.text_hashes(english)


def test_hashes_leave_the_rest_of_a_translation_alone(definition):
    before = (definition / "languages" / "pt.json").read_bytes()

    main(["instruments", "hashes", str(definition)])

    assert (definition / "languages" / "pt.json").read_bytes() == before


def test_our_own_translation_says_what_it_was_made_from():
    read = instruments.read(
        json.loads(OURS.joinpath("instrument.json").read_text(encoding="utf-8")),
        {"pt": json.loads(OURS.joinpath("languages", "pt.json").read_text(encoding="utf-8"))},
    )

    assert [unit.name for unit in read.units["pt"] if unit.is_stale] == []


def test_hashes_need_a_folder(tmp_path, capsys):
    assert main(["instruments", "hashes", str(tmp_path)]) == 1
    assert "holds no instrument.json" in capsys.readouterr().err


def test_the_invented_people_are_listed(capsys):
    assert main(["demo", "--list-names"]) == 0

    names = capsys.readouterr().out.splitlines()
    assert names[:3] == ["Milo Fernweh", "Sela Windermoor", "Toma Aldermoss"]
    assert len(names) == len(set(names)) == 15


@pytest.mark.parametrize(("data", "keys"), [("a", "a"), ("a", "a/keys"), ("a/data", "a")])
def test_data_and_keys_inside_each_other_are_refused(tmp_path, settings, data, keys):
    settings.DATA, settings.KEYS = tmp_path / data, tmp_path / keys

    with pytest.raises(Refused, match="inside each other"):
        installation.must_lie_apart()


def test_data_and_keys_side_by_side_are_well(tmp_path):
    assert installation.lie_apart(tmp_path / "data", tmp_path / "data-keys")


def test_every_finding_says_how_to_mend_it():
    assert [id for id, (_, sentence, mend) in findings.WORDS.items() if not (sentence and mend)] == []


class Pragmas:
    """A database that answers as it is told to."""

    def __init__(self, **answers):
        self.answers = {**checks.PRAGMAS, **answers}

    def execute(self, statement):
        self.asked = statement.split()[-1]
        return self

    def fetchone(self):
        return [self.answers[self.asked]]


@pytest.mark.parametrize(
    ("pragma", "found"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 1),
        ("foreign_keys", 0),
        ("secure_delete", 0),
        ("busy_timeout", 5000),
    ],
)
def test_a_weaker_setting_of_sqlite_is_found(pragma, found):
    told = list(checks._sqlite(Pragmas(**{pragma: found}), "database"))

    assert [(one.id, one.severity) for one in told] == [("sqlite-setting", "error")]
    assert pragma in told[0].sentence


def test_our_settings_of_sqlite_are_well():
    assert list(checks._sqlite(Pragmas(), "database")) == []


def test_a_transaction_that_takes_its_lock_late_is_found():
    said = {"NAME": "/srv/r2com.db", "OPTIONS": {"transaction_mode": "DEFERRED"}}

    assert [one.id for one in checks._sqlite_around(said, "database")] == ["sqlite-setting"]


def test_a_database_on_another_machine_is_found(tmp_path):
    (tmp_path / "mounts").write_text("/dev/vda / ext4 rw 0 0\nnas:/share /srv/data nfs4 rw 0 0\n")

    assert checks.filesystem(Path("/srv/data/r2com.db"), tmp_path / "mounts") in checks.OVER_A_NETWORK
    assert checks.filesystem(Path("/srv/r2com.db"), tmp_path / "mounts") == "ext4"


def test_a_server_does_not_start_on_an_unsafe_database(monkeypatch):
    unsafe = findings.finding("sqlite-setting", name="database", pragma="synchronous", found=1, wanted=2)
    monkeypatch.setattr(checks, "_promises", lambda: [unsafe])

    with pytest.raises(Refused, match="synchronous"):
        checks.must_be_safe()
