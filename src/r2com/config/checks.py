"""What is wrong with this installation, and how to mend it. Looking changes nothing."""

import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from r2com.cases import retention
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import Altered, instrument
from r2com.jobs.models import Job
from r2com.organisations.models import Organisation
from r2com.vault import keyring, root
from r2com.vault.models import Owner

from . import installation, postgresql

ERROR, WARNING = "error", "warning"
WAL, FULL, ON = "wal", 2, 1
KEY_BYTES = 32
PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what it is, and what to do about it."""

    id: str
    severity: str
    sentence: str
    mend: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def findings() -> list[Finding]:
    """Everything that is wrong, the ground first. What cannot be looked at yet is left out."""
    found = [*_folders(), *_root_key(), *_settings(), *_databases()]
    if any(finding.severity == ERROR for finding in found):
        return found
    return [*found, *_kind(), *_guards(), *_content()]


def _folders() -> Iterator[Finding]:
    data, keys = settings.DATA, settings.KEYS
    if not installation.lie_apart(data, keys):
        yield Finding("folders-inside", ERROR, f"The data ({data}) and the keys ({keys}) lie inside each other.", "Move one of them and set R2COM_DATA or R2COM_KEYS.")
    if keys.exists() and _open_to_others(keys):
        yield Finding("keys-open", ERROR, f"Other users of this machine may look into {keys}.", f"Run `chmod 700 {keys}`.")


def _root_key() -> Iterator[Finding]:
    path = settings.KEYS / root.NAME
    if not path.exists():
        yield Finding("root-key-missing", ERROR, f"There is no root key at {path}.", "Bring it back from its backup; run `r2com init` only where nothing was ever sealed.")
    elif path.stat().st_size != KEY_BYTES:
        yield Finding("root-key-broken", ERROR, f"The root key at {path} is not a key.", "Bring it back from its backup.")
    elif _open_to_others(path):
        yield Finding("root-key-open", ERROR, f"Other users of this machine may read {path}.", f"Run `chmod 400 {path}`.")


def _open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _settings() -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("any-host", ERROR, "This installation answers to every host name.", "Name yours in R2COM_HOSTS.")
    if settings.INSECURE and not settings.DEMO:
        yield Finding("insecure", WARNING, "Pages travel without encryption (R2COM_INSECURE).", "Put a server with TLS in front and remove the setting.")


def _databases() -> Iterator[Finding]:
    for alias, name in (("default", "database"), ("keyring", "keyring")):
        yield from _database(alias, name)


def _database(alias: str, name: str) -> Iterator[Finding]:
    """Whether it answers and has every table. A file that is not there is not made by looking."""
    connection = connections[alias]
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        yield Finding(f"{name}-missing", ERROR, f"The {name} is not there ({connection.settings_dict['NAME']}).", "Bring it back from its backup, or run `r2com init`.")
        return
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as fault:
        yield Finding(f"{name}-unreachable", ERROR, f"The {name} does not answer: {str(fault).strip()}.", "Start it, or correct its address in the settings.")
        return
    if waiting:
        yield Finding(f"{name}-behind", ERROR, f"The {name} lacks {len(waiting)} changes that this version needs.", "Run `r2com upgrade`.")


def _kind() -> Iterator[Finding]:
    """A demonstration stays one, and a real installation never shows invented people."""
    wanted = installation.DEMO if settings.DEMO else installation.REAL
    found = {installation.kind(settings.DATA), installation.kind(settings.KEYS), installation.kind_of_rows()} - {None}
    if found - {wanted}:
        yield Finding("demo-and-real", ERROR, f"The settings say {wanted}, but the data or the keys say {', '.join(sorted(found - {wanted}))}.", "Set R2COM_DEMO, R2COM_DATA and R2COM_KEYS so that all of them agree.")
    if not Organisation.objects.exists():
        yield Finding("no-agency", ERROR, "There is no agency yet.", "Run `r2com init`.")
    elif not _key_fits():
        yield Finding("root-key-wrong", ERROR, "The root key does not open the keyring.", "Bring back the root key that belongs to this keyring.")


def _key_fits() -> bool:
    keyring.forget()
    try:
        keyring.cipher(Owner.ORGANISATION, Organisation.objects.values_list("pk", flat=True)[0])
    except Exception:  # whatever the cipher says: it does not open
        return False
    return True


def _guards() -> Iterator[Finding]:
    """What the databases promise: nothing acknowledged is lost, and the trail is not rewritten."""
    for alias in connections:
        connection = connections[alias]
        look = _sqlite if connection.vendor == "sqlite" else _postgresql
        with connection.cursor() as cursor:
            yield from look(cursor, alias)


def _sqlite(cursor, alias: str) -> Iterator[Finding]:
    for pragma, wanted in (("journal_mode", WAL), ("synchronous", FULL), ("foreign_keys", ON)):
        found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != wanted:
            yield Finding(f"sqlite-{pragma}", ERROR, f"SQLite's {pragma} of {alias} is {found}, not {wanted}.", "Let nothing but this application set it, and start again.")


def _postgresql(cursor, alias: str) -> Iterator[Finding]:
    if postgresql.forgets_when_power_fails(cursor):
        yield Finding("postgresql-synchronous-commit", ERROR, f"PostgreSQL ({alias}) acknowledges work before it is safe: synchronous_commit is off.", "Set synchronous_commit = on.")
    if alias == "default" and postgresql.is_too_mighty(cursor):
        yield Finding("postgresql-role", ERROR, "The application's role owns tables, is a superuser or may rewrite the trail.", "Give it a role of its own in DATABASE_URL, name the owner in DATABASE_OWNER_URL, and run `r2com upgrade`.")


def _content() -> Iterator[Finding]:
    if not PublishedInstrument.objects.exists():
        yield Finding("no-instrument", ERROR, "No instrument is published.", "Run `r2com instruments publish open-tv-rat`.")
    for published in PublishedInstrument.objects.all():
        if _is_altered(published):
            yield Finding("instrument-altered", ERROR, f"{published} is not what was published.", "Bring it back from a backup, and find out who changed it.")
    for job in Job.objects.exclude(last_fault=""):
        yield Finding("job-failing", WARNING, f"The job “{job}” failed {job.attempts} times, last with {job.last_fault}.", "Read the worker's log.")
    late = retention.promised_gone(timezone.localdate() - PATIENCE).count()
    if late:
        yield Finding("deletion-late", WARNING, f"{late} people who were declined should have been deleted by now.", "Start `r2com worker`.")


def _is_altered(published: PublishedInstrument) -> bool:
    try:
        instrument(published, "en")
    except Altered:
        return True
    return False
