"""How long the pages of a working day take, with ten thousand cases and with many more.

Both sizes on both databases are measured in turns in one process: signed in, through every middleware,
with the real templates. Beside each page stand the same rows asked for with the bare driver, and an
empty page of this application. Times differ between machines; look at the ratios.

`BENCH_CASES=1000000 make bench` makes a million cases first, and goes on where it was stopped;
`BENCH_FOLDER` says where they are kept.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from statistics import median
from time import perf_counter
from typing import Any

from .installations import Installation, in_postgresql, server

FEW = 10_000
MANY = int(os.environ.get("BENCH_CASES", "40000"))
ROUNDS, TIMES, WARM = 21, 10, 2
GROWS, COSTS = 1.1, 2.5
EMPTY = "/empty/"


@dataclass(frozen=True)
class Page:
    """A page as somebody opens it. `sent` is what they typed; `sought` whom they looked for before it."""

    what: str
    who: str
    path: str
    sent: dict[str, str] | None = None
    sought: str = ""

    @property
    def name(self) -> str:
        return f"{self.what}, {self.who}"


def main() -> None:
    with server() as url:
        sizes = sorted({FEW, MANY})
        places = [Installation("SQLite", cases) for cases in sizes]
        places += [in_postgresql(url, cases) for cases in sizes]
        for place in places:
            place.prepare()
        _begin(places[0])
        json.dump(measure(places), sys.stdout)


def measure(places: list[Installation]) -> list[dict]:
    """For each page and database: medians in milliseconds and the two ratios."""
    times: dict[tuple, list[float]] = defaultdict(list)
    stages = [Stage(place) for place in places]
    for _, number in product(range(ROUNDS), range(len(stages[0].pages))):
        for stage in stages:
            for what, milliseconds in stage.timed(stage.pages[number]):
                times[stage.place.vendor, stage.place.cases, what] += milliseconds
    return [row(times, stage, page) for stage in stages if stage.place.cases == MANY for page in stage.pages]


def row(times: dict, stage: "Stage", page: Page) -> dict:
    def found(cases: int, what: str) -> float:
        return median(times[stage.place.vendor, cases, what])

    here, empty, raw = (found(MANY, f"{what}{page.name}") for what in ("", "empty ", "raw "))
    return {
        "page": page.name,
        "database": stage.place.vendor,
        "cases": MANY,
        "ms": here,
        "few_ms": found(FEW, page.name),
        "empty_ms": empty,
        "raw_ms": raw,
        "grows": here / found(FEW, page.name),
        "costs": here / (raw + empty),
        "queries": len(stage.asked[page.name]),
    }


class Stage:
    """One installation with somebody signed in for each role, and what each page asks of the database."""

    def __init__(self, place: Installation):
        from r2com.config.demo.many import IN_A_TEAM

        self.place = place
        place.use()
        team = place.cases // IN_A_TEAM // 2
        self.clients = {
            "case worker": _client(f"team-{team:06d}-3@"),
            "supervisor": _client(f"team-{team:06d}-8@"),
            "mentor": _client(f"team-{team:06d}-9@"),
        }
        self.pages = list(_pages(team * IN_A_TEAM))
        for page in self.pages:
            if page.sought:
                self.clients[page.who].post("/people/", {"name": page.sought})
        self.asked = {page.name: self._asks(page) for page in self.pages}

    def timed(self, page: Page) -> Iterator[tuple[str, list[float]]]:
        """One page, with the empty page and the bare rows at the same moment, so that all bear the same."""
        self.place.use()
        yield page.name, _times(lambda: self._open(page))
        yield f"empty {page.name}", _times(lambda: self._open(Page("Empty", page.who, EMPTY)))
        yield f"raw {page.name}", _times(lambda: self._raw(page))

    def _open(self, page: Page) -> Any:
        client = self.clients[page.who]
        answer = client.post(page.path, page.sent) if page.sent else client.get(page.path)
        assert answer.status_code == 200, f"{page.name}: {answer.status_code}"
        return answer

    def _asks(self, page: Page) -> list[tuple[str, tuple]]:
        """The statements of a page, without those that every page has; the keys are at hand."""
        self._open(page)
        asked: list[tuple[str, tuple]] = []
        with _overheard(self.place, asked):
            self._open(page)
        return asked

    def _raw(self, page: Page) -> None:
        """The same rows, asked for with the bare driver; PostgreSQL plans them each time, as for us."""
        bare, again = self.place.connections["default"].connection, {}
        if self.place.vendor == "PostgreSQL":
            again = {"prepare": False}
        for sql, params in self.asked[page.name]:
            bare.execute(sql, params, **again).fetchall()


@contextmanager
def _overheard(place: Installation, asked: list) -> Iterator[None]:
    from tests.conftest import NOT_COUNTED, TRAIL

    others = [part for part in NOT_COUNTED if part != TRAIL]
    connection = place.connections["default"]

    def hear(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not any(part in sql for part in others) and sql.lstrip("(").startswith("SELECT"):
            bare = sql.replace("%s", "?").replace("%%", "%") if connection.vendor == "sqlite" else sql
            asked.append((bare, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield


def _times(work: Callable[[], Any]) -> list[float]:
    """Milliseconds, from ten in a row: on a busy machine a single one is as long as the others let it be."""
    for _ in range(WARM):
        work()
    start = perf_counter()
    for _ in range(TIMES):
        work()
    return [(perf_counter() - start) * 1000 / TIMES]


def _pages(first: int) -> Iterator[Page]:
    """What a case worker, a supervisor and a mentor open. The person has everything there is."""
    from r2com.cases.models import Case
    from r2com.config.demo.invented import reference

    def person(number: int) -> Case:
        return Case.objects.with_people().get(reference=reference(first + number))

    theirs, of_mentor = person(124), person(122)
    for who in ("case worker", "supervisor"):
        yield Page("Today", who, "/")
        yield Page("Caseload", who, "/people/")
        yield Page("Search", who, "/people/?show=found", sought=theirs.person.name)
        yield Page("Person", who, theirs.get_absolute_url())
    yield Page("Caseload, a page in the middle", "supervisor", f"/people/?after={theirs.reference}")
    yield Page("Search at the door", "case worker", "/door/", {"step": "search", "name": theirs.person.name})
    yield Page("Today", "mentor", "/")
    yield Page("Caseload", "mentor", "/people/")
    yield Page("Person", "mentor", of_mentor.get_absolute_url())


def _client(email: str) -> Any:
    from django.test import Client

    from r2com.accounts.models import User
    from tests.factories import sign_in

    return sign_in(Client(), User.objects.get(email__startswith=email))


def _begin(place: Installation) -> None:
    os.environ.update({**place.environment, "DJANGO_SETTINGS_MODULE": "r2com.config.settings"})
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = ["testserver"], "tests.benchmarks.addresses"


if __name__ == "__main__":
    main()
