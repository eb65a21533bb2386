"""Eight people who write at once on PostgreSQL, with the sequencer of the trail beside them and without.

Each writer is a process of its own that promises one thing after the other in a case of its own: the rows,
the sealed words and the entry on the trail in one transaction. Both ways take turns in one run. Where no
sequencer ran, the entries that wait are given their places before the next turn, and nobody is timed then.
"""

import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median, quantiles
from time import monotonic, sleep

from .installations import Installation, in_postgresql, server

CASES = 10_000
WRITERS = 8
TURNS, SECONDS = 7, 8
EVERY = 0.1
WANTED, LATE = 0.9, 2
SECTION = """## Writing

Measured in one run ({machine}, Python {python}): {writers} processes on PostgreSQL promise one thing after
the other, with sealed words and an entry on the trail in the same transaction. In turns of {seconds} seconds,
{turns} of each, with the sequencer that gives every entry its place, and without it. Medians; wanted at least
{wanted} of the writes without it. Beside it, how long the oldest entry had waited for its place, looked at
ten times a second; wanted at most {late} seconds for 99 of 100.

| Writes a second with the sequencer | Without | Ratio | The oldest waits, in 99 of 100 looks |
|---|---|---|---|
| {with_it:,.0f} | {without:,.0f} | {ratio:.2f} | {waits:.2f} s |
"""


def measure() -> dict:
    """Writes a second both ways, their ratio, and the waiting time in seconds."""
    with server() as url, ExitStack() as held:
        place = in_postgresql(url, CASES)
        place.prepare()
        writers = [held.enter_context(_other(place, "write", str(number))) for number in range(WRITERS)]
        sequencer = held.enter_context(_other(place, "sequence"))
        done: dict[bool, list[float]] = {True: [], False: []}
        waits: list[float] = []
        for turn in range(2 * TURNS):
            with_it = turn % 2 == 0
            done[with_it].append(_turn(writers, sequencer if with_it else None, waits))
            _ask(sequencer, "rest")
            _answer(sequencer)
    found = {way: median(times) for way, times in done.items()}
    return {
        "with_it": found[True],
        "without": found[False],
        "ratio": found[True] / found[False],
        "waits": quantiles(waits, n=100)[98],
    }


def _turn(writers: list[subprocess.Popen], sequencer: subprocess.Popen | None, waits: list[float]) -> float:
    """Everybody writes for some seconds: how many writes a second that makes."""
    for one in [*writers, *([sequencer] if sequencer else [])]:
        _ask(one, "go")
    made = sum(_answer(one) for one in writers)
    if sequencer:
        waits += _answer(sequencer)
    return made / SECONDS


@contextmanager
def _other(place: Installation, *words: str) -> Iterator[subprocess.Popen]:
    """A process of its own in this installation, which has said that it is ready."""
    said = {**os.environ, **place.environment, "DJANGO_SETTINGS_MODULE": "r2com.config.settings"}
    command = [sys.executable, "-m", __spec__.name, *words]
    with subprocess.Popen(
        command, env=said, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            _answer(process)
            yield process
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def _ask(process: subprocess.Popen, word: str) -> None:
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen):
    return json.loads(process.stdout.readline())


# What the other processes do


def _write(number: int) -> None:
    """Promise one thing after the other in a case of one's own."""
    from django.utils import timezone

    from r2com.accounts.models import User
    from r2com.cases.models import Case
    from r2com.tasks import actions

    user = User.objects.get(email__startswith=f"team-{number + 1:06d}-3@")
    case = Case.objects.visible_to(user).order_by("reference").first()
    for _ in _orders():
        end, made = monotonic() + SECONDS, 0
        while monotonic() < end:
            at = timezone.now()
            actions.promise(case, words="Ring the bank", owner=user, due=at.date(), by=user, at=at)
            made += 1
        _tell(made)


def _sequence() -> None:
    """Give places as the worker does, and look how long the oldest entry waits; at rest, all of them."""
    from r2com.audit import keeping, log

    for order in _orders():
        if order == "rest":
            _tell(log.take_in())
            continue
        stop, looked = threading.Event(), []
        giving = threading.Thread(target=keeping.take_in_until, args=(stop,))
        giving.start()
        end = monotonic() + SECONDS
        while monotonic() < end:
            looked.append(_oldest())
            sleep(EVERY)
        stop.set()
        giving.join()
        _tell(looked)


def _oldest() -> float:
    """For how many seconds the oldest entry waits; entries are named in the order of time."""
    from django.utils import timezone

    from r2com.audit.models import Event, Waiting

    first = Waiting.objects.order_by("event").values("event")[:1]
    at = Event.objects.filter(pk__in=first).values_list("at", flat=True).first()
    return (timezone.now() - at).total_seconds() if at else 0.0


def _orders() -> Iterator[str]:
    _tell("ready")
    for line in sys.stdin:
        yield line.strip()


def _tell(what) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201


def section() -> str:
    said = {"writers": WRITERS, "seconds": SECONDS, "turns": TURNS, "wanted": WANTED, "late": LATE}
    return SECTION.format(machine=platform.machine(), python=platform.python_version(), **said, **measure())


def main(words: list[str]) -> None:
    if not words:
        print(section())  # noqa: T201
        return
    import django

    django.setup()
    _write(int(words[1])) if words[0] == "write" else _sequence()


if __name__ == "__main__":
    main(sys.argv[1:])
