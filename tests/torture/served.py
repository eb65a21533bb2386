"""An invented installation that is served in processes of its own, so that they can be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests import installations, upgrades
from tests.installations import COMMAND, ROOT, environment

PATIENCE = 60
WRITERS = ["ines@lantern.example", "rut@lantern.example", "bram@lantern.example"]


class Served:
    """`r2com run` over the invented people of an earlier version, brought up to this one."""

    writers = WRITERS

    def __init__(self, home: Path):
        self.home, self.processes = home, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.begin()

    def begin(self) -> None:
        upgrades.lay_out(upgrades.EARLIER[-1], self.home)
        self.environment = environment(self.home) | {"R2COM_DEMO": "1"}
        self.run("upgrade")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        return self._done([*COMMAND, *words], self.environment, self.home)

    def part(self, module: str, *words: str) -> str:
        """Run one of the modules here on this installation; gives what it says."""
        said = self.environment | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        return self._done([sys.executable, "-m", f"tests.torture.{module}", *words], said, ROOT)

    def _done(self, words: list[str], said: dict, folder: Path) -> str:
        done = subprocess.run(words, env=said, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{words[-1]}: {done.stderr[-2000:]}")
        return done.stdout

    def desks(self) -> list[dict]:
        """Where each of some writers may save a form: cookies, address, and the key of its draft."""
        return json.loads(self.part("desks", *self.writers))

    def ask(self, question: str) -> list[tuple]:
        """Read the rows behind the application's back."""
        return installations.rows(self.home, question)

    def start(self) -> None:
        self.processes = [self.begin_process("run", "--port", str(self.port))]
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.processes[0].poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.home / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def begin_process(self, *words: str) -> subprocess.Popen:
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, *words],
                env=self.environment,
                cwd=self.home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the server and its workers at once: nothing is said goodbye to."""
        for process in self.processes:
            end(process)

    @contextmanager
    def at_work(self) -> Iterator["Served"]:
        self.start()
        try:
            yield self
        finally:
            self.kill()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


class OnServer(Served):
    """A real installation on PostgreSQL, with workers and people invented for it."""

    writers = ("ines.lindqvarn@example.org", "rut.halvarsen@example.org", "bram.oosterlicht@example.org")

    def __init__(self, home: Path, said: dict[str, str]):
        self.environment = said
        super().__init__(home)

    def begin(self) -> None:
        begun = installations.begin(self.environment, self.home)
        if begun.returncode:
            raise RuntimeError(begun.stderr[-2000:])
        self.part("cast")

    def ask(self, question: str) -> list[tuple]:
        import psycopg

        with closing(psycopg.connect(self.environment["DATABASE_OWNER_URL"])) as owner:
            return owner.execute(question).fetchall()


def end(process: subprocess.Popen) -> None:
    """End a process of ours and all that it started, by the group that it leads."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
