"""Work that comes round by itself: when it is due, and whether somebody is at it."""

from django.db import models
from django.db.models import F, Q


class JobQuerySet(models.QuerySet):
    def free(self, at):
        """Due, and nobody works on it: never taken, given back, or taken by a worker that has died since."""
        return self.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at), due_at__lte=at)

    def take(self, name: str, *, at, until) -> bool:
        """Take a job until a moment. False when it is not due, or when somebody was faster.

        One UPDATE decides, so that two workers never take the same job, on either database.
        """
        taken = self.free(at).filter(name=name).update(leased_until=until, attempts=F("attempts") + 1)
        return taken == 1


class Job(models.Model):
    """One periodic job. `attempts` counts the tries since it last went well."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_fault = models.CharField(max_length=100, blank=True)

    objects = JobQuerySet.as_manager()

    def __str__(self):
        return self.name
