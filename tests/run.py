"""Run everything: the gates, then what touches rows on PostgreSQL, then the whole suite on SQLite.

Whatever fails stops the run, so that the last line is always the one that counts.
Words after the command go to pytest and leave out the gates: `python -m tests.run -k door`.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from . import browser, softhsm

BIN = Path(sys.executable).parent
DJANGO = [sys.executable, "-m", "django"]
GATES = [
    [BIN / "ruff", "check", "--quiet", "."],
    [BIN / "ruff", "format", "--check", "--quiet", "."],
    [BIN / "lint-imports", "--no-logo"],
    [BIN / "mypy"],
    [*DJANGO, "makemigrations", "--check", "--dry-run", "--settings", "tests.settings"],
    [*DJANGO, "check", "--fail-level", "WARNING", "--settings", "tests.settings"],
]
PYTEST = [sys.executable, "-m", "pytest", "-n", "2"]
ON_POSTGRESQL = ["tests/integration", "tests/properties"]


def main(words: list[str]) -> int:
    try:
        return _gates(words) or _postgresql(words) or _everything(words)
    except browser.NoBrowser as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 1


def _gates(words: list[str]) -> int:
    """Show the output of the first gate that says no; say nothing of the others."""
    for gate in GATES if not words else []:
        done = subprocess.run(gate, capture_output=True, text=True, check=False, env=_environment())
        if done.returncode:
            print(*map(str, gate), done.stdout, done.stderr, sep="\n")  # noqa: T201
            return done.returncode
    return 0


def _postgresql(words: list[str]) -> int:
    """The tests that touch rows, on the database in DATABASE_URL or on one of our own."""
    from .postgresql import keyring_beside, server

    given = os.environ.get("DATABASE_URL")
    with contextlib.nullcontext(given) if given else server() as url:
        keyring = os.environ.get("KEYRING_URL") or keyring_beside(url)
        found = subprocess.call(
            [*PYTEST, *ON_POSTGRESQL, *words], env=_environment(DATABASE_URL=url, KEYRING_URL=keyring)
        )
    return 0 if words and found == 5 else found


def _everything(words: list[str]) -> int:
    """Every test on SQLite, in a real browser where it needs one. Its summary is the last line."""
    softhsm.find_or_install()
    whole = [] if words else ["-p", "tests.rendered"]
    return subprocess.call(
        [*PYTEST, *whole, *words], env=_environment(R2COM_CHROMIUM=browser.find_or_install())
    )


def _environment(**more: str) -> dict[str, str]:
    """The environment without what says which database to use, unless given here."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KEYRING_URL")}
    return {**kept, "PYTHONPATH": "src", **more}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
