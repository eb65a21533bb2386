"""Two agencies, made once for everything here."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories

from .sending import taken_back
from .world import World


@pytest.fixture(scope="package")
def worlds(keys, django_db_setup, django_db_blocker):
    """Our agency and a foreign one, made once and taken back at the end."""
    now = datetime.now(UTC).replace(microsecond=0)
    with django_db_blocker.unblock(), taken_back():
        factories.published(at=now - timedelta(days=365))
        yield World("Lantern", at=now), World("Kestrelwood", at=now)


@pytest.fixture
def ours(worlds):
    return worlds[0]


@pytest.fixture
def foreign(worlds):
    return worlds[1]
