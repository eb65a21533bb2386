"""The trail: what was done and what was opened, by whom and when. Rows are only ever added."""

from django.db import models

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.core.identifiers import new_id


class Event(models.Model):
    """One thing that happened. `facts` holds words from fixed lists and identifiers, never narrative."""

    personal = Personal(
        CORE,
        Kept.TRAIL,
        Shown.AS_A_LIST,
        {"facts": "identifiers and words from fixed lists, never narrative"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"]), models.Index(fields=["by", "at"])]

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
