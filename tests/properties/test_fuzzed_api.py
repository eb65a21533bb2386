"""Whatever is sent to the API, it answers as it says it does, and tells nothing of the inside."""

import json
from collections import Counter

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from r2com.api import actions
from r2com.api.models import Scope
from r2com.api.tokens import RATES

from . import fuzzing

SENT: Counter = Counter()


@pytest.fixture(autouse=True)
def one_connection():
    """As in the test client, the end of a request does not close the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(ours, monkeypatch):
    for name, rate in RATES.items():
        monkeypatch.setitem(RATES, name, f"1000000{rate[rate.index('/') :]}")
    given = {"purpose": "x", "scopes": list(Scope.values), "days": 30}
    at = timezone.now()
    _, secret = actions.make_token(ours.organisation, **given, by=ours.practitioner, at=at)
    return {"Authorization": f"Bearer {secret}"}


def rows(world, address: str) -> dict[str, str]:
    """A row of ours for each gap in an address."""
    kind = address.split("/")[3]
    found = {
        "tasks": world.task,
        "plans": world.plan,
        "steps": world.step,
        "assessments": world.assessment,
        "contacts": world.contact,
    }
    pk = str(found.get(kind, world.case).pk)
    return {"reference": world.case.reference, "pk": pk, "item_id": "A1"}


def test_the_api_withstands_what_nobody_would_think_of(ours, headers):
    every = fuzzing.operations()
    times = -(-fuzzing.wanted() // len(every))

    for operation in every:
        SENT.update(fuzzing.fuzz(operation, times=times, rows=rows(ours, operation.path), headers=headers))

    print("requests by status:", json.dumps(SENT))  # noqa: T201
    assert SENT.total() >= fuzzing.wanted()
    assert SENT[200] + SENT[201] > 0
    assert not any(status >= 500 for status in SENT)
