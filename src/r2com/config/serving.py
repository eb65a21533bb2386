"""Serving the pages from this machine."""

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

WORKERS = 2


def serve(*, host: str, port: int) -> None:
    """Serve until somebody stops it. Two processes with one thread each suit a small machine."""
    Granian(
        "r2com.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
