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


class DataKey(models.Model):
    """256 random bits, wrapped by the root key, for everything sealed for one owner."""

    personal = Personal(CORE, Kept.CASE, Shown.UNREADABLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=12, choices=Owner)
    owner = models.UUIDField()
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner"], name="one_key_each")]

    def __str__(self):
        return f"{self.kind} {self.owner}"
