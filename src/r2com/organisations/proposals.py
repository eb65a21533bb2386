"""What needs two people: somebody proposes exactly this, somebody else says yes, and it is done once.

Others register what they do (`register`), and ask `actions.use` in the transaction in which they do it. What
is done is compared with what was proposed by a digest of its content, so nothing can be put in its place.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May, may


@dataclass(frozen=True)
class Kind:
    """Something that two people do. `proposes` and `agrees` are what their roles have to allow."""

    name: str
    label: str | Promise
    proposes: May
    agrees: May
    lasts: timedelta = timedelta(hours=24)

    def concerns(self, role: str | None) -> bool:
        return may(role, self.proposes) or may(role, self.agrees)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """Raises KeyError for what nobody registered."""
    return _kinds[name]


def kinds() -> list[Kind]:
    return list(_kinds.values())


def digest(content: bytes) -> str:
    """What identifies a content without telling it (SHA-256, FIPS 180-4)."""
    return sha256(content).hexdigest()


RETENTION_RUN, KEY_DESTRUCTION = "retention run", "key destruction"
register(Kind(RETENTION_RUN, _("Delete what is not kept any longer"), May.SET_UP, May.READ_REGISTERS))
register(
    Kind(KEY_DESTRUCTION, _("Destroy keys, so that nothing opens any more"), May.SET_UP, May.READ_REGISTERS)
)
