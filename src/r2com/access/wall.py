"""The second wall: PostgreSQL itself shows the rows of a record only to whom a live grant lets in.

The first wall is `visible_to`. Should a page forget it, the database still knows who asks, and the policies
on its tables (policies.py) let nothing else through. Who asks is kept here, for each request by itself: a
request begins as nobody, and stands for whoever signed in as soon as that is known. What is no request (a
command, the worker, a migration) asks for the house. A connection that says nothing sees nothing. SQLite has
no such wall.
"""

from collections.abc import Iterator
from contextlib import ContextDecorator, contextmanager
from contextvars import ContextVar

SETTING = "r2com.asks"
NOBODY, HOUSE = "nobody", "house"

_asks: ContextVar[str] = ContextVar("asks", default=HOUSE)


def who_asks() -> str:
    """The identifier of a user, or one of the two words."""
    return _asks.get()


def hear(user) -> None:
    """From here on, the request asks for this user; without an account, for nobody."""
    _asks.set(str(user.pk) if user.pk else NOBODY)


@contextmanager
def asked_by(who: str) -> Iterator[None]:
    """Go on for whoever asked before."""
    before = _asks.set(who)
    try:
        yield
    finally:
        _asks.reset(before)


class for_the_house(ContextDecorator):
    """Ask for the house itself: what has to be worked out over records that whoever asks does not see.

    Around the few lines that need it, and never around what is shown. `why` is for whoever reads the code.
    """

    def __init__(self, why: str):
        self.why = why

    def _recreate_cm(self):
        return for_the_house(self.why)

    def __enter__(self) -> None:
        self.before = _asks.set(HOUSE)

    def __exit__(self, *fault: object) -> None:
        _asks.reset(self.before)
