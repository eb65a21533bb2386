"""The trail: what was done and what was opened, by whom and when. Rows are only ever added.

An entry never changes after it was written. What the log says about it stands in rows of its own:
its place (`Leaf`), and every half minute the signed root of all places (`Checkpoint`).
"""

from django.db import connection, models
from django.db.models import Q

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.core.identifiers import new_id

from . import canonical


class Event(models.Model):
    """One thing that happened. `facts` holds words from fixed lists and identifiers, never narrative.

    `case_seq` counts the entries of a case without gaps, so that one that was taken away is missed.
    Entries from before the trail was counted have none.
    """

    personal = Personal(
        CORE,
        Kept.TRAIL,
        Shown.AS_A_LIST,
        {
            "facts": "identifiers and words from fixed lists, never narrative",
            "name": "a word from the list of events",
            "case_seq": "counts entries, so that one taken away is missed",
            "subject_kind": "the name of a table",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    case_seq = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"]), models.Index(fields=["by", "at"])]
        constraints = [
            # With its condition it is an index: SQLite would build the table anew for a plain one, and
            # the triggers that guard it would be gone.
            models.UniqueConstraint(
                fields=["case", "case_seq"], condition=Q(case_seq__isnull=False), name="counted_once"
            )
        ]

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    def leaf(self) -> bytes:
        return canonical.leaf({field: getattr(self, field) for field in canonical.FIELDS})


COUNT = """
INSERT INTO audit_casecount ("case", last) VALUES (%s, 1)
ON CONFLICT ("case") DO UPDATE SET last = audit_casecount.last + 1 RETURNING last
"""


class CaseCount(models.Model):
    """How many entries the trail has about a case."""

    case = models.UUIDField(primary_key=True)
    last = models.BigIntegerField()

    def __str__(self):
        return f"{self.case}: {self.last}"

    @classmethod
    def next(cls, case) -> int:
        """The next number of a case. Whoever else writes about it waits for the end of the transaction."""
        field = cls._meta.pk
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [field.get_db_prep_value(case, connection)])
            return cursor.fetchone()[0]


class Waiting(models.Model):
    """An entry that has no place in the log yet.

    `bound` shows that the application wrote the entry; only entries from before the log began have none.
    """

    event = models.UUIDField(primary_key=True)
    bound = models.BinaryField()

    def __str__(self):
        return str(self.event)


class Leaf(models.Model):
    """The place of an entry in the log, the hash of its content, and its link to the place before."""

    personal = Personal(
        CORE,
        Kept.TRAIL,
        Shown.UNREADABLE,
        {
            "index": "the place in the log",
            "hash": "a hash of an entry",
            "link": "a hash that ties an entry to the one before",
        },
    )

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.DO_NOTHING, db_constraint=False, related_name="place")
    hash = models.BinaryField()
    link = models.BinaryField()

    def __str__(self):
        return f"{self.index}"


class Checkpoint(models.Model):
    """The root of the first `size` places, signed. `frontier` lets the tree grow on from here."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    frontier = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.size} entries, {self.at:%Y-%m-%d %H:%M}"
