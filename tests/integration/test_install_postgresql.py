"""A real installation on PostgreSQL, as `docs/how-to/install.md` says: four roles, two databases."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
R2COM = Path(sys.executable).with_name("r2com")
SAID = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="asks a PostgreSQL server for databases of its own"
)


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation whose roles and databases were made with the words of the page."""
    server, unique = os.environ["DATABASE_URL"], f"i{uuid4().hex[:8]}"
    statements = re.search(r"```sql\n(.*?)```", SAID, re.DOTALL)[1]
    names = dict.fromkeys(re.findall(r"\b(?:r2com_owner|keyring_owner|r2com|keyring)\b", statements))
    named = {name: f"{unique}_{name}" for name in names}
    with psycopg.connect(server, autocommit=True) as owner:
        for statement in filter(str.strip, statements.split(";")):
            owner.execute(re.sub(r"\b\w+\b", lambda word: named.get(word[0], word[0]), statement))
        yield _environment(server, named, tmp_path)
        for name in ("r2com", "keyring"):
            owner.execute(f"DROP DATABASE {named[name]} WITH (FORCE)")
        for name in names:
            owner.execute(f"DROP ROLE {named[name]}")


def _environment(server, named, folder):
    parts = urlsplit(server)

    def address(role, database):
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{named[role]}@{host}", path=f"/{named[database]}"))

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("R2COM", "DJANGO"))}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "R2COM_DATA": str(folder / "data"),
        "R2COM_KEYS": str(folder / "keys"),
        "R2COM_INSECURE": "1",
        "DATABASE_URL": address("r2com", "r2com"),
        "DATABASE_OWNER_URL": address("r2com_owner", "r2com"),
        "KEYRING_URL": address("keyring", "keyring"),
        "KEYRING_OWNER_URL": address("keyring_owner", "keyring"),
    }


def run(environment, *words):
    return subprocess.run(
        [R2COM, *words], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_begin_check_and_upgrade(installation, tmp_path):
    (tmp_path / "password").write_text("a plain sentence 77\n", encoding="utf-8")
    words = ["--organisation", "Real House", "--neutral-name", "House", "--country", "PT", "--language", "pt"]
    words += [
        "--admin-email",
        "ada@example.org",
        "--admin-name",
        "Ada",
        "--data-protection",
        "dpo@example.org",
    ]

    begun = run(installation, "init", *words, "--password-file", str(tmp_path / "password"))
    checked = run(installation, "check", "--json")
    upgraded = run(installation, "upgrade")

    assert begun.returncode == 0, begun.stderr
    assert upgraded.returncode == 0, upgraded.stderr
    found = json.loads(checked.stdout)
    assert [one for one in found["findings"] if one["severity"] == "error"] == []
    with psycopg.connect(installation["DATABASE_URL"]) as worker:
        owned = worker.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
        assert owned == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            worker.execute("DELETE FROM audit_event")
