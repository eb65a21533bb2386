"""The command in a process of its own, on folders of its own."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from r2com.cases import actions as cases
from r2com.cases.models import Door
from r2com.config import checks, installation, postgresql
from r2com.config.findings import NOTE, WORDS
from r2com.organisations.models import ListName
from tests import factories
from tests.installations import SETTINGS, init, r2com, rows


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A real installation, just begun. Nobody changes it."""
    home = tmp_path_factory.mktemp("real")
    assert init(home).returncode == 0
    return home


@pytest.fixture
def home(begun, tmp_path):
    """The same installation, to be spoilt."""
    shutil.copytree(begun, tmp_path / "home")
    return tmp_path / "home"


def test_init_begins_an_agency_with_its_administrator(begun):
    assert rows(begun, "SELECT name FROM organisations_organisation") == [("Lantern Association",)]
    assert rows(begun, "SELECT email FROM accounts_user") == [("ada@example.org",)]
    assert rows(begun, "SELECT role FROM organisations_membership") == [("administrator",)]


def test_init_brings_lists_notices_register_and_instrument(begun):
    for table in (
        "organisations_listentry",
        "people_notice",
        "sharing_lawfulbasis",
        "instruments_publishedinstrument",
    ):
        assert rows(begun, f"SELECT count(*) FROM {table}") > [(0,)], table  # noqa: S608


def test_init_leaves_no_person_behind(begun):
    assert rows(begun, "SELECT count(*) FROM people_person") == [(0,)]


def test_init_twice_is_refused(home):
    again = init(home, organisation="Another House")

    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "This installation has its agency already. Nothing was changed.\n"
    assert rows(home, "SELECT name FROM organisations_organisation") == [("Lantern Association",)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"country": "Portugal"}, "Write the country in two letters, such as PT."),
        ({"language": "xx"}, "Choose a language: en, pt."),
        ({"admin-email": "ada"}, "Enter a valid email address."),
        ({"organisation": ""}, "“The agency's name” is missing, and there is nobody to ask."),
    ],
)
def test_init_says_what_it_cannot_take_and_makes_nothing(tmp_path, changed, sentence):
    said = init(tmp_path, **changed)

    assert said.returncode == 1
    assert said.stderr.startswith(sentence)
    assert not (tmp_path / "data").exists()


def test_init_refuses_a_weak_password_and_makes_nothing(tmp_path):
    said = init(tmp_path, password="short")

    assert said.returncode == 1
    assert "too short" in said.stderr
    assert not (tmp_path / "data").exists()


def test_a_real_installation_is_well(begun):
    said = r2com(begun, "check")

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("All is well.\nNote (no-scanner): ")


def found_in(home, **settings):
    said = r2com(home, "check", "--json", **settings)
    assert said.returncode == 1, said.stderr
    findings = json.loads(said.stdout)["findings"]
    return [finding["id"] for finding in findings if finding["severity"] != NOTE]


def open_keys(home):
    (home / "keys").chmod(0o755)


def lose_root_key(home):
    (home / "keys" / "root.key").unlink()


def cut_root_key(home):
    (home / "keys" / "root.key").chmod(0o600)
    (home / "keys" / "root.key").write_bytes(b"short")


def open_root_key(home):
    (home / "keys" / "root.key").chmod(0o644)


def exchange_root_key(home):
    lose_root_key(home)
    (home / "keys" / "root.key").write_bytes(os.urandom(32))
    (home / "keys" / "root.key").chmod(0o400)


def lose_keyring(home):
    (home / "keys" / "keyring.db").unlink()


def spoil_keyring(home):
    (home / "keys" / "keyring.db").write_bytes(b"no database at all" * 100)


def forget_a_migration(home):
    rows(home, "DELETE FROM django_migrations WHERE app = 'jobs'")


def lose_the_agency(home):
    rows(home, "DELETE FROM organisations_organisation")


def lose_the_instrument(home):
    rows(home, "DELETE FROM instruments_publishedinstrument")


def alter_the_instrument(home):
    rows(
        home,
        "UPDATE instruments_publishedinstrument SET definition = json_set(definition, '$.name', 'Other') "
        "WHERE instrument = 'open-tv-rat'",
    )


def break_a_job(home):
    rows(home, "INSERT INTO jobs_job VALUES ('count', '2026-01-01', NULL, 3, 'ValueError')")


def cut_off_a_restore(home):
    (home / "data" / "coming").mkdir()
    (home / "data" / "coming" / "ready").touch()


def plant_a_grant(home):
    rows(
        home,
        """INSERT INTO access_grant (id, organisation, "user", "case", person, may, categories, purpose,
        source, since, closed, day, changed_at) SELECT id, id, id, id, id, '["read the record"]', '[]',
        'support', 'nothing', '2026-01-01', 0, '9999-12-31', '2026-01-01' FROM organisations_organisation""",
    )


PLANTED = {
    "restore-unfinished": cut_off_a_restore,
    "keys-open": open_keys,
    "root-key-missing": lose_root_key,
    "root-key-broken": cut_root_key,
    "root-key-open": open_root_key,
    "root-key-wrong": exchange_root_key,
    "database-missing": lose_keyring,
    "database-unreachable": spoil_keyring,
    "database-behind": forget_a_migration,
    "no-agency": lose_the_agency,
    "no-instrument": lose_the_instrument,
    "instrument-altered": alter_the_instrument,
    "job-failing": break_a_job,
    "grants-differ": plant_a_grant,
}
BY_SETTING = {
    "any-host": {"R2COM_HOSTS": "*"},
    "insecure": {"R2COM_INSECURE": "1"},
    "demo-and-real": {"R2COM_DEMO": "1"},
    "key-service-away": {
        "R2COM_KEY_SERVICE": "vault-transit:http://127.0.0.1:9/transit/r2com?token-file=/dev/null"
    },
}
ELSEWHERE = {
    "folders-inside": "test_folders_inside_each_other_are_found",
    "sqlite-setting": "tests/unit/test_cli.py",
    "sqlite-over-network": "tests/unit/test_cli.py",
    "postgresql-fsync": "test_a_server_that_does_not_sync_is_found",
    "postgresql-checksums": "test_a_server_that_does_not_sync_is_found",
    "demonstration": "test_what_is_unsafe_where_real_people_work_is_named",
    "owner-at-work": "test_what_is_unsafe_where_real_people_work_is_named",
    "no-mail": "test_what_is_unsafe_where_real_people_work_is_named",
    "no-copies-program": "test_what_is_unsafe_where_real_people_work_is_named",
    "postgresql-synchronous-commit": "test_work_acknowledged_too_early_is_found",
    "postgresql-role": "test_a_role_that_may_too_much_is_found",
    "postgresql-wall": "test_a_gap_in_the_second_wall_is_found",
    "no-scanner": "test_a_real_installation_is_well",
    "scanner-silent": "tests/integration/test_document_files.py",
    "destroyed-came-back": "tests/integration/test_destroyed_in_copies.py",
    "deletion-late": "test_a_deletion_that_is_late_is_found",
    "address-undeclared": "tests/conventions/test_declared.py",
    "checklist-broken": "tests/unit/test_checklists.py",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_check_finds_what_is_planted(home, fault):
    PLANTED[fault](home)

    assert found_in(home) == [fault]


@pytest.mark.parametrize("fault", BY_SETTING)
def test_check_finds_what_the_settings_get_wrong(begun, fault):
    assert found_in(begun, **BY_SETTING[fault]) == [fault]


def test_folders_inside_each_other_are_found(home):
    shutil.move(home / "keys", home / "data" / "keys")

    assert found_in(home, R2COM_KEYS=f"{home}/data/keys") == ["folders-inside"]


def test_check_finds_several_faults_at_once(home):
    open_keys(home)
    lose_keyring(home)

    assert found_in(home) == ["keys-open", "database-missing"]


def test_looking_makes_nothing(tmp_path):
    r2com(tmp_path, "check")

    assert sorted(path.name for path in tmp_path.rglob("*.db")) == []


def test_every_finding_was_planted_once():
    assert set(WORDS) == {*PLANTED, *BY_SETTING, *ELSEWHERE}


def test_run_refuses_what_is_wrong(home):
    lose_keyring(home)

    said = r2com(home, "run")

    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("The keyring is not there")


def test_a_fault_is_one_sentence_and_no_traceback(home):
    spoil_keyring(home)

    said = r2com(home, "upgrade")

    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "Traceback" not in said.stderr


def test_upgrade_brings_the_tables_up_to_date(home):
    rows(home, "DELETE FROM django_migrations WHERE app = 'jobs'")
    rows(home, "DROP TABLE jobs_job")

    assert r2com(home, "upgrade").returncode == 0
    assert r2com(home, "check").returncode == 0


def test_upgrade_begins_nothing(tmp_path):
    said = r2com(tmp_path, "upgrade")

    assert said.returncode == 1
    assert not (tmp_path / "data").exists()


def test_publishing_the_same_again_changes_nothing(home):
    assert r2com(home, "instruments", "publish", "open-tv-rat").returncode == 0
    assert rows(home, "SELECT count(*) FROM instruments_publishedinstrument") == [(3,)]


def test_a_published_version_is_never_edited(home):
    alter_the_instrument(home)
    rows(home, "UPDATE instruments_publishedinstrument SET content_hash = 'another'")

    said = r2com(home, "instruments", "publish", "open-tv-rat")

    assert said.returncode == 1
    assert "new version number" in said.stderr


def test_a_faulty_definition_is_not_published(home):
    (home / "guide.json").write_text('{"instrument": "guide"}', encoding="utf-8")

    said = r2com(home, "instruments", "publish", "guide.json")

    assert said.returncode == 1
    assert "domains: " in said.stderr
    assert rows(home, "SELECT count(*) FROM instruments_publishedinstrument") == [(3,)]


def test_the_worker_does_what_is_due_once(home):
    first, again = r2com(home, "worker", "--once"), r2com(home, "worker", "--once")

    assert "forget people we declined: done." in first.stdout
    assert (again.returncode, again.stdout) == (0, "Nothing was due.\n")


def test_the_worker_stops_when_asked(home):
    """A second worker runs beside us; it ends by itself and in peace."""
    script = (
        "import os, signal, threading, time\n"
        "def stop():\n"
        "    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL: time.sleep(0.1)\n"
        "    time.sleep(2)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "threading.Thread(target=stop, daemon=True).start()\n"
        "from r2com.config.cli import main; raise SystemExit(main(['worker']))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    given = {"R2COM_DATA": f"{home}/data", "R2COM_KEYS": f"{home}/keys", "PYTHONPATH": os.path.abspath("src")}

    said = subprocess.run(
        [sys.executable, "-c", script], env={**kept, **given}, capture_output=True, timeout=60
    )

    assert (said.returncode, said.stderr) == (0, b"")
    assert rows(home, "SELECT name FROM jobs_job WHERE leased_until IS NOT NULL") == []
    assert rows(home, "SELECT count(*) >= 2 FROM jobs_job") == [(1,)]


@pytest.fixture
def door(team, practitioner, now):
    """Somebody was declined today."""
    somebody = factories.person(team.organisation, "Hesper Dunlin-Vane", by=practitioner, at=now)
    reason = factories.entry(team.organisation, ListName.DECLINE)
    arrival = factories.arrival(team, release_on=now.date())
    return cases.decline(somebody, arrival, reason=reason, signposts=[], by=practitioner, at=now)


def test_a_deletion_that_is_late_is_found(door, today):
    Door.objects.filter(pk=door.pk).update(delete_after=today - timedelta(days=3))

    assert [one.id for one in checks._work()] == ["deletion-late"]


def test_a_deletion_that_is_not_late_is_no_finding(door):
    assert list(checks._work()) == []


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL itself")


@on_postgresql
def test_the_role_of_the_application_may_not_too_much():
    with connection.cursor() as cursor:
        assert not postgresql.is_too_mighty(cursor)


@on_postgresql
def test_a_role_that_may_too_much_is_found():
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            found = [one.id for one in checks._postgresql(cursor, "database")]
        finally:
            cursor.execute("SET ROLE r2com_app")

    assert found == ["postgresql-role"]


@on_postgresql
@pytest.mark.parametrize(
    "gap", ["ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", "DROP POLICY second_wall ON {}"]
)
def test_a_gap_in_the_second_wall_is_found(gap):
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(gap.format("tasks_task"))
        cursor.execute("SET ROLE r2com_app")
        [found] = checks._postgresql(cursor, "database")

    assert found.id == "postgresql-wall"
    assert "tasks_task" in found.sentence


class Server:
    """A server that answers as it is told to."""

    def __init__(self, **answers):
        self.answers = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on", **answers}

    def execute(self, statement):
        self.asked = statement.split()[-1]

    def fetchone(self):
        return (self.answers[self.asked],)


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("fsync", "postgresql-fsync"),
        ("full_page_writes", "postgresql-fsync"),
        ("data_checksums", "postgresql-checksums"),
    ],
)
def test_a_server_that_does_not_sync_is_found(setting, found):
    assert [one.id for one in checks._server(Server(**{setting: "off"}), "database")] == [found]
    assert list(checks._server(Server(), "database")) == []


def test_what_is_unsafe_where_real_people_work_is_named(begun):
    unsafe = {"R2COM_INSECURE": "1", "DATABASE_OWNER_URL": "postgresql://owner@db/r2com"}
    said = r2com(begun, "check", "--deploy", "--json", **unsafe)
    findings = {one["id"]: one for one in json.loads(said.stdout)["findings"]}

    assert said.returncode == 1
    assert {"insecure", "owner-at-work", "no-mail", "security.W012", "security.W016"} <= set(findings)
    assert all(one["mend"] for one in findings.values())


def test_an_installation_with_tls_and_mail_has_nothing_unsafe(begun):
    said = r2com(begun, "check", "--deploy", "--json", R2COM_MAIL_URL="smtp://mail.example.org:587")

    findings = json.loads(said.stdout)["findings"]
    assert [one for one in findings if one["severity"] != NOTE] == []


@on_postgresql
def test_work_acknowledged_too_early_is_found():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

        assert [one.id for one in checks._postgresql(cursor, "database")] == ["postgresql-synchronous-commit"]


@on_postgresql
def test_work_is_safe_before_it_is_acknowledged():
    with connection.cursor() as cursor:
        assert list(checks._postgresql(cursor, "database")) == []


def test_rows_of_a_real_agency_are_real(organisation):
    assert installation.kind_of_rows() == installation.REAL


def test_no_rows_are_of_no_kind(db):
    assert installation.kind_of_rows() is None
