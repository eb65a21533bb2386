"""Serving the pages from this machine."""

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

WORKERS = 2


def serve(*, host: str, port: int) -> None:
    """Serve until somebody stops it. Two processes with one thread each suit a small machine.

    A connection that was opened before belongs to none of them: two that speak through one hear each
    other's answers.
    """
    connections.close_all()
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
