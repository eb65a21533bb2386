"""Grants: the only table that decides which rows somebody may see.

A grant names user and case by their UUIDs, so that this foundation knows no casework. Grants are
derived: apps that know why somebody may see a case register as a source (see grants.py).
"""

from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from r2com.core.identifiers import new_id

from .personal import CORE, Kept, Personal, Shown
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


class Grant(models.Model):
    """One user may do some things with one case for one purpose and time."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST, {"may": "words from the list in roles.py"})

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.UUIDField()
    user = models.UUIDField()
    case = models.UUIDField()
    person = models.UUIDField()
    may = models.JSONField(default=list)
    source = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "case"]),
            models.Index(fields=["user", "person"]),
            models.Index(fields=["case"]),
        ]

    def __str__(self):
        return f"{self.source}: {self.user} on {self.case}"

    def allows(self, what: May) -> bool:
        return what in self.may


class ScopedQuerySet(models.QuerySet):
    """Rows of a case. `visible_to` is the one door to them."""

    case_path = "case_id"

    def visible_to(self, user):
        return self.filter(**{f"{self.case_path}__in": _live(user).values("case")})


class PersonQuerySet(models.QuerySet):
    """Rows of a person, seen by whoever has a live grant on one of the person's cases."""

    person_path = "pk"

    def visible_to(self, user):
        return self.filter(**{f"{self.person_path}__in": _live(user).values("person")})


def _live(user):
    return Grant.objects.live().held_by(user)
