"""After a copy came back: what was destroyed since it was taken is destroyed again."""

from pathlib import Path

from django.conf import settings

from r2com.config import checks
from r2com.keeping import certificates, replaying
from r2com.vault import signing

from . import servers


def after_restore() -> dict[str, int]:
    """Nothing before both stores are there and as this version knows them; an upgrade does it afterwards."""
    if not _both_are_there() or any(checks.waiting().values()):
        return {"keys": 0, "rows": 0}
    return replaying.replay(certificates.known())


def _both_are_there() -> bool:
    """Looked at before anything connects: SQLite would make a store that is missing."""
    stores = [alias for alias in ("default", "keyring") if not servers.is_postgresql(alias)]
    files = [Path(settings.DATABASES[alias]["NAME"]) for alias in stores]
    return all(path.exists() for path in [*files, settings.KEYS / signing.NAME])
