"""Bringing an installation to a new version, or back to where it was when something does not work."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from r2com.core.refusals import Refused
from r2com.keeping import certificates, replaying
from r2com.organisations.models import Organisation

from . import checks, installation, keys
from .copies import bringing, look, taking
from .copies.archive import DATA, KEYS
from .copies.drilling import COMMAND
from .findings import ERROR

COPIES = "copies"
PATIENCE = 60
PAGE = "/sign-in/"
BROUGHT_BACK = (
    "The upgrade did not work: {fault} Everything is as it was before it. "
    "Start the version that you had; nothing is lost."
)
LEFT = (
    "The upgrade did not work: {fault} It could not be taken back by itself: {second} "
    "The copies lie in {places}."
)
Tell = Callable[[str], object]


def upgrade(*, at: datetime, tell: Tell) -> None:
    """Copy, migrate, look, and bring the copies back when it cannot be lived in. Raises Refused."""
    wanted = installation.DEMO if settings.DEMO else installation.REAL
    installation.must_be(wanted)
    if not any(checks.waiting().values()):
        _migrate(wanted, at)
        return
    copies = _copies(at, tell)
    try:
        tell("Bringing the tables up to date.")
        _migrate(wanted, at)
        tell("Looking whether everything works.")
        must_be_well()
    except (Exception, KeyboardInterrupt) as fault:
        _bring_back(copies, fault)
    _forget_older(copies)


def _migrate(wanted: str, at: datetime) -> None:
    installation.prepare(wanted)
    keys.take_in()
    replaying.replay(certificates.known())
    if Organisation.objects.exists():
        installation.publish_ours(at=at)


def _copies(at: datetime, tell: Tell) -> dict[str, Path]:
    """Copies of the data and the keys as they are, each beside its own: data first, then keys."""
    copies = {}
    for holds, home in ((DATA, settings.DATA), (KEYS, settings.KEYS)):
        tell(f"Copying the {holds}.")
        folder = home / COPIES
        folder.mkdir(mode=0o700, exist_ok=True)
        copies[holds] = folder / f"before-upgrade-{at:%Y%m%d-%H%M%S-%f}.tar"
        taking.take(copies[holds], holds=holds, at=at)
    return copies


def _bring_back(copies: dict[str, Path], fault: BaseException) -> None:
    words = str(fault).strip().rstrip(".") + "."
    try:
        for path in copies.values():
            bringing.bring(path, replace=True, sign_out=False)
    except Exception as second:
        places = " and ".join(map(str, copies.values()))
        raise Refused(LEFT.format(fault=words, second=second, places=places)) from fault
    raise Refused(BROUGHT_BACK.format(fault=words)) from fault


def _forget_older(copies: dict[str, Path]) -> None:
    """Only the last copies stay: somebody who is deleted has to be gone from copies, too."""
    for path in copies.values():
        for older in path.parent.glob("before-upgrade-*.tar"):
            if older != path:
                older.unlink()


def must_be_well() -> None:
    """Raises Refused unless the check is content, tables answer, sealed fields open, and a page is served."""
    wrong = [one.sentence for one in checks.look() if one.severity == ERROR] or look.look()["wrong"]
    if wrong:
        raise Refused(wrong[0])
    must_serve()


def must_serve() -> None:
    """Start the server as it will run, on a port of its own, and open a page. Raises Refused."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 (our own command, no shell)
        [*COMMAND, "run", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _wait(server, port)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.communicate()


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            said = server.stderr.read().decode().strip().splitlines()
            raise Refused(f"The server does not start. {said[-1] if said else ''}")
        status = _ask(port)
        if status == 200:
            return
        if status:
            raise Refused(f"The page to sign in answers with {status}.")
        time.sleep(0.2)
    raise Refused("The server does not answer.")


def _ask(port: int) -> int:
    """The status of the page to sign in, as the proxy in front would ask for it; 0 without an answer."""
    headers = {"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PAGE}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (our own server)
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0
