"""A pulse: which way the parts of life that change fast are going, in arrows."""

from django.db import models
from django.urls import reverse

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.instruments.models import PublishedInstrument
from r2com.vault.fields import SealedJSON, SealedText
from r2com.vault.models import Owner


class PulseQuerySet(OfCaseQuerySet):
    def standing(self):
        """Those that nobody has amended since."""
        return self.filter(amended__isnull=True)

    def whole(self):
        """With who kept it and what it amended; the instrument itself is kept in memory."""
        return self.select_related("published", "kept_by", "amends", "amended").defer(
            "published__definition", "published__languages"
        )


class Pulse(models.Model):
    """One look at what changes fast. It stays as it was kept; an amendment stands beside it."""

    personal = Personal(
        TALK, Kept.CASE, Shown.WHOLE, {"content_hash": "of the questions, not of the answers"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="pulses")
    published = models.ForeignKey(PublishedInstrument, models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    arrows = SealedJSON(categories=NONE)
    own_words = SealedText(categories=NONE)
    amends = models.OneToOneField("self", models.PROTECT, null=True, related_name="amended")
    said_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-kept_at"]

    def __str__(self):
        return f"pulse {self.said_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("kept_pulse", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_amended(self) -> bool:
        return hasattr(self, "amended")
