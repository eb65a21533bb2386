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
        "api.md": api(),
        "asvs.md": requirements(),
    }


def requirements() -> str:
    """How many requirements of the ASVS are shown by a test, and how many are not yet."""
    from tests.asvs import STATES, counted

    said = (
        "OWASP ASVS 5.0.0: every requirement of levels 1 and 2, and 59 of level 3. Each line of "
        "[asvs.csv](asvs.csv) names the test that shows it, or says “not yet”. The subjects are in our own "
        "words; what counts is the standard. A test that shows a requirement is no audit of it: nobody from "
        "outside has checked this register."
    )
    return page("Security requirements", said, table(["Level", *STATES], counted()))


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


API = """\
A program asks in the name of one person, with a token: `Authorization: Bearer r2com_…`. It sees and does
what that person may, with their role and their cases today, and every reading and writing stands on the
trail under their name. How one makes a token: [use the API](../how-to/use-the-api.md). The description for
machines is at `/api/v1/openapi.json`, without a token. Everything is JSON, in both directions.

**Tokens** have scopes, work for 90 days at most, and are kept as a hash. They wait while their bearer has no
second factor or no place in the agency, and are ended on the account page or by an administrator.

**Pages.** A list answers `{"rows": […], "next": "…"}`. Ask again with `?after=` and what `next` says, until
it is null; `limit` is 1 to 100. Rows come in the order in which they were made.

**Writing twice.** Send `Idempotency-Key: ` and any text of your own. The same key with the same content is
done once within a day and answers the same; with other content it is refused.

**Two versions.** Amending a note names the version it stands on as `base`. When somebody was quicker, the
answer is 409 with `yours` and `theirs`, and nothing was overwritten.

**Words, not numbers.** Judgements are words of a published instrument. It is independent, not validated, and
does not predict. There is nothing to sort people by, on purpose.

**When it says no** it answers `application/problem+json` (RFC 9457) with a plain sentence in `detail`, in the
language of `Accept-Language`:

| Status | `type` | What it means |
| --- | --- | --- |
| 400, 413, 415 | `unreadable`, `too-large`, `not-json` | The body cannot be read. |
| 401 | `no-token` | No token, or one that does not work (any more). |
| 403 | `not-this-token` | The token has another scope. |
| 404 | `not-found` | It does not exist, or not for this person. |
| 405 | `wrong-method` | See `Allow`. |
| 409 | `refused`, `changed` | A rule of the work says no, or there are two versions. |
| 422 | `invalid`, `key-used-before` | `fields` names what does not fit, and never repeats it. |
| 429 | `too-often` | More than 240 requests a minute, or 30 with a token that does not work. |

```
$ curl -H "Authorization: Bearer $TOKEN" https://lantern.example/api/v1/cases?limit=1
{"rows": [{"id": "0190…", "reference": "KW-9696", "phase": "settling", …}], "next": "0190…"}
$ curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -H "Idempotency-Key: 7f3" \\
    -d '{"words": "Ring the office", "due": "2026-12-01"}' https://lantern.example/api/v1/cases/KW-9696/tasks
{"id": "0190…"}
```
"""


def api() -> str:
    from r2com.api.description import api as described

    known = described.get_openapi_schema()["paths"]
    scopes = {
        described.get_openapi_operation_id(operation): getattr(operation.view_func, "scope", "any")
        for router in described._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    }
    rows = [
        [f"`{method.upper()} {path}`", one.get("description", ""), f"`{scopes[one['operationId']]}`"]
        for path, methods in known.items()
        for method, one in methods.items()
    ]
    return page("API", API.strip(), table(["Address", "What it does", "Scope"], rows))


def _described(model) -> str:
    from tests.conventions.personal import classified

    personal = model.personal
    rows = [
        [f"`{field.name}`", classified(field), personal.clear.get(field.name, "")]
        for field in _columns(model)
    ]
    about = [
        f"## {model._meta.label}\n",
        " ".join(model.__doc__.split()) + "\n",
        f"- **Holds:** {', '.join(personal.holds)}",
        f"- **Kept:** {personal.kept}",
        f"- **When somebody asks:** {personal.shown}\n",
    ]
    return "\n".join(about) + "\n" + table(["Column", "What it holds", "Why it is readable"], rows)


def _columns(model):
    return [field for field in model._meta.fields if not field.primary_key]


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
