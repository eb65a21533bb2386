"""PostgreSQL's own programs for copies, and where each database answers."""

import subprocess
from pathlib import Path

import psycopg
from django.conf import settings

from r2com.access import wall
from r2com.config import env
from r2com.config.databases import database
from r2com.config.installation import OWNERS
from r2com.core.refusals import Refused

# A copy is made of everything, and for nobody in particular: the wall holds for the owner of the tables, too.
FOR_THE_HOUSE = f"-c {wall.SETTING}={wall.HOUSE}"


def given(alias: str) -> dict:
    """Django's settings for a database, as its owner where one is named."""
    if url := env.value(OWNERS[alias]):
        return database(url, settings.DATA)
    return settings.DATABASES[alias]


def is_postgresql(alias: str) -> bool:
    return settings.DATABASES[alias]["ENGINE"].endswith("postgresql")


def words(place: dict) -> dict[str, str]:
    """What PostgreSQL's programs read from the environment. No password stands on a command line."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    said = {name: str(place.get(key) or "") for name, key in names.items()}
    return env.passed_on({**said, "PGOPTIONS": FOR_THE_HOUSE})


def connect(place: dict) -> psycopg.Connection:
    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    said = {name: place[key] for name, key in keys.items() if place.get(key)}
    try:
        return psycopg.connect(**said, options=FOR_THE_HOUSE)
    except psycopg.OperationalError as fault:
        raise Refused(f"The database does not answer: {fault}") from fault


def program(name: str) -> str:
    folder = env.value("R2COM_POSTGRESQL_BIN")
    return str(Path(folder) / name) if folder else name


def run(name: str, *arguments: str, place: dict) -> None:
    """Run one of PostgreSQL's programs to its end. Raises Refused with its last words."""
    done = subprocess.run(  # noqa: S603 (a fixed list of programs, no shell)
        [program(name), *arguments], env=words(place), capture_output=True, text=True, check=False
    )
    must_have_worked(name, done.returncode, done.stderr)


def begin(name: str, *arguments: str, place: dict) -> subprocess.Popen:
    """Start one of them with pipes to it and from it."""
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603
        [program(name), *arguments], env=words(place), stdin=pipe, stdout=pipe, stderr=pipe
    )


def must_have_worked(name: str, code: int, said: str) -> None:
    if code:
        last = (said.strip().splitlines() or ["it said nothing"])[-1]
        raise Refused(f"{name} could not do it: {last}")
