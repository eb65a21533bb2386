"""Who is in the demonstration: the people supported, and those who can sign in."""

from typing import Any

from r2com.content import folder, read_json

from ..speech import say


def people() -> list[dict[str, Any]]:
    """Everybody who is supported, in the order of their files."""
    files = sorted(entry.name for entry in folder("demo", "people").iterdir() if entry.name.endswith(".json"))
    return [read_json("demo", "people", name) for name in files]


def list_names(args=None) -> int:
    """The invented people, one a line."""
    say(*[person["name"] for person in people()])
    return 0
