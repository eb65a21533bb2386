"""Requests to the API that nobody would think of, made from its own description."""

import os
from collections import Counter
from functools import cache as cached

import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .sending import TRACE, taken_back

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SOME = 400


def wanted() -> int:
    """How many requests are sent: some in the suite, as many as are asked for by `make fuzz`."""
    return int(os.environ.get("FUZZED", SOME))


@cached
def application():
    return get_wsgi_application()


def from_here(environ, start):
    """The application, asked by a sender with an address."""
    return application()({"REMOTE_ADDR": "127.0.0.1", **environ}, start)


def operations() -> list:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_here)
    return [found.ok() for found in description.get_all_operations()]


def fuzz(operation, *, times: int, rows: dict[str, str], headers: dict[str, str]) -> Counter:
    """Send requests of one kind; gives how often each status was answered.

    Half of them name rows that are there, so that more is reached than the words for "nothing here".
    What was written is taken back after each.
    """
    answered: Counter = Counter()

    def once(case, is_real, has_token):
        if is_real:
            case.path_parameters = {name: rows.get(name, value) for name, value in _named(case)}
        with taken_back():
            cache.clear()
            response = case.call(headers=headers if has_token else None)
            case.validate_response(response, checks=CHECKS)
        assert not TRACE.search(response.text)
        answered[response.status_code] += 1

    chances = {
        "is_real": st.sampled_from([True, True, False]),
        "has_token": st.sampled_from([True] * 9 + [False]),
    }
    begun = 0
    while answered.total() < times:
        begun += 1
        run = settings(
            max_examples=times - answered.total(),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seed(begun)(run(given(case=operation.as_strategy(), **chances)(once)))()
    return answered


def _named(case):
    return (case.path_parameters or {}).items()
