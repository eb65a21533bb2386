"""A real server in processes of its own, so that a test can kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = [sys.executable, "-c", "import sys; from r2com.config.cli import main; sys.exit(main())"]
OURS = ("R2COM_", "DATABASE_", "KEYRING_", "DJANGO_")
PATIENCE = 120


class Demonstration:
    """`r2com demo` on this machine, always at the same address, over the same rows."""

    def __init__(self, folder: Path):
        self.folder, self.port, self.process = folder, _free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and come back once the sign-in page answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "demo", "--port", str(self.port)],
                env=self._environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _environment(self) -> dict:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {"R2COM_DATA": f"{self.folder}/data", "R2COM_KEYS": f"{self.folder}/keys"}
        return {**kept, **own, "PYTHONPATH": str(SOURCE)}

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
