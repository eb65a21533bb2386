"""One installation: its two folders, what kind it is, and how it begins."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from r2com.access.roles import Role
from r2com.accounts import actions as accounts
from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.documents import actions as documents
from r2com.instruments import actions as instruments
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import OURS, packaged
from r2com.organisations import actions as organisations
from r2com.organisations.models import Organisation
from r2com.people import actions as people
from r2com.sharing import actions as sharing
from r2com.vault import root, signing

from . import env, findings
from .databases import database
from .postgresql import TRAIL, grant_to_application

MARKER = "installation.json"
DEMO, REAL = "demo", "real"
DEMONSTRATION_BEGUN = "demonstration.begun"
BELONGS_TO = {
    REAL: "belongs to a real installation. Give the demonstration others with R2COM_DATA, R2COM_KEYS.",
    DEMO: "belongs to a demonstration, which never becomes a real installation. "
    "Choose others with R2COM_DATA and R2COM_KEYS.",
}


def kind(folder: Path) -> str | None:
    """What a folder says it belongs to: a demonstration, a real installation, or nothing yet.

    Keys or rows that nobody marked count as real, so that nothing real is ever mistaken for invented.
    """
    marker = folder / MARKER
    if marker.exists():
        return json.loads(marker.read_text(encoding="utf-8"))["kind"]
    return REAL if any((folder / name).exists() for name in ("r2com.db", "keyring.db", root.NAME)) else None


def kind_of_rows() -> str | None:
    """What the database holds, wherever it lies: the trail of a demonstration says so itself."""
    if Organisation._meta.db_table not in connections["default"].introspection.table_names():
        return None
    if not Organisation.objects.exists():
        return None
    return DEMO if Event.objects.filter(name=DEMONSTRATION_BEGUN).exists() else REAL


def kinds() -> set[str]:
    """What the data, the keys and the rows say of themselves; empty before anything begins."""
    rows = kind_of_rows() if _has_database() else None
    return {kind(settings.DATA), kind(settings.KEYS), rows} - {None}


def must_be(wanted: str) -> None:
    """Raises Refused for folders or rows of the other kind: invented and real people never share any."""
    other = REAL if wanted == DEMO else DEMO
    for folder in (settings.DATA, settings.KEYS):
        if kind(folder) == other:
            raise Refused(f"{folder} {BELONGS_TO[other]}")
    if other in kinds():
        raise Refused(f"The database {BELONGS_TO[other]}")


def _has_database() -> bool:
    """Whether there is a database to look into; looking into a missing file would make one."""
    given = settings.DATABASES["default"]
    return not given["ENGINE"].endswith("sqlite3") or Path(given["NAME"]).exists()


def lie_apart(data: Path, keys: Path) -> bool:
    return data != keys and data not in keys.parents and keys not in data.parents


def must_lie_apart() -> None:
    """Raises Refused when data and keys lie inside each other: no backup may ever hold both."""
    data, keys = settings.DATA, settings.KEYS
    if not lie_apart(data, keys):
        one = findings.finding("folders-inside", data=data, keys=keys)
        raise Refused(f"{one.sentence} {one.mend}")


def prepare(wanted: str) -> None:
    """Folders, root key and tables, made or brought up to date. Doing it again changes nothing."""
    must_lie_apart()
    must_be(wanted)
    for folder in (settings.DATA, settings.KEYS):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark(folder, wanted)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    if settings.KEY_SERVICE.startswith("file:"):
        root.make()
    signing.make()
    for alias in ("default", "keyring"):
        with the_owner(alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            if alias == "default":
                call_command("createcachetable", verbosity=0)
            _grant(alias)


def mark(folder: Path, kind: str) -> None:
    """Write into a folder what it belongs to."""
    (folder / MARKER).write_text(json.dumps({"kind": kind}) + "\n", encoding="utf-8")


def let_application_work(alias: str) -> None:
    """Give the application's role its rights again, after tables came back from a copy."""
    with the_owner(alias):
        _grant(alias)


OWNERS = {"default": "DATABASE_OWNER_URL", "keyring": "KEYRING_OWNER_URL"}


@contextmanager
def the_owner(alias: str = "default"):
    """Work as the owner of the tables, where that is another role than the application's own."""
    if not env.value(OWNERS[alias]):
        yield
        return
    application, owner = connections[alias], connections.create_connection(alias)
    given = database(env.value(OWNERS[alias]), settings.DATA)
    owner.settings_dict = {**owner.settings_dict, **given}
    connections[alias] = owner
    try:
        yield
    finally:
        owner.close()
        connections[alias] = application


ONLY_ADDED_TO = {"default": (TRAIL,), "keyring": ()}


def _grant(alias: str) -> None:
    role = settings.DATABASES[alias].get("USER")
    if env.value(OWNERS[alias]) and role:
        with connections[alias].cursor() as cursor:
            grant_to_application(cursor, role, only_added_to=ONLY_ADDED_TO[alias])


@dataclass(frozen=True)
class Beginning:
    """What one says about an agency and its first administrator before anything is there."""

    organisation: str
    neutral_name: str
    country: str
    language: str
    contact: str
    admin_email: str
    admin_name: str
    password: str


@transaction.atomic
def begin(said: Beginning, *, at: datetime) -> Organisation:
    """An empty agency and its first administrator. Raises Refused when there is one already."""
    if Organisation.objects.exists():
        raise Refused("This installation has its agency already. Nothing was changed.")
    agency = organisations.found(
        name=said.organisation,
        neutral_name=said.neutral_name,
        country=said.country,
        language=said.language,
        contact=said.contact,
        by=None,
        at=at,
    )
    seed(agency, at=at)
    administrator = accounts.enrol(
        email=said.admin_email,
        name=said.admin_name,
        language=said.language,
        password=said.password,
        by=None,
        at=at,
    )
    organisations.join(administrator, agency, role=Role.ADMINISTRATOR, team=None, by=None, at=at)
    return agency


def seed(agency: Organisation, *, at: datetime) -> None:
    """What every agency begins with: the register, the notices, letter templates and our instruments."""
    sharing.seed(agency, by=None, at=at)
    people.seed_notices(agency, by=None, at=at)
    documents.seed_letters(agency, by=None, at=at)
    publish_ours(at=at)


@transaction.atomic
def publish_ours(*, at: datetime) -> None:
    """Our instruments in their newest versions. A version that stands is left as it is."""
    for name in OURS:
        definition, languages = packaged(name)
        stands = PublishedInstrument.objects.filter(instrument=name, version=definition["version"])
        if not stands.exists():
            instruments.publish(definition, languages, by=None, at=at)
