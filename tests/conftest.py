"""The cast: a small agency in which permission tests read as a story."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from r2com.access.roles import Role
from r2com.vault import blind, keyring, root

from . import emptying, factories, postgresql

# How long something takes depends on the machine; no test asserts it.
hypothesis.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("tests")


def pytest_collection_modifyitems(items):
    """Every test that touches rows touches the keyring, too."""
    for item in items:
        if "/unit/" not in item.path.as_posix() and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "keyring"]))


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory):
    """A root key of this test run's own."""
    settings.KEYS = tmp_path_factory.mktemp("keys")
    root.make()
    root._cipher.cache_clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test databases. On PostgreSQL they are used by a role that owns nothing, as in real life."""
    with django_db_blocker.unblock():
        for alias in ("default", "keyring"):
            emptying.let_owner_empty(alias)
        with postgresql.as_application():
            yield


@pytest.fixture(autouse=True)
def no_kept_keys():
    """What one test unwrapped, the next does not find."""
    keyring.forget()
    blind.forget()


@pytest.fixture
def now():
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def organisation(db, now):
    return factories.organisation(at=now - timedelta(days=30))


@pytest.fixture
def authority(organisation, now):
    """The agency may keep what belongs to an offence, and what a court asks because of it."""
    return factories.may_keep_offences(organisation, at=now - timedelta(days=30))


@pytest.fixture
def team(organisation, now):
    return factories.team(organisation, "Harbour team", at=now - timedelta(days=30))


@pytest.fixture
def practitioner(team, now):
    return factories.user("Ines Lindqvarn", Role.PRACTITIONER, team, at=now - timedelta(days=20))


@pytest.fixture
def colleague(team, now):
    """Works in the same team, but not in this case."""
    return factories.user("Bram Oosterlicht", Role.PRACTITIONER, team, at=now - timedelta(days=20))


@pytest.fixture
def supervisor(team, now):
    return factories.user("Rut Halvarsen", Role.SUPERVISOR, team, at=now - timedelta(days=20))


@pytest.fixture
def mentor(team, now):
    return factories.user("Rafe Tollgate", Role.MENTOR, team, at=now - timedelta(days=20))


@pytest.fixture
def administrator(team, now):
    return factories.user("Ada Quillfeather", Role.ADMINISTRATOR, team, at=now - timedelta(days=20))


@pytest.fixture
def stranger(db, now):
    """Works for another organisation."""
    other = factories.organisation("Elsewhere House", at=now - timedelta(days=30))
    team = factories.team(other, "Other team", at=now - timedelta(days=30))
    return factories.user("Odd Stranger", Role.PRACTITIONER, team, at=now - timedelta(days=20))


@pytest.fixture
def case(practitioner, team, now):
    """Milo's case, opened by the practitioner a week ago, two weeks after release."""
    at = now - timedelta(days=7)
    return factories.case(
        team, by=practitioner, name="Milo Fernweh", release_on=at.date() - timedelta(days=14), at=at
    )


@pytest.fixture
def person(case):
    return case.person


@pytest.fixture
def published(db, now):
    return factories.published(at=now - timedelta(days=30))


@pytest.fixture
def sign_in(client):
    """Sign somebody in with both factors behind them."""

    def signed_in(user):
        return factories.sign_in(client, user)

    return signed_in


TRAIL = "audit_"
NOT_COUNTED = (
    "SAVEPOINT",
    "RELEASE",
    "BEGIN",
    "COMMIT",
    TRAIL,
    'FROM "django_session"',
    'FROM "accounts_user" WHERE',
    'SELECT "organisations_membership"',
    '"accounts_session"',
    'UPDATE "django_session"',
)


@pytest.fixture
def count_queries():
    """Queries of a page, without those for transaction, session, user, membership and trail."""

    @contextmanager
    def counting():
        keyring.forget()
        with (
            CaptureQueriesContext(connections["default"]) as main,
            CaptureQueriesContext(connections["keyring"]) as keys,
        ):
            counted = SimpleNamespace(asked=[])
            yield counted
        asked = [query["sql"] for query in [*main.captured_queries, *keys.captured_queries]]
        counted.asked = [
            re.sub(r"'[^']*'|\d+", "?", sql)[:160] for sql in asked if not any(n in sql for n in NOT_COUNTED)
        ]

    return counting
