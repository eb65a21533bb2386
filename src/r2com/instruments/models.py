"""Published instruments. A published version is never edited; an assessment stays with its version."""

from django.db import models

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.core.identifiers import new_id


class PublishedInstrument(models.Model):
    """One version of an instrument as it was on the day it was published, with every language."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "content_hash": "of the questions, not of anybody's answers",
            "definition": "the questions, the same for everybody",
            "languages": "the questions in other languages",
            "instrument": "the identifier of a published form",
            "version": "which version of it",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64)
    definition = models.JSONField()
    languages = models.JSONField(default=dict)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="a_version_is_published_once")
        ]

    def __str__(self):
        return f"{self.instrument} {self.version}"
