"""Asks the virus scanner clamd about a file, where an installation has one (clamd(8), INSTREAM)."""

import socket

from django.conf import settings
from django.utils.translation import gettext as _

from r2com.core.refusals import Refused

PIECE = 64 * 1024
PATIENCE = 30  # seconds


class NoAnswer(Exception):
    """The scanner is named in the settings, but does not answer."""


def must_be_harmless(data: bytes) -> None:
    """Raises Refused for a file that the scanner knows, and while a scanner that is named does not answer."""
    if not settings.CLAMD:
        return
    try:
        said = _asked(data)
    except NoAnswer:
        raise Refused(
            _("The virus scanner does not answer just now. Try again later, or tell whoever runs this.")
        ) from None
    if not said.endswith(b"OK"):
        raise Refused(_("The virus scanner found something harmful in this file. It was not kept."))


def answers() -> bool:
    """Whether the scanner that is named takes a file."""
    try:
        return _asked(b"").endswith(b"OK")
    except NoAnswer:
        return False


def _asked(data: bytes) -> bytes:
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), PIECE):
                piece = data[at : at + PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            return line.recv(4096).rstrip(b"\0\n")
    except (OSError, ValueError) as fault:
        raise NoAnswer from fault


def _connected() -> socket.socket:
    """A path is a socket on this machine, anything else host:port."""
    if "/" in settings.CLAMD:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        line.connect(settings.CLAMD)
        return line
    host, _colon, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)
