"""Every keeper of a root key keeps the same promises: a file, a hardware module, a transit engine."""

import importlib.util
import logging
import os

import pytest
from django.conf import settings

from r2com.people.models import Person
from r2com.vault import keyring, keyservice, root
from r2com.vault.hsm import Module
from r2com.vault.keyservice import KeyRefused, KeyServiceAway
from r2com.vault.models import DataKey, Owner
from r2com.vault.transit import Transit
from tests import softhsm, transit

KEY, BOUND = bytes(range(32)), b"epoch:here:1"
KINDS = ["file", "pkcs11", "vault-transit"]


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    """One token for all tests of this file: the module reads its configuration once a process."""
    if importlib.util.find_spec("pkcs11") is None:
        pytest.skip("python-pkcs11 is not installed: pip install r2com[pkcs11]")
    if softhsm.find() is None:
        pytest.skip(f"SoftHSM2 is not installed: {softhsm.INSTALL}")
    return softhsm.token(tmp_path_factory.mktemp("hsm"))


@pytest.fixture
def engine():
    with transit.engine() as started:
        yield started


@pytest.fixture(params=KINDS)
def url(request, tmp_path, settings):
    """The address of each keeper, ready for use."""
    if request.param == "file":
        settings.KEYS = tmp_path
        root.make()
        return "file:"
    if request.param == "pkcs11":
        found = request.getfixturevalue("module")
        Module(found.removeprefix("pkcs11:")).rotate()
        return found
    (tmp_path / "token").write_text(transit.TOKEN, encoding="utf-8")
    port = request.getfixturevalue("engine").server_port
    return f"vault-transit:http://127.0.0.1:{port}/transit/r2com?token-file={tmp_path / 'token'}"


@pytest.fixture
def keeper(url, settings):
    settings.KEY_SERVICE = url
    return keyservice.service()


@pytest.fixture
def away(url, settings, request, tmp_path):
    """The same keeper when it cannot be reached, or takes too long."""
    settings.KEY_SERVICE = url
    if url.startswith("file:"):
        (settings.KEYS / root.NAME).unlink()
        return root.File()
    if url.startswith("pkcs11:"):
        settings.KEY_SERVICE = url.replace("token=r2com", "token=gone")
        return keyservice.service()
    request.getfixturevalue("engine").silent.set()
    settings.KEY_SERVICE = "vault-transit:"
    return Transit(url.partition(":")[2], seconds=0.2)


def test_what_was_wrapped_opens_again(keeper):
    wrapped = keeper.wrap(KEY, BOUND)

    assert KEY not in wrapped
    assert keeper.unwrap(wrapped, BOUND) == KEY


def test_two_wraps_of_a_key_differ(keeper):
    assert keeper.wrap(KEY, BOUND) != keeper.wrap(KEY, BOUND)


def test_what_belongs_elsewhere_does_not_open(keeper):
    wrapped = keeper.wrap(KEY, BOUND)

    with pytest.raises(KeyRefused):
        keeper.unwrap(wrapped, b"epoch:elsewhere:1")


def test_what_was_altered_does_not_open(keeper):
    wrapped = keeper.wrap(KEY, BOUND)
    altered = wrapped[:-8] + (b"AAAAAAAA" if wrapped[-8:] != b"AAAAAAAA" else b"BBBBBBBB")

    with pytest.raises(KeyRefused):
        keeper.unwrap(altered, BOUND)


def test_an_older_version_goes_on_unwrapping(keeper):
    before, wrapped = keeper.describe(), keeper.wrap(KEY, BOUND)

    keeper.rotate()

    assert keeper.describe() != before
    assert keeper.unwrap(wrapped, BOUND) == KEY


def test_a_destroyed_version_opens_nothing_and_the_newest_does(keeper):
    wrapped = keeper.wrap(KEY, BOUND)
    older = keeper.versions()[-1]
    keeper.rotate()
    newer = keeper.wrap(KEY, BOUND)

    keeper.destroy_version(older)

    assert older not in keeper.versions()
    assert keeper.unwrap(newer, BOUND) == KEY
    with pytest.raises(KeyRefused):
        keeper.unwrap(wrapped, BOUND)


def test_the_newest_version_is_not_destroyed(keeper):
    with pytest.raises(KeyRefused):
        keeper.destroy_version(keeper.versions()[-1])

    keeper.health()


def test_no_key_stands_in_what_is_said_or_logged(keeper, caplog):
    wrapped = keeper.wrap(KEY, BOUND)
    with caplog.at_level(logging.DEBUG):
        try:
            keeper.unwrap(wrapped, b"elsewhere")
        except KeyRefused:
            logging.getLogger(__name__).exception("refused by %r", keeper)

    said = caplog.text + repr(keeper) + keeper.describe()
    assert "refused" in said
    for secret in (KEY, settings.KEYS.joinpath(root.NAME).read_bytes()):
        assert secret.hex() not in said
        assert repr(secret) not in said


def test_a_keeper_that_is_away_says_so(away):
    for ask in (away.health, away.versions, lambda: away.wrap(KEY, BOUND), lambda: away.rotate()):
        with pytest.raises(KeyServiceAway):
            ask()


def test_a_page_waits_for_a_keeper_that_is_away(case, practitioner, sign_in, away, monkeypatch):
    browser = sign_in(practitioner)
    monkeypatch.setattr(keyservice, "service", lambda: away)
    monkeypatch.setattr(keyservice, "that_wrapped", lambda by: away)
    keyring.forget()

    answer = browser.get(case.get_absolute_url())

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Milo" not in answer.content.decode()


def test_nothing_is_kept_unsealed_while_a_keeper_is_away(person, away, monkeypatch):
    monkeypatch.setattr(keyservice, "service", lambda: away)
    monkeypatch.setattr(keyservice, "that_wrapped", lambda by: away)
    found = Person.objects.get(pk=person.pk)
    found.matters = "the garden"
    keyring.forget()

    with pytest.raises(KeyServiceAway):
        found.save()

    monkeypatch.undo()


def test_what_is_in_the_process_goes_on_opening_while_a_keeper_is_away(person, away, monkeypatch):
    keyring.warm(Owner.PERSON, [person.pk])
    monkeypatch.setattr(keyservice, "that_wrapped", lambda by: away)

    assert Person.objects.get(pk=person.pk).name == "Milo Fernweh"


def test_a_person_is_sealed_and_opened_under_every_keeper(keeper, team, practitioner, now):
    keyring.forget()
    from tests import factories

    case = factories.case(team, by=practitioner, name="Milo Fernweh", release_on=now.date(), at=now)
    keyring.forget()

    assert Person.objects.get(pk=case.person_id).name == "Milo Fernweh"
    assert DataKey.objects.get(owner=case.pk).epoch.wrapped_by.partition(":")[0] in KINDS


def test_an_unknown_keeper_is_refused_in_a_sentence(settings):
    settings.KEY_SERVICE = "nowhere:at-all"

    with pytest.raises(KeyServiceAway, match="names no key service"):
        keyservice.service()


def test_the_transit_engine_is_not_asked_without_tls():
    with pytest.raises(KeyServiceAway, match="https"):
        Transit("http://vault.example/transit/r2com")


def test_a_process_that_dies_writes_no_memory_to_the_disk():
    import resource

    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    assert os.getpid()
