"""What an installation may say about itself: each setting, once, with its meaning.

Every setting is read from the environment variable of its name, or from the file that
`NAME_FILE` points to (for secrets). `docs/reference/settings.md` is written from this list.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    name: str
    meaning: str
    default: str = ""


SETTINGS = {
    setting.name: setting
    for setting in [
        Setting("R2COM_DATA", "Folder of the embedded database and uploads. Never inside the keys.", "data"),
        Setting("R2COM_KEYS", "Folder of the root key and the keyring. Never inside the data.", "keys"),
        Setting("R2COM_DEMO", "1 marks a demonstration with invented people; it refuses real use.", "0"),
        Setting(
            "R2COM_HOSTS", "Host names that this installation answers to, with commas.", "localhost,127.0.0.1"
        ),
        Setting("R2COM_INSECURE", "1 allows plain http on this machine only (demonstration, tests).", "0"),
        Setting("R2COM_SECRET", "Secret for signing cookies; made in the keys folder when absent."),
        Setting("DATABASE_URL", "postgresql://… of the application's own role, which owns nothing."),
        Setting("DATABASE_OWNER_URL", "postgresql://… of the owner; used by init and upgrades only."),
        Setting(
            "KEYRING_OWNER_URL", "postgresql://… of the keyring's owner; used by init and upgrades only."
        ),
        Setting(
            "R2COM_KEY_SERVICE",
            "Who keeps the root key: file: (in the keys folder), pkcs11:token=…;object=…?module-path=…&"
            "pin-source=… (RFC 7512), or vault-transit:https://host/mount/key?token-file=….",
            "file:",
        ),
        Setting("KEYRING_URL", "postgresql://… of a separate database for the keyring."),
        Setting(
            "R2COM_POSTGRESQL_BIN", "Folder of pg_dump, pg_restore and psql, where they are not on the path."
        ),
        Setting(
            "R2COM_IDLE_MINUTES", "Minutes without a request before one signs in again (10 to 60).", "15"
        ),
        Setting("R2COM_MAIL_URL", "smtp://user:password@host:port, or empty to write mail to the log."),
        Setting("R2COM_ADDRESS", "https://… where people open this installation; links in mails begin so."),
        Setting("R2COM_MAIL_FROM", "Neutral sender address of invitations.", "noreply@localhost"),
        Setting(
            "R2COM_OIDC_ISSUER",
            "https://… of an OpenID Connect provider that people may sign in with instead of a password; "
            "empty for none.",
        ),
        Setting("R2COM_OIDC_NAME", "What the button to that provider says.", "My organisation"),
        Setting("R2COM_OIDC_CLIENT", "Our identifier there."),
        Setting("R2COM_OIDC_SECRET", "Our secret there."),
        Setting(
            "R2COM_UPLOAD_MB", "Size of the largest file that may be added, in megabytes (1 to 50).", "20"
        ),
        Setting(
            "R2COM_CLAMD",
            "Socket of the virus scanner clamd, as a path or host:port; empty for none. "
            "While it is named and does not answer, no file is taken.",
        ),
        Setting(
            "R2COM_WITNESS",
            "File on another disk or machine that signed checkpoints of the trail are added to; "
            "empty for none. Without it a trail that was cut off at its end is not noticed.",
        ),
    ]
}


def value(name: str) -> str:
    """The value of a known setting, from `NAME`, the file in `NAME_FILE`, or its default.

    Raises KeyError for a name that is not in the list: an undocumented setting does not exist.
    """
    setting = SETTINGS[name]
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return setting.default


def flag(name: str) -> bool:
    return value(name) == "1"


def passed_on(changed: dict[str, str]) -> dict[str, str]:
    """The environment for a program that we start, with some of it changed."""
    return {**os.environ, **changed}
