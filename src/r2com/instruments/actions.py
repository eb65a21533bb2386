"""Publishing an instrument."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core import instruments
from r2com.core.refusals import Refused

from .models import PublishedInstrument


class AlreadyPublished(Refused):
    """This version stands already, with other content. A published version is never edited."""


@transaction.atomic
def publish(
    definition: dict, languages: dict[str, dict], *, by: User | None, at: datetime
) -> PublishedInstrument:
    """Publish a version once. Raises core.instruments.BadDefinition, or AlreadyPublished."""
    instruments.read(definition, languages)
    content_hash = instruments.content_hash({"definition": definition, "languages": languages})
    name, version = definition["instrument"], definition["version"]
    stands = PublishedInstrument.objects.filter(instrument=name, version=version).first()
    if stands is not None and stands.content_hash != content_hash:
        raise AlreadyPublished(
            _("This version is published with other content. Give the change a new version number.")
        )
    if stands is not None:
        return stands
    published = PublishedInstrument.objects.create(
        instrument=name,
        version=version,
        content_hash=content_hash,
        definition=definition,
        languages=languages,
        published_by=by,
        published_at=at,
    )
    trail.record("instrument.published", subject=published, by=by, at=at, version=version)
    return published
