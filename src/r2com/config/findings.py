"""Everything that `r2com check` can find, in words: what is wrong, and how to mend it."""

from dataclasses import asdict, dataclass
from typing import Any

ERROR, WARNING, NOTE = "error", "warning", "note"

# id: (severity, sentence, mend). The words in braces are facts of this installation.
WORDS = {
    "folders-inside": (
        ERROR,
        "The data ({data}) and the keys ({keys}) lie inside each other.",
        "Move one of them and set R2COM_DATA or R2COM_KEYS.",
    ),
    "keys-open": (ERROR, "Other users of this machine may look into {path}.", "Run `chmod 700 {path}`."),
    "restore-unfinished": (
        ERROR,
        "A copy was being brought back into {path} when it was cut off.",
        "Run the same `r2com restore FILE --replace` once more; it goes on where it stopped.",
    ),
    "root-key-missing": (
        ERROR,
        "There is no root key at {path}.",
        "Bring it back from its backup; run `r2com init` only where nothing was ever sealed.",
    ),
    "root-key-broken": (ERROR, "The root key at {path} is not a key.", "Bring it back from its backup."),
    "root-key-open": (ERROR, "Other users of this machine may read {path}.", "Run `chmod 400 {path}`."),
    "root-key-wrong": (
        ERROR,
        "The root key does not open the keyring.",
        "Bring back the root key that belongs to this keyring.",
    ),
    "key-service-away": (ERROR, "{sentence}", "Start the key service, or correct R2COM_KEY_SERVICE."),
    "any-host": (ERROR, "This installation answers to every host name.", "Name yours in R2COM_HOSTS."),
    "insecure": (
        WARNING,
        "Pages travel without encryption (R2COM_INSECURE).",
        "Put a server with TLS in front and remove the setting.",
    ),
    "database-missing": (
        ERROR,
        "The {name} is not there ({path}).",
        "Bring it back from its backup, or run `r2com init`.",
    ),
    "database-unreachable": (
        ERROR,
        "The {name} does not answer: {fault}.",
        "Start it, or correct its address in the settings.",
    ),
    "database-behind": (
        ERROR,
        "The {name} lacks {count} changes that this version needs.",
        "Run `r2com upgrade`.",
    ),
    "demo-and-real": (
        ERROR,
        "The settings say {wanted}, but the data or the keys say {found}.",
        "Set R2COM_DEMO, R2COM_DATA and R2COM_KEYS so that all of them agree.",
    ),
    "no-agency": (ERROR, "There is no agency yet.", "Run `r2com init`."),
    "sqlite-setting": (
        ERROR,
        "SQLite's {pragma} of the {name} is {found}, not {wanted}.",
        "Let nothing but this application set it, and start again.",
    ),
    "sqlite-over-network": (
        ERROR,
        "The {name} lies on another machine ({kind}): SQLite cannot lock its file there.",
        "Put it on a disk of this machine, or use PostgreSQL.",
    ),
    "postgresql-fsync": (
        ERROR,
        "PostgreSQL does not bring the {name} to the disk: {setting} is off.",
        "Set {setting} = on and start the server again.",
    ),
    "postgresql-checksums": (
        WARNING,
        "PostgreSQL does not notice when the disk alters the {name}: data checksums are off.",
        "Stop the server and run `pg_checksums --enable`.",
    ),
    "postgresql-synchronous-commit": (
        ERROR,
        "PostgreSQL acknowledges work of the {name} before it is safe: synchronous_commit is {found}.",
        "Set synchronous_commit = on.",
    ),
    "postgresql-role": (
        ERROR,
        "The application's role owns tables, may rewrite the trail, or has a right that is not for it "
        "(superuser, making roles or databases, passing row security by).",
        "Give it a role of its own in DATABASE_URL, name the owner in DATABASE_OWNER_URL, "
        "and run `r2com upgrade`.",
    ),
    "postgresql-wall": (
        ERROR,
        "The second wall has gaps: PostgreSQL shows the rows of {tables} to whoever asks.",
        "Run `r2com upgrade` with DATABASE_OWNER_URL; it builds the wall again.",
    ),
    "address-undeclared": (
        ERROR,
        "{count} addresses do not say who may open them.",
        "Declare them in config/policy.py. The server does not start until then.",
    ),
    "grants-differ": (
        ERROR,
        "In {count} cases somebody may see more or less than is written down.",
        "Keep the worker running: it puts them right. Then look at the trail for what happened.",
    ),
    "no-instrument": (
        ERROR,
        "No instrument is published.",
        "Run `r2com instruments publish open-tv-rat`.",
    ),
    "instrument-altered": (
        ERROR,
        "{instrument} is not what was published.",
        "Bring it back from a backup, and find out who changed it.",
    ),
    "checklist-broken": (
        ERROR,
        "The checklist {place} that comes with the software has a fault: {fault}.",
        "Install this version of the software anew.",
    ),
    "job-failing": (
        WARNING,
        "The job “{job}” failed {count} times, last with {fault}.",
        "Read the worker's log.",
    ),
    "no-scanner": (
        NOTE,
        "Files that are added are not looked at by a virus scanner. They are drawn anew all the same.",
        "Name the socket of clamd in R2COM_CLAMD if you have one.",
    ),
    "scanner-silent": (
        ERROR,
        "The virus scanner at {place} does not answer; no file can be added.",
        "Start it, correct R2COM_CLAMD, or empty it.",
    ),
    "demonstration": (
        ERROR,
        "This is a demonstration (R2COM_DEMO): it shows its passwords to everybody.",
        "Begin a real installation with `r2com init`.",
    ),
    "owner-at-work": (
        WARNING,
        "{setting} is set: whoever breaks into this process owns the tables.",
        "Set it for `init`, `upgrade`, `backup`, `restore` and `drill` only.",
    ),
    "no-mail": (
        WARNING,
        "Letters are written to the log and reach nobody (R2COM_MAIL_URL).",
        "Name your mail server in R2COM_MAIL_URL.",
    ),
    "no-copies-program": (
        WARNING,
        "{program} is not there: nothing can be copied from PostgreSQL.",
        "Install PostgreSQL's client programs, or name their folder in R2COM_POSTGRESQL_BIN.",
    ),
    "destroyed-came-back": (
        ERROR,
        "{count} keys are back that were destroyed.",
        "Run `r2com retention replay`.",
    ),
    "deletion-late": (
        WARNING,
        "{count} people who were declined should have been deleted by now.",
        "Start `r2com worker`.",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what it is, and what to do about it."""

    id: str
    severity: str
    sentence: str
    mend: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def finding(id: str, **facts: Any) -> Finding:
    severity, sentence, mend = WORDS[id]
    return Finding(id, severity, sentence.format(**facts), mend.format(**facts))
