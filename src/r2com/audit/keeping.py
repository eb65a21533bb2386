"""What the worker does for the trail: places about once a second, a signed root about twice a minute."""

import logging
import threading
from datetime import datetime

from django.db import Error, close_old_connections

from . import log, witness

EVERY_SECONDS = 1
said = logging.getLogger(__name__)


def sign(at: datetime) -> None:
    """Give places to what waits, sign the new root, and tell the witness."""
    log.take_in()
    checkpoint = log.sign(at)
    if checkpoint:
        witness.push(checkpoint)


def take_in_until(stop: threading.Event) -> None:
    """Give places to what waits, again and again. A database that is away is tried again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            close_old_connections()
            log.take_in()
        except Error as fault:
            said.warning("The trail waits for the database: %s.", type(fault).__name__)
