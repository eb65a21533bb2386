"""The pages in `docs/reference/` that are written from the source: settings, commands, roles, events, data.

`python -m tests.references --write` writes them anew; a test compares them with the source.
"""

import argparse
import os
import sys
from pathlib import Path

import django

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
WRITTEN = "*Written from the source by `make docs`; do not edit here.*"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "settings.md": settings(),
        "commands.md": commands(),
        "roles.md": roles(),
        "events.md": events(),
        "personal-data.md": personal_data(),
    }


def settings() -> str:
    from r2com.config.env import SETTINGS

    rows = [
        [f"`{one.name}`", one.meaning, f"`{one.default}`" if one.default else ""] for one in SETTINGS.values()
    ]
    said = "Each is read from the environment, or from the file that `NAME_FILE` points to."
    return page("Settings", said, table(["Setting", "What it says", "When not given"], rows))


def commands() -> str:
    """The command line, as the command says it itself."""
    from r2com.config.cli import parser

    rows = [
        [f"`{name}`", about, ", ".join(f"`{word}`" for word in words)]
        for name, about, words in spoken(parser())
    ]
    said = "Everything is a verb of `r2com`. `r2com COMMAND --help` says more."
    return page("Commands", said, table(["Command", "What it does", "Words it takes"], rows))


def spoken(parser: argparse.ArgumentParser, before: str = "r2com"):
    """Every command as (its words, its help, its arguments), the smallest ones only."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                inner = list(spoken(command, f"{before} {name}"))
                yield from inner or [(f"{before} {name}", about.get(name, ""), _arguments(command))]


def _arguments(command: argparse.ArgumentParser) -> list[str]:
    shown = [action for action in command._actions if action.dest != "help"]
    return [
        max(action.option_strings, key=len, default=str(action.metavar or action.dest)) for action in shown
    ]


def roles() -> str:
    from r2com.access.roles import ROLES, May, Role

    rows = [
        [Role(role).label, about.sentence, "; ".join(w.value for w in May if w in about.may)]
        for role, about in ROLES.items()
    ]
    said = (
        "A role says what somebody may do in principle. To see a record one needs a place in the case, too."
    )
    return page("Roles", said, table(["Role", "In a sentence", "May"], rows))


def events() -> str:
    from tests.conventions.events import recorded

    rows = [[f"`{name}`", told, ", ".join(f"`{fact}`" for fact in facts)] for name, told, facts in recorded()]
    said = (
        "What the trail holds. Every event also says when, by whom, in which case and about what. "
        "Facts are identifiers and words from fixed lists; what somebody typed is never among them."
    )
    return page("Events", said, table(["Event", "What happened", "Facts"], rows))


def personal_data() -> str:
    from tests.conventions.personal import personal_models

    said = (
        "What we hold about people, model by model: its kinds of data as in the lawful-basis register, "
        "how long it is kept, and how it appears when somebody asks to see everything about them. "
        "*Sealed* columns are encrypted under a key of the person, case or user; all others are readable "
        "in the database."
    )
    return page("Personal data", said, "\n".join(map(_described, personal_models())))


def _described(model) -> str:
    personal = model.personal
    rows = [
        [f"`{field.name}`", "sealed" if _is_sealed(field) else "clear", personal.clear.get(field.name, "")]
        for field in _columns(model)
    ]
    about = [
        f"## {model._meta.label}\n",
        " ".join(model.__doc__.split()) + "\n",
        f"- **Holds:** {', '.join(personal.holds)}",
        f"- **Kept:** {personal.kept}",
        f"- **When somebody asks:** {personal.shown}\n",
    ]
    return "\n".join(about) + "\n" + table(["Column", "", "Why it is readable"], rows)


def _columns(model):
    return [field for field in model._meta.fields if not field.primary_key]


def _is_sealed(field) -> bool:
    from r2com.vault.fields import SealedText

    return isinstance(field, SealedText)


def page(title: str, said: str, content: str) -> str:
    return f"# {title}\n\n{said}\n\n{WRITTEN}\n\n{content}"


def table(head: list[str], rows: list[list]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("Say: python -m tests.references --write")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    write()
