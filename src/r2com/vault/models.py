"""The keyring: one wrapped data key for each person, case, user or organisation.

It lives in a database of its own (see config/databases.py), so that no copy of the
data holds the keys to it.
"""

from django.db import models

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.core.identifiers import new_id


class Owner(models.TextChoices):
    PERSON = "person"
    CASE = "case"
    USER = "user"
    ORGANISATION = "organisation"
    SYSTEM = "system"


class EpochKey(models.Model):
    """The key that wraps the data keys of one agency for a while; the root key wraps it.

    An epoch that is not finished is one into which a rotation is still moving keys.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.UUIDField()
    number = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_key_an_epoch")]

    def __str__(self):
        return f"epoch {self.number} of {self.organisation}"


class DataKey(models.Model):
    """256 random bits for everything sealed for one owner, wrapped by the key of an epoch.

    Without an epoch it was made by an earlier version and is wrapped by the root key itself.
    """

    personal = Personal(
        CORE,
        Kept.CASE,
        Shown.UNREADABLE,
        {"wrapped": "a key, sealed under another key", "wrapped_by": "the name of a key, not of somebody"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=12, choices=Owner)
    owner = models.UUIDField()
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)
    epoch = models.ForeignKey(EpochKey, models.PROTECT, null=True, related_name="keys")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner"], name="one_key_each")]

    def __str__(self):
        return f"{self.kind} {self.owner}"
