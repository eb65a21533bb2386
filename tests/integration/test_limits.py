"""Limits on guessing hold across processes, and passwords are treated as they should be."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from r2com.access.roles import Role
from r2com.accounts import passwords, sessions
from tests import factories

GUESS = """
import django
django.setup()
from allauth.core import context, ratelimit
from django.core.management import call_command
from django.test import RequestFactory
call_command("createcachetable", verbosity=0)
request = RequestFactory().post("/sign-in/")
with context.request_context(request):
    found = [bool(ratelimit.consume(request, action="login_failed", key="somebody")) for _ in range(3)]
print(sum(found))
"""


def test_two_processes_count_guesses_together(tmp_path):
    (tmp_path / "data" / "static").mkdir(parents=True)
    folders = {"R2COM_DATA": str(tmp_path / "data"), "R2COM_KEYS": str(tmp_path / "keys")}
    kind = {"R2COM_INSECURE": "1", "DJANGO_SETTINGS_MODULE": "r2com.config.settings"}
    around = {name: value for name, value in os.environ.items() if not name.startswith(("R2COM", "DATABASE"))}
    around |= {"PYTHONPATH": os.pathsep.join(sys.path), **folders, **kind}

    allowed = [
        int(subprocess.run([sys.executable, "-c", GUESS], env=around, capture_output=True, check=True).stdout)
        for _ in range(2)
    ]

    assert allowed == [3, 2]


@pytest.fixture
def worker(team, now):
    cache.clear()
    return factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)


def sent(client, email, password):
    return client.post("/sign-in/", {"login": email, "password": password})


@pytest.mark.parametrize("email", ["wanda.ferrow@example.org", "nobody@example.org"])
def test_known_and_unknown_addresses_cost_one_hash_each(client, worker, monkeypatch, email):
    worked = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *given: worked.append(1) or encode(*given))

    answer = sent(client, email, "not the password")

    assert worked == [1]
    assert "Email and password do not match an account." in answer.text


def test_a_demonstrations_password_is_no_way_in(client, worker):
    assert "do not match" in sent(client, worker.email, "four calm words here").text


# Passwords


@pytest.mark.parametrize(
    "password", ["seven plain words", "dezanove-palavras-á", "x7" * 64, "        spaces stay "]
)
def test_any_kind_of_sign_and_any_length_is_taken(client, worker, password):
    validate_password(password, worker)
    factories.with_password(worker, password)

    assert sent(client, worker.email, password).url == "/"


@pytest.mark.parametrize("password", ["short 8", "password123", "wanda.ferrow", "1234567890"])
def test_short_common_and_own_words_are_not_taken(worker, password):
    with pytest.raises(ValidationError):
        validate_password(password, worker)


def test_a_password_is_checked_exactly_as_it_was_typed(client, worker):
    factories.with_password(worker, "Calm Words Here ")

    for other in ("calm words here ", "Calm Words Here", "Calm Words Here  "):
        assert "do not match" in sent(Client(), worker.email, other).text


def test_password_fields_hide_what_is_typed_and_let_managers_fill_them(client, db):
    field = client.get("/sign-in/").text.partition('name="password"')
    around = field[0].rpartition("<")[2] + field[2].partition(">")[0]

    assert 'type="password"' in around
    assert 'autocomplete="current-password"' in around
    assert "onpaste" not in around


def test_passwords_are_hashed_slowly_and_in_memory():
    assert (passwords.Argon2.algorithm, passwords.Argon2.time_cost) == ("argon2", 3)
    assert passwords.Argon2.memory_cost >= 19 * 1024


# What cannot be guessed, and what is not told


def test_a_session_key_has_more_than_128_bits():
    keys = {sessions.SessionStore()._get_new_session_key() for _ in range(50)}

    assert len(keys) == 50
    assert all(len(key) == 32 and key.isalnum() for key in keys)


def test_no_debug_mode_and_no_version_is_told(client, db):
    answer = client.get("/nothing/")

    assert django_settings.DEBUG is False
    assert "Server" not in answer
    assert "X-Powered-By" not in answer
    assert "Django" not in answer.text
