"""What a second reader takes out of a file before it leaves, and that they have read it through."""

from uuid import UUID

from django.db import models

from r2com.access.categories import Category
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.my_record.models import HeldBack
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

from .requests import FileRequest, OfRequestQuerySet


class PassageQuerySet(OfRequestQuerySet):
    def standing(self):
        return self.filter(put_back_at__isnull=True)


class Passage(models.Model):
    """Words that do not leave the house in this file, wherever they stand in it, and why."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.ForeignKey(FileRequest, models.CASCADE, related_name="passages")
    request_id: UUID  # said for mypy
    words = SealedText(categories=[Category.THIRD_PARTY])
    reason = models.CharField(max_length=20, choices=HeldBack.Reason)
    why = SealedText(categories=[Category.THIRD_PARTY])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    put_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    put_back_at = models.DateTimeField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"left out {self.at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.request.case_id


class ReadThrough(models.Model):
    """A second reader has read the file as it was then, and says that it may leave so.

    `stood` is what was read, as a hash: whatever is written afterwards is read, too, before the file leaves.
    """

    personal = Personal(
        CORE, Kept.CASE, Shown.AS_A_LIST, {"stood": "a hash of what was read; nothing of it can be read back"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.ForeignKey(FileRequest, models.CASCADE, related_name="readings")
    stood = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"read through {self.at:%Y-%m-%d}"
