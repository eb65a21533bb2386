"""The register of requirements is whole, and what it calls shown is shown."""

import re

import pytest

from tests.asvs import NOT_OURS, NOT_YET, OPERATOR, ROOT, SHOWN, register

# How many there are in version 5.0.0; of level 3 those that we took on.
HOW_MANY = {"1": 70, "2": 183, "3": 59}


def test_each_requirement_stands_there_once_and_none_is_missing():
    lines = register()

    assert len({line.id for line in lines}) == len(lines)
    assert {level: sum(line.level == level for line in lines) for level in HOW_MANY} == HOW_MANY
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", line.id) for line in lines)


@pytest.mark.parametrize("line", [line for line in register() if line.shown_by], ids=lambda line: line.id)
def test_the_test_that_shows_it_exists(line):
    path, _, name = line.shown_by.partition("::")

    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_each_state_says_what_it_has_to():
    for line in register():
        assert (line.state == SHOWN) == bool(line.shown_by), line
        assert (line.state == NOT_OURS) == (line.applies == "no"), line
        assert line.state in (SHOWN, NOT_YET) or line.note, line
        assert line.state in (SHOWN, NOT_YET, OPERATOR, NOT_OURS), line


@pytest.mark.parametrize("page", ["SECURITY.md", "THREAT_MODEL.md"])
def test_the_tests_that_security_speaks_of_exist(page):
    named = re.findall(
        r"`((?:unit|integration|properties|e2e|conventions)/\w+\.py)`", (ROOT / page).read_text()
    )

    assert len(named) > 10
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
