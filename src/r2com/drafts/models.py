"""What somebody has typed and not kept yet. Nothing typed is ever lost."""

from django.db import models

from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedJSON
from r2com.vault.models import Owner


class Draft(models.Model):
    """One person's unfinished form, sealed under the case it is about, or else under their own key."""

    personal = Personal(
        TALK, Kept.WRITING, Shown.WHOLE, {"key": "which form it is: an address name and identifiers"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.UUIDField()
    key = models.CharField(max_length=120)
    case = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    fields = SealedJSON()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_each")]

    def __str__(self):
        return f"{self.key}, version {self.version}"

    def sealed_for(self):
        return (Owner.CASE, self.case) if self.case else (Owner.USER, self.user)
