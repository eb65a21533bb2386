"""Grants: the only table that decides which rows somebody may see.

A grant names user and case by their UUIDs, so that this foundation knows no casework. Grants are
derived: apps that know why somebody may see a case register as a source (see grants.py).
"""

from datetime import date

from django.db import connection, models
from django.db.models import Q, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from r2com.core.identifiers import new_id

from .categories import Category, Purpose
from .personal import CORE, Kept, Personal, Shown
from .questions import Asker, Blank
from .roles import May


class GrantQuerySet(models.QuerySet):
    def live(self, at=None):
        at = at or timezone.now()
        return self.filter(Q(since__lte=at), Q(until__isnull=True) | Q(until__gt=at))

    def held_by(self, user):
        return self.filter(user=user.pk)

    def that_allow(self, what: May):
        """Read as text, in which each word stands in quotes: SQLite cannot look into a list."""
        return self.alias(words=Cast("may", TextField())).filter(words__contains=f'"{what}"')


NO_DAY_YET = date.max
OPEN_ENDED = Q(until__isnull=True)


class Grant(models.Model):
    """One user may do some things with one case for one purpose and time.

    `day` and `changed_at` are what lists put cases in order by: a day that the source says, and the last
    change that the trail tells of. `closed` keeps what is over out of the lists of what goes on. They stand
    here, and in the indexes, so that the first page of a list is read in order, however many cases there are
    (see order.py).
    """

    personal = Personal(
        CORE,
        Kept.CASE,
        Shown.AS_A_LIST,
        {
            "may": "words from the list in roles.py",
            "categories": "words from the list in categories.py",
            "purpose": "a word from the list in categories.py",
            "source": "a word from grants.py: why it was given",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.UUIDField()
    user = models.UUIDField()
    case = models.UUIDField()
    person = models.UUIDField()
    may = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    purpose = models.CharField(max_length=20, default=Purpose.SUPPORT)
    source = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    day = models.DateField(default=NO_DAY_YET)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "case", "since", "until"], name="grant_on_case"),
            models.Index(fields=["user", "person", "since", "until"], name="grant_on_person"),
            models.Index(fields=["user", "closed", "day", "case"], condition=OPEN_ENDED, name="grant_by_day"),
            models.Index(
                fields=["user", "closed", "changed_at", "case"], condition=OPEN_ENDED, name="grant_by_change"
            ),
            models.Index(fields=["user", "until"], name="grant_with_an_end"),
            models.Index(fields=["case"]),
        ]

    def __str__(self):
        return f"{self.source}: {self.user} on {self.case}"

    def allows(self, what: May) -> bool:
        return what in self.may

    def opens(self, kind: Category) -> bool:
        return kind in self.categories


def seen(what: str, user, allowed: May | None = None, kind: Category | None = None) -> RawSQL:
    """The ids of each `case`, or `person`, on which a user has a live grant, for `…__in`.

    The same as `Grant.objects.live().held_by(user).values(what)`. Every reading of a record passes here,
    several times a page; said in SQL it is put together once and not each time.
    """
    now = prepared("since", moment_of(user))
    given = [prepared("user", user.pk), now, now]
    sql = SEEN[what]
    for column, word in (("may", allowed), ("categories", kind)):
        if word is not None:
            sql += f" AND CAST({column} AS text) LIKE %s"
            given.append(f'%"{word}"%')
    return RawSQL(sql, given)  # noqa: S611, none of it comes from outside


SEEN = {
    what: f'SELECT "{what}" FROM access_grant WHERE "user" = %s AND since <= %s '  # noqa: S608
    "AND (until IS NULL OR until > %s)"
    for what in ("case", "person")
}


def moment_of(user):
    """Now; or the blank for it, in a question that is asked again and again (see questions.py)."""
    return user.now if isinstance(user, Asker) else timezone.now()


def day_of(user):
    """Today where the installation stands; or the blank for it."""
    return user.today if isinstance(user, Asker) else timezone.localdate()


def prepared(column: str, value):
    """A value of a grant as this database keeps it; a blank stays one."""
    if isinstance(value, Blank):
        return value
    return Grant._meta.get_field(column).get_db_prep_value(value, connection)


class ScopedQuerySet(models.QuerySet):
    """Rows of a case. `visible_to` is the one door to them.

    `kind` is what all of them are about, where that is more than the case itself: whom the grant does not
    open that kind, for them there are no such rows.
    """

    case_path = "case_id"
    kind: Category | None = None

    def visible_to(self, user):
        return self.filter(**{f"{self.case_path}__in": seen("case", user, kind=self.kind)})


class PersonQuerySet(models.QuerySet):
    """Rows of a person, seen by whoever has a live grant on one of the person's cases."""

    person_path = "pk"

    def visible_to(self, user):
        return self.filter(**{f"{self.person_path}__in": seen("person", user)})
