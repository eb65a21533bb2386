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
from pathlib import Path

from tests import upgrades
from tests.installations import COMMAND, ROOT, environment

PATIENCE = 60
WRITERS = ["ines@lantern.example", "rut@lantern.example", "bram@lantern.example"]


class Served:
    """`r2com run` over the invented people of an earlier version, brought up to this one."""

    def __init__(self, home: Path):
        self.home, self.process = home, None
        upgrades.lay_out(upgrades.EARLIER[-1], home)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = environment(home) | {"R2COM_DEMO": "1"}
        self.run("upgrade")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def desks(self) -> list[dict]:
        """Where each of some writers may save a form: cookies, address, and the key of its draft."""
        said = self.environment | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        asked = [sys.executable, "-m", "tests.torture.desks", *WRITERS]
        done = subprocess.run(asked, env=said, cwd=ROOT, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def start(self) -> None:
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "run", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.home / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def kill(self) -> None:
        """End the server and its workers at once: nothing is said goodbye to."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False
