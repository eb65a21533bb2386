"""Does a stretch of work on the installation of this environment, and tells each statement that was written.

What the product sends to SQLite is heard at SQLite itself, with its values put in. Reading is left out.
`python -m tests.torture.recorded FILE TIMES EMAIL…` writes one list of statements for each commit.
"""

import json
import os
import sys
from pathlib import Path

READING = ("SELECT", "PRAGMA", "EXPLAIN", "--")


class Ear:
    """Hears statements, and cuts them into what was committed together."""

    def __init__(self):
        self.committed: list[list[str]] = []
        self.open: list[str] = []

    def __call__(self, statement: str) -> None:
        begins = statement.lstrip().upper()
        if begins.startswith(READING) or begins.startswith("BEGIN"):
            return
        if begins.startswith("COMMIT"):
            self.committed.append(self.open)
        if begins.startswith(("COMMIT", "ROLLBACK")) and not begins.startswith("ROLLBACK TO"):
            self.open = []
        else:
            self.open.append(statement)


def work(times: int, emails: list[str]) -> list[list[str]]:
    """Save drafts, keep tasks and open records, as people do; gives what was committed."""
    from django.db import connection
    from django.test import Client

    from r2com.accounts.models import User
    from r2com.audit import log
    from tests import factories

    from .desks import DRAFT, REFERENCE

    ear, user = Ear(), User.objects.get(email=emails[0])
    client = factories.sign_in(Client(headers={"host": "localhost"}), user)
    people = list(dict.fromkeys(REFERENCE.findall(client.get("/people/").content.decode())))
    connection.ensure_connection()
    connection.connection.set_trace_callback(ear)
    for number in range(times):
        address = f"/people/{people[number % len(people)]}/tasks/add/"
        draft = DRAFT.search(client.get(address).content.decode())[1]
        save = {"version": _stands(user, address, draft), "fields": {"words": [f"Ring {number}, then wait"]}}
        client.post(draft, json.dumps(save), content_type="application/json")
        said = {"kind": "promise", "owner": str(user.pk), "words": f"Ring {number}", "when": "week"}
        client.post(address, said)
        if number % 10 == 9:
            log.take_in()
    connection.connection.set_trace_callback(None)
    return [statements for statements in ear.committed if statements]


def _stands(user, address: str, draft: str) -> int:
    from django.core import signing

    from r2com.drafts.forms import SALT
    from r2com.drafts.models import Draft

    key = signing.loads(draft.strip("/").split("/")[-1], salt=SALT)[0]
    found = Draft.objects.filter(user=user.pk, key=key).first()
    return found.version if found else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
    import django

    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(work(int(sys.argv[2]), sys.argv[3:])), encoding="utf-8")
