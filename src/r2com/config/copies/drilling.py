"""The drill: bring copies back in a place that is thrown away, and look whether one could live there.

A copy that was never brought back is not a copy.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg
from django.conf import settings

from r2com.config import env
from r2com.core.refusals import Refused

from . import archive, look, servers, taking
from .archive import DATA, KEYS
from .tables import Tell, nobody

COMMAND = [sys.executable, "-c", "import sys; from r2com.config.cli import main; sys.exit(main())"]
ADDRESS = {DATA: "DATABASE_URL", KEYS: "KEYRING_URL"}
OWNERS = {DATA: "DATABASE_OWNER_URL", KEYS: "KEYRING_OWNER_URL"}


def drill(given: dict[str, Path], *, sealed: int, at: datetime, tell: Tell = nobody) -> dict:
    """Try the copies in `given` (data, keys), or fresh ones. What is wrong stands under `wrong`."""
    began = time.monotonic()
    with ExitStack() as stack:
        rooms = {holds: stack.enter_context(_room(folder)) for holds, folder in _homes().items()}
        copies = given or {holds: _fresh(holds, rooms[holds], at, tell) for holds in (DATA, KEYS)}
        taken = time.monotonic()
        environment = _environment(copies, rooms, stack)
        for holds in (DATA, KEYS):
            tell(f"Bringing the {holds} back.")
            _run(environment, "restore", str(copies[holds]), "--keep-sessions")
        found = json.loads(
            _run(environment, "drill", "--here", "--json", f"--sealed={sealed}", may_fail=True)
        )
        said = {holds: archive.manifest(path) for holds, path in copies.items()}
    if found["opened"] == 0 and _holds_rows(said[DATA]):
        found["wrong"].append("Not one sealed field was there to be opened.")
    return {
        "made_at": {holds: one.made_at for holds, one in said.items()},
        "tables": {holds: len(one.tables) for holds, one in said.items()},
        "rows": {holds: sum(table["rows"] for table in one.tables.values()) for holds, one in said.items()},
        "seconds": {"copied": round(taken - began, 1), "restored": round(time.monotonic() - taken, 1)},
        **found,
    }


@contextmanager
def brought_back(copies: dict[str, Path]) -> Iterator[Callable[..., dict]]:
    """Both copies in a place that is thrown away. Gives what runs a command there and reads its answer."""
    with ExitStack() as stack:
        rooms = {holds: stack.enter_context(_room(folder)) for holds, folder in _homes().items()}
        environment = _environment(copies, rooms, stack)
        for holds in (DATA, KEYS):
            _run(environment, "restore", str(copies[holds]), "--keep-sessions")

        def there(*words: str) -> dict:
            said = _run(environment, *words, may_fail=True)
            return json.loads(said) if "--json" in words else {}

        yield there


def here(sealed: int) -> dict:
    """The same look at this installation itself, without any copy."""
    return look.look(sealed)


def _holds_rows(said: archive.Manifest) -> bool:
    return said.tables.get("people_person", {}).get("rows", 0) > 0


def _homes() -> dict[str, Path]:
    return {DATA: settings.DATA, KEYS: settings.KEYS}


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """A private folder that goes away again, beside what it is a copy of: data with data, keys with keys."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="drill-") as room:
        yield Path(room)


def _fresh(holds: str, room: Path, at: datetime, tell: Tell) -> Path:
    tell(f"Copying the {holds}.")
    taking.take(room / "copy.tar", holds=holds, at=at, tell=tell)
    return room / "copy.tar"


def _environment(copies: dict[str, Path], rooms: dict[str, Path], stack: ExitStack) -> dict[str, str]:
    """Settings that lead to the throw-away place, and nowhere else."""
    said = {"R2COM_DATA": str(rooms[DATA] / "home"), "R2COM_KEYS": str(rooms[KEYS] / "home")}
    for holds, path in copies.items():
        url = ""
        if archive.manifest(path).database == "postgresql":
            url = stack.enter_context(_database(servers.given(taking.ALIAS[holds])))
        said |= {ADDRESS[holds]: url, OWNERS[holds]: ""}
    said["R2COM_WITNESS"] = ""  # the witness speaks of today, a copy of its own day
    return env.passed_on(said)


@contextmanager
def _database(place: dict) -> Iterator[str]:
    """An empty database beside the real one, which goes away again. Its owner needs the right to make one."""
    name = f"drill_{uuid4().hex[:12]}"
    with servers.connect(place) as connection:
        connection.autocommit = True
        try:
            connection.execute(f"CREATE DATABASE {name}")
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                f"The role {place['USER']} may not make a database to try the copy in. Let it: "
                f"ALTER ROLE {place['USER']} CREATEDB."
            ) from None
        try:
            yield _url({**place, "NAME": name})
        finally:
            _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Away with it. Asked plainly first: force is refused while an autovacuum works in it."""
    try:
        connection.execute(f"DROP DATABASE {name}")
    except psycopg.errors.ObjectInUse:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _url(place: dict) -> str:
    user = quote(place["USER"], safe="") + (
        f":{quote(place['PASSWORD'], safe='')}" if place["PASSWORD"] else ""
    )
    host, port = place["HOST"], f":{place['PORT']}" if place["PORT"] else ""
    if host.startswith("/"):
        return f"postgresql://{user}@{port}/{place['NAME']}?{urlencode({'host': host})}"
    return f"postgresql://{user}@{host}{port}/{place['NAME']}"


def _run(environment: dict[str, str], *words: str, may_fail: bool = False) -> str:
    """One command of ours on the throw-away place. Raises Refused with what it complained about."""
    done = subprocess.run(  # noqa: S603 (our own command, no shell)
        [*COMMAND, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode and not (may_fail and done.stdout):
        raise Refused(f"In the place where it was tried: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
