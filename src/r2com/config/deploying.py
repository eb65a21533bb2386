"""What else has to be so before real people are written down: `r2com check --deploy`."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.core import checks as djangos

from . import env
from .copies import servers
from .findings import ERROR, NOTE, WARNING, Finding, finding

OURS = {djangos.ERROR: ERROR, djangos.CRITICAL: ERROR, djangos.WARNING: WARNING}
# What Django asks for and we do otherwise, each with its reason.
OTHERWISE = {
    "security.W002": "`frame-ancestors` in our content security policy says the same, and more exactly",
    "security.W021": "preloading belongs to whoever owns the domain",
}


def look() -> list[Finding]:
    return [*_ours(), *_djangos()]


def _ours() -> Iterator[Finding]:
    if settings.DEMO:
        yield finding("demonstration")
    for name in ("DATABASE_OWNER_URL", "KEYRING_OWNER_URL"):
        if env.value(name):
            yield finding("owner-at-work", setting=name)
    if not env.value("R2COM_MAIL_URL"):
        yield finding("no-mail")
    if any(map(servers.is_postgresql, ("default", "keyring"))):
        for program in ("pg_dump", "pg_restore", "psql"):
            if shutil.which(servers.program(program)) is None:
                yield finding("no-copies-program", program=program)


def _djangos() -> Iterator[Finding]:
    """What the framework itself finds unsafe."""
    for one in djangos.run_checks(include_deployment_checks=True):
        if one.id not in OTHERWISE:
            mend = str(one.hint or "See the documentation of Django about this check.")
            yield Finding(str(one.id), OURS.get(one.level, NOTE), str(one.msg), mend)
