"""Showing somebody outside that an entry stands in the trail, without showing them the trail."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from r2com.core import merkle
from r2com.core.refusals import Refused
from r2com.vault import signing

from . import canonical
from .models import Checkpoint, Event, Leaf

FORMAT = "r2com-trail-proof/1"


def prove(entry: UUID) -> dict[str, Any]:
    """The entry, the hashes from it to a signed root, and the key to check them with. Raises Refused.

    The first checkpoint that covers the entry is taken, so that the proof of an entry never changes.
    """
    event = Event.objects.filter(pk=entry).first()
    leaf = Leaf.objects.filter(event=entry).first()
    if event is None or leaf is None:
        raise Refused(_("The log has no such entry."))
    checkpoint = Checkpoint.objects.filter(size__gt=leaf.index).order_by("size").first()
    if checkpoint is None:
        raise Refused(_("No checkpoint covers this entry yet. Run `r2com worker --once`, then ask again."))
    return {
        "format": FORMAT,
        "entry": canonical.text({field: getattr(event, field) for field in canonical.FIELDS}),
        "index": leaf.index,
        "proof": [step.hex() for step in merkle.inclusion(_leaves(checkpoint.size), leaf.index)],
        "checkpoint": checkpoint.note,
        "key": signing.verifier(signing.public()),
    }


def _leaves(size: int) -> list[bytes]:
    hashes = Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    return [bytes(leaf) for leaf in hashes.iterator(chunk_size=5_000)]
