"""Where rows live: the main database, and the keyring in a store of its own."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, not NORMAL: with NORMAL a power cut loses work that was acknowledged.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON;"
        ),
    },
}
# A page asks for few rows of very many: helpers of the server and compiled plans cost more than they bring.
FOR_PAGES = "-c max_parallel_workers_per_gather=0 -c jit=off"


def database(url: str, embedded: Path) -> dict:
    """Django's settings for a postgresql:// address, or for an embedded file when there is none."""
    if not url:
        return {**SQLITE, "NAME": str(embedded)}
    parts = urlsplit(url)
    return {
        "ENGINE": "r2com.access.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or _socket(parts.query),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": FOR_PAGES},
    }


def _socket(query: str) -> str:
    """The folder of a Unix socket in `?host=/path`."""
    return next((unquote(part[5:]) for part in query.split("&") if part.startswith("host=")), "")


class KeyringRouter:
    """The vault's tables live in the keyring and nowhere else."""

    def db_for_read(self, model, **hints):
        return "keyring" if model._meta.app_label == "vault" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return (one._meta.app_label == "vault") == (other._meta.app_label == "vault")

    def allow_migrate(self, db, app_label, **hints):
        return (db == "keyring") == (app_label == "vault")
