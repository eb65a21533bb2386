"""Who is away from when to when, and who stands in. Nobody is asked why."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.organisations.models import Organisation, Team

from .places import supervised_teams


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, those in which one stands in, and for a supervisor those of the team."""
        concerned = Q(worker=user) | Q(stands_in=user) | Q(team__in=supervised_teams(user))
        return self.filter(concerned)

    def not_over(self, day: date):
        """Today's and those to come, the next one first."""
        rows = self.filter(ends__gte=day).select_related("worker", "stands_in")
        return rows.order_by("starts", "worker__name")


class Absence(models.Model):
    """Somebody is away, the last day included. There is no place for a reason."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    stands_in = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(stands_in=F("worker")), name="somebody_else_stands_in"),
        ]
        indexes = [models.Index(fields=["team", "ends"])]

    def __str__(self):
        return f"away {self.starts} to {self.ends}"
