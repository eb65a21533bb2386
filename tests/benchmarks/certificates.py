"""Issuing and checking certificates: how many in a second of one core, rules and lists included."""

import platform
from dataclasses import replace
from statistics import median
from time import process_time
from uuid import UUID

from r2com.core.credentials import Verdict, credential, issue, verify
from tests.unit.credential_sample import GIVEN, KEY, NOW, Lookup, house

LIMIT = 200
TURNS, EACH = 7, 150
SECTION = """## Certificates

Measured in one process ({machine}, Python {python}), by the time of the processor: what else runs does
not count: certificates with holder, achievement, both lists and validity, each another one. Issuing is
building, the rules of shape, the canonical form and the signature; checking is all six checks with both lists
read. Medians of {turns} turns; wanted at least {limit} issued in a second of one core.

| What | In a second of one core | Wanted at least |
|---|---|---|
| Issue | {issued:.0f} | {limit} |
| Check | {checked:.0f} | – |
"""


def measure() -> dict[str, float]:
    """How many are issued and checked in a second of one core."""
    sources, number = Lookup(), iter(range(10**9))

    def one():
        given = replace(GIVEN, id=UUID(int=next(number)).urn)
        return issue(credential(given, house()), private=KEY, at=NOW)

    ready = one()

    def look():
        assert verify(ready, at=NOW, sources=sources).verdict == Verdict.VALID

    return {"issued": _in_a_second(one), "checked": _in_a_second(look)}


def _in_a_second(work) -> float:
    work()
    return median(_rate(work) for _ in range(TURNS))


def _rate(work) -> float:
    began = process_time()
    for _ in range(EACH):
        work()
    return EACH / (process_time() - began)


def main() -> None:
    about = {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "turns": TURNS,
        "limit": LIMIT,
    }
    print(SECTION.format(**about, **measure()))  # noqa: T201


if __name__ == "__main__":
    main()
