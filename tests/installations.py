"""Installations in folders of their own, and the command in a process of its own."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import r2com as r2com_package

PASSWORD = "a plain sentence 7"
SETTINGS = ("R2COM_", "DATABASE_", "KEYRING_", "DJANGO_")
INIT = {
    "organisation": "Lantern Association",
    "neutral-name": "Lantern",
    "country": "pt",
    "language": "en",
    "admin-email": "ada@example.org",
    "admin-name": "Ada Quillfeather",
}


def r2com(home, *words, **settings):
    """Run the command on the folders `data` and `keys` in `home`."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from r2com.config.cli import main; sys.exit(main())", *words],
        capture_output=True,
        text=True,
        env={**environment(home), **settings},
        cwd=home,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    source = str(Path(r2com_package.__file__).parent.parent)
    return {**kept, "R2COM_DATA": f"{home}/data", "R2COM_KEYS": f"{home}/keys", "PYTHONPATH": source}


def init(home, password=PASSWORD, **changed):
    (home / "password").write_text(f"{password}\n", encoding="utf-8")
    flags = [f"--{name}={value}" for name, value in {**INIT, **changed}.items() if value]
    return r2com(home, "init", *flags, "--password-file", "password")


def rows(home, question, database="data/r2com.db"):
    connected = sqlite3.connect(home / database)
    try:
        found = connected.execute(question).fetchall()
        connected.commit()
    finally:
        connected.close()
    return found
