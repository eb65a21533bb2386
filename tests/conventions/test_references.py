"""Every setting, command, role, event and personal model is in the reference."""

import ast

import pytest

from tests import references

from .source import modules

NAMES = ["settings.md", "commands.md", "roles.md", "events.md", "personal-data.md", "api.md", "asvs.md"]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_says_what_the_source_says(name):
    written = references.FOLDER / name

    assert written.read_text(encoding="utf-8") == references.pages()[name], "run `make docs`"


def test_every_page_is_compared():
    assert set(references.pages()) == set(NAMES)


def test_settings_are_read_in_one_place():
    """A look at the environment elsewhere would be a setting that nobody documented."""
    readers = {place for place, tree in modules().items() if any(map(is_environment, ast.walk(tree)))}

    assert readers == {"config/env.py"} | set(NAMING_DJANGOS_SETTINGS)


# These tell Django which settings file to use, and read nothing.
NAMING_DJANGOS_SETTINGS = ["config/cli.py", "config/wsgi.py"]


def is_environment(node):
    return isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
