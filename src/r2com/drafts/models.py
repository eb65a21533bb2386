"""What somebody has typed and not kept yet. Nothing typed is ever lost."""

from django.db import models

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedJSON
from r2com.vault.models import Owner


class Draft(models.Model):
    """One person's unfinished form, sealed under the case it is about, or else under their own key."""

    personal = Personal(
        TALK,
        Kept.WRITING,
        Shown.WHOLE,
        {
            "key": "which form it is: an address name and identifiers",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.UUIDField()
    key = models.CharField(max_length=120)
    case = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    fields = SealedJSON(categories=NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_each")]

    def __str__(self):
        return f"{self.key}, version {self.version}"

    def sealed_for(self):
        return (Owner.CASE, self.case) if self.case else (Owner.USER, self.user)


class Sent(models.Model):
    """That something was sent, so that it is done once: a hash and where it led. Gone after a day."""

    LONGEST = 500

    mark = models.CharField(max_length=64, primary_key=True)
    led_to = models.CharField(max_length=LONGEST, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.mark
