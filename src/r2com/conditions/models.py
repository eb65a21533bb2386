"""What a court, the prison or probation asks of the person, in plain words.

Only what somebody has to do or not to do, until when, and whom to ask. What an offence was is not written
here, and neither is a breach.
"""

from django.db import models
from django.db.models import F, Q

from r2com.access.categories import Category
from r2com.access.personal import Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class ConditionQuerySet(OfCaseQuerySet):
    """Closed where the agency has no authority for what belongs to an offence."""

    kind = Category.LEGAL

    def on(self, day):
        """Those that hold on a day or will hold later."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day))


class Condition(models.Model):
    """One thing that is asked of the person."""

    personal = Personal(
        ("core", "offence"),
        Kept.CASE,
        Shown.WHOLE,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="conditions")
    words = SealedText(categories=[Category.LEGAL])
    asked_by = SealedText(categories=[Category.LEGAL])
    whom_to_ask = SealedText(categories=[Category.LEGAL])
    hard = SealedText(categories=[Category.LEGAL])
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = [F("starts").asc(nulls_first=True), "written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="condition_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return f"condition {self.pk}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    def is_over(self, day) -> bool:
        return self.ends is not None and self.ends < day
