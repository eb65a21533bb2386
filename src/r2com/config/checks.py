"""Looking for what is wrong with this installation. Looking changes nothing."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from r2com.access import grants, policies
from r2com.access.checks import every_address_is_declared
from r2com.cases import retention
from r2com.core.refusals import Refused
from r2com.documents import clamd
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import Altered, instrument
from r2com.jobs.models import Job
from r2com.keeping import certificates, replaying
from r2com.organisations.models import Organisation
from r2com.vault import keyring, keyservice, root
from r2com.vault.models import Owner

from . import checklists, installation, postgresql
from .copies import bringing
from .findings import ERROR, Finding, finding

NAMES = {"default": "database", "keyring": "keyring"}
KEY_BYTES = 32
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 20_000,
}
AT_ONCE = "IMMEDIATE"
OVER_A_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs"}
PATIENCE = timedelta(days=2)


def look() -> list[Finding]:
    """Everything that is wrong, the ground first. What cannot be looked at yet is left out."""
    found = [*_folders(), *_root_key(), *_settings(), *_databases()]
    if any(one.severity == ERROR for one in found):
        return found
    return [*found, *_kind(), *_promises(), *_content(), *_work(), *_access(), *_scanner()]


def _folders() -> Iterator[Finding]:
    data, keys = settings.DATA, settings.KEYS
    if not installation.lie_apart(data, keys):
        yield finding("folders-inside", data=data, keys=keys)
    if keys.exists() and _is_open_to_others(keys):
        yield finding("keys-open", path=keys)
    for folder in (data, keys):
        if bringing.is_unfinished(folder):
            yield finding("restore-unfinished", path=folder)


def _root_key() -> Iterator[Finding]:
    if not settings.KEY_SERVICE.startswith("file:"):
        yield from _key_service()
        return
    path = settings.KEYS / root.NAME
    if not path.exists():
        yield finding("root-key-missing", path=path)
    elif path.stat().st_size != KEY_BYTES:
        yield finding("root-key-broken", path=path)
    elif _is_open_to_others(path):
        yield finding("root-key-open", path=path)


def _key_service() -> Iterator[Finding]:
    try:
        keyservice.service().health()
    except keyservice.KeyServiceAway as away:
        yield finding("key-service-away", sentence=away)


def _is_open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _settings() -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield finding("any-host")
    if settings.INSECURE and not settings.DEMO:
        yield finding("insecure")


def _databases() -> Iterator[Finding]:
    """Whether each answers and has every table. A file that is not there is not made by looking."""
    for alias, name in NAMES.items():
        connection = connections[alias]
        path = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite" and not Path(path).exists():
            yield finding("database-missing", name=name, path=path)
            continue
        try:
            waiting = _waiting_migrations(connection)
        except Error as fault:
            yield finding("database-unreachable", name=name, fault=str(fault).strip())
        else:
            if waiting:
                yield finding("database-behind", name=name, count=waiting)


def waiting() -> dict[str, int]:
    """How many changes each database lacks."""
    return {name: _waiting_migrations(connections[alias]) for alias, name in NAMES.items()}


def _waiting_migrations(connection) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _kind() -> Iterator[Finding]:
    """A demonstration stays one, and a real installation never shows invented people."""
    wanted = installation.DEMO if settings.DEMO else installation.REAL
    others = installation.kinds() - {wanted}
    if others:
        yield finding("demo-and-real", wanted=wanted, found=" and ".join(sorted(others)))
    if not Organisation.objects.exists():
        yield finding("no-agency")
    elif not _root_key_fits():
        yield finding("root-key-wrong")


def _root_key_fits() -> bool:
    keyring.forget()
    try:
        keyring.cipher(Owner.ORGANISATION, Organisation.objects.values_list("pk", flat=True)[0])
    except Exception:  # whatever the cipher says: it does not open
        return False
    return True


def _promises() -> Iterator[Finding]:
    """What the databases promise: nothing acknowledged is lost, and nobody rewrites the trail."""
    for alias, name in NAMES.items():
        with connections[alias].cursor() as cursor:
            if connections[alias].vendor == "sqlite":
                yield from _sqlite(cursor, name)
                yield from _sqlite_around(connections[alias].settings_dict, name)
            else:
                yield from _postgresql(cursor, name)
                yield from _server(cursor, name)


def must_be_safe() -> None:
    """Raises Refused where a database would lose what it acknowledged. One that is away is let be."""
    try:
        errors = [one for one in _promises() if one.severity == ERROR]
    except Error:
        return
    if errors:
        raise Refused(f"{errors[0].sentence} {errors[0].mend}")


def _sqlite_around(said: dict, name: str) -> Iterator[Finding]:
    """What no pragma tells: when a transaction takes its lock, and where the file lies."""
    found = said["OPTIONS"].get("transaction_mode")
    if found != AT_ONCE:
        yield finding("sqlite-setting", name=name, pragma="transaction_mode", found=found, wanted=AT_ONCE)
    kind = filesystem(Path(said["NAME"]).resolve(), Path("/proc/mounts"))
    if kind in OVER_A_NETWORK:
        yield finding("sqlite-over-network", name=name, kind=kind)


def filesystem(path: Path, mounts: Path) -> str:
    """The kind of file system a path lies on; empty where the system does not say."""
    if not mounts.exists():
        return ""
    lines = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()]
    around = [(len(place), kind) for place, kind in lines if path.is_relative_to(place)]
    return max(around, default=(0, ""))[1]


def _sqlite(cursor, name: str) -> Iterator[Finding]:
    for pragma, wanted in PRAGMAS.items():
        found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != wanted:
            yield finding("sqlite-setting", name=name, pragma=pragma, found=found, wanted=wanted)


def _postgresql(cursor, name: str) -> Iterator[Finding]:
    if postgresql.forgets_when_power_fails(cursor):
        found = postgresql.shows(cursor, "synchronous_commit")
        yield finding("postgresql-synchronous-commit", name=name, found=found)
    if name == NAMES["default"] and postgresql.is_too_mighty(cursor):
        yield finding("postgresql-role")
    if name == NAMES["default"] and (open_to_all := policies.without_a_wall(cursor)):
        yield finding("postgresql-wall", tables=", ".join(open_to_all))


def _server(cursor, name: str) -> Iterator[Finding]:
    for setting, id in (("fsync", "postgresql-fsync"), ("full_page_writes", "postgresql-fsync")):
        if postgresql.shows(cursor, setting) == "off":
            yield finding(id, name=name, setting=setting)
    if postgresql.shows(cursor, "data_checksums") == "off":
        yield finding("postgresql-checksums", name=name)


def _content() -> Iterator[Finding]:
    versions = list(PublishedInstrument.objects.all())
    if not versions:
        yield finding("no-instrument")
    for published in versions:
        try:
            instrument(published, "en")
        except Altered:
            yield finding("instrument-altered", instrument=published)
    for place, wrong in checklists.packaged_faults().items():
        yield finding("checklist-broken", place=place, fault=wrong[0])


def _work() -> Iterator[Finding]:
    for job in Job.objects.exclude(last_fault=""):
        yield finding("job-failing", job=job, count=job.attempts, fault=job.last_fault)
    if again := replaying.keys_left(certificates.tombstones(certificates.known())):
        yield finding("destroyed-came-back", count=len(again))
    late = retention.promised_gone(timezone.localdate() - PATIENCE).count()
    if late:
        yield finding("deletion-late", count=late)


def _access() -> Iterator[Finding]:
    """Whether every address is declared, and every stored grant is what its sources give."""
    if found := every_address_is_declared():
        yield finding("address-undeclared", count=len(found))
    count = sum(len(grants.differing(cases)) for cases in grants.portions())
    if count:
        yield finding("grants-differ", count=count)


def _scanner() -> Iterator[Finding]:
    if not settings.CLAMD:
        yield finding("no-scanner")
    elif not clamd.answers():
        yield finding("scanner-silent", place=settings.CLAMD)
