"""A list that moves in on a real installation: killed in the middle, gone on with, and undone."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests import lists

from ..installations import environment, r2com, rows

MAKE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "r2com.config.settings"
django.setup()
from django.utils import timezone
from r2com.access.roles import Role
from r2com.organisations.models import Organisation
from tests import factories
agency, at = Organisation.objects.get(), timezone.now()
team = factories.team(agency, "Harbour team", at=at)
factories.user("Rut Halvarsen", Role.SUPERVISOR, team, at=at)
"""
BY = "rut.halvarsen@example.org"
COUNT = 150


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A real installation with a supervisor, a list and a map."""
    from .test_cli import init

    home = tmp_path_factory.mktemp("real")
    assert init(home).returncode == 0
    env = environment(home)
    env["PYTHONPATH"] += os.pathsep + os.getcwd()
    subprocess.run([sys.executable, "-c", MAKE], env=env, check=True, cwd=home)
    (home / "map.json").write_text(json.dumps(a_map()), encoding="utf-8")
    return home


def a_map():
    defaults = {
        "language": "Portuguese",
        "told": "They asked for this themself",
        "asked": "Preparing release",
        "takes_up": "yes",
    }
    return {
        "by": BY,
        "reason": "We moved",
        "columns": {name: headings for name, headings in lists.COLUMNS.items() if name != "worker"},
        "defaults": defaults,
    }


def write(home, name, today, count=COUNT, begin=0):
    basis = rows(home, "SELECT basis FROM sharing_lawfulbasis WHERE category = 'core' AND ends IS NULL")[0][0]
    map = a_map()
    map["defaults"]["basis"] = basis
    (home / "map.json").write_text(json.dumps(map), encoding="utf-8")
    file = lists.as_csv([lists.row(number, today=today) for number in range(begin, begin + count)])
    (home / name).write_bytes(file.getvalue())


def count(home, question="SELECT count(*) FROM cases_case"):
    return rows(home, question)[0][0]


def test_a_run_that_is_killed_goes_on_and_doubles_nobody(home, today):
    write(home, "long.csv", today)
    words = ["cases", "import", "long.csv", "--map", "map.json"]
    program = "import sys; from r2com.config.cli import main; sys.exit(main())"
    running = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env=environment(home),
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while count(home) < 20 and running.poll() is None:
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    before = count(home)

    done = r2com(home, *words, "--json")

    assert 0 < before < COUNT
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"] == {"taken": COUNT}
    assert "Going on after row" in done.stderr
    assert count(home) == COUNT
    assert count(home, "SELECT count(DISTINCT number) FROM imports_row") == COUNT
    assert count(home, "SELECT count(*) FROM imports_row") == COUNT
    assert count(home, "SELECT count(*) FROM people_person") == COUNT


def test_a_dry_run_says_everything_and_writes_nothing(home, today):
    write(home, "other.csv", today, count=3, begin=1000)
    before = [count(home), count(home, "SELECT count(*) FROM audit_event")]

    said = r2com(home, "cases", "import", "other.csv", "--map", "map.json", "--dry-run")

    after = [count(home), count(home, "SELECT count(*) FROM audit_event")]
    assert said.returncode == 0, said.stderr
    assert "Nothing was written" in said.stdout
    assert "Taken: 3" in said.stdout
    assert "Column never recorded here, and not taken: Nacionalidade" in said.stdout
    assert before == after


def test_a_list_is_undone_from_the_command_line(home, today):
    write(home, "wrong.csv", today, count=3, begin=2000)
    done = json.loads(r2com(home, "cases", "import", "wrong.csv", "--map", "map.json", "--json").stdout)
    with_them = count(home)

    asked = r2com(home, "cases", "undo-import", done["import"], "--by", BY)
    still = count(home)
    undone = r2com(home, "cases", "undo-import", done["import"], "--by", BY, "--yes")

    assert "3 cases would be deleted." in asked.stdout
    assert still == with_them
    assert "3 cases were deleted." in undone.stdout, undone.stderr
    assert count(home) == with_them - 3


def test_what_is_wrong_is_said_by_row_and_column_and_never_by_its_words(home, today):
    write(home, "odd.csv", today, count=1, begin=3000)
    changed = lists.row(3001, today=today, **{"Data nasc.": "soonish"})
    with (home / "odd.csv").open("a", encoding="utf-8") as file:
        file.write(";".join(changed) + "\n")

    said = r2com(home, "cases", "import", "odd.csv", "--map", "map.json", "--dry-run")

    assert said.returncode == 1
    assert "Row 3, Data nasc.: Unreadable. Not a day in the order you said." in said.stdout
    assert "quill" not in said.stdout + said.stderr
    assert "soonish" not in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["cases", "import", "nowhere.csv", "--map", "map.json"], "nowhere.csv"),
        (["cases", "import", "long.csv", "--map", "long.csv"], "not JSON"),
        (["cases", "import", "long.csv", "--map", "map.json", "--by", "ada@example.org"], "supervises"),
        (["cases", "undo-import", "x", "--by", BY], "no number"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home, today, words, sentence):
    write(home, "long.csv", today)

    said = r2com(home, *words)

    assert said.returncode == 1
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr
