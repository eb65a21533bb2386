"""The cast: a small agency in which permission tests read as a story."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from r2com.access.roles import Role
from r2com.vault import blind, keyring, root

from . import factories


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
    return factories.case(team, by=practitioner, name="Milo Fernweh", release_on=at.date() - timedelta(days=14), at=at)


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
