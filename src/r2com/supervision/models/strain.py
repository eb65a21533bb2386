"""How a worker says they are. It belongs to the worker, and to the one supervisor they show it to.

There is no count, no sum and no list of everybody's: the queryset refuses. The key is the worker's own.
"""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse

from r2com.access.categories import NONE
from r2com.access.personal import Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.keeping import months_after
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

from .places import supervised_by

KEPT_MONTHS = 12


class NeverCounted(TypeError):
    """Somebody tried to count or add up what workers say about themselves."""


class NotCounted(models.QuerySet):
    """Rows that are read one by one, and never counted or put together."""

    def count(self):
        raise NeverCounted("what workers say about themselves is not counted")

    def aggregate(self, *args, **kwargs):
        raise NeverCounted("what workers say about themselves is not put together")

    def annotate(self, *args, **kwargs):
        raise NeverCounted("what workers say about themselves is not put together")


class StrainQuerySet(NotCounted):
    def visible_to(self, user):
        """The worker's own; and what they show this supervisor, as long as both work in that team."""
        shown = Q(shown_to=user.pk, worker__in=supervised_by(user))
        return self.filter(Q(worker=user.pk) | shown)

    def shown_to(self, user):
        """What others show this supervisor, the newest first."""
        rows = self.visible_to(user).filter(shown_to=user.pk).exclude(worker=user.pk)
        return rows.select_related("worker").order_by("-shown_at")


class StrainCheck(models.Model):
    """How am I, what weighs on me, what would help: in the worker's own words."""

    personal = Personal(("core", "health"), Kept.YEAR, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    worker = models.ForeignKey(User, models.CASCADE, related_name="+")
    worker_id: UUID  # said for mypy
    how = SealedText(categories=NONE)
    weighs = SealedText(categories=NONE)
    helps = SealedText(categories=NONE)
    shown_to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    shown_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()

    objects = StrainQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]

    def __str__(self):
        return "a worker’s own words"

    def get_absolute_url(self):
        return reverse("strain_check", args=[self.pk])

    def sealed_for(self):
        return Owner.USER, self.worker_id

    @property
    def gone_on(self):
        """The day on which it is deleted by itself."""
        return months_after(self.written_at.date(), KEPT_MONTHS)


class StrainAnswerQuerySet(NotCounted):
    def visible_to(self, user):
        """Whoever sees what is answered."""
        return self.filter(about__in=StrainCheck.objects.visible_to(user).values("pk"))


class StrainAnswer(models.Model):
    """What the supervisor says to it. The worker keeps it, also after taking their words back."""

    personal = Personal(("core", "health"), Kept.YEAR, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    about = models.ForeignKey(StrainCheck, models.CASCADE, related_name="answers")
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = StrainAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return "an answer"

    def sealed_for(self):
        return Owner.USER, self.about.worker_id


def over_by(at: datetime):
    """What was written a year ago or longer, and goes."""
    day = at.date()
    before = months_after(day, -KEPT_MONTHS)
    return StrainCheck.objects.filter(written_at__date__lte=before)
