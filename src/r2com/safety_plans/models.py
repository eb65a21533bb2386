"""A safety plan: what the person does and whom they turn to when it gets hard, in their own words.

Six parts after Stanley and Brown (2012, Cognitive and Behavioral Practice 19(2), 256-264), worded by us.
"""

from django.db import models
from django.urls import reverse

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

PARTS = ("signs", "alone", "places", "people", "professionals", "safer")


class SafetyPlanQuerySet(OfCaseQuerySet):
    def whole(self):
        """With whose it is, who wrote it down and who has a copy."""
        copies = models.Prefetch("copies", Copy.objects.select_related("recorded_by"))
        return self.select_related("case__person", "case__organisation", "made_by").prefetch_related(copies)


class SafetyPlan(models.Model):
    """One version, as it was made with the person. A change is a new version; the earlier stay readable."""

    personal = Personal(
        TALK, Kept.CASE, Shown.WHOLE, {"number": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="safety_plans")
    number = models.PositiveSmallIntegerField()
    signs = SealedText(categories=NONE)
    alone = SealedText(categories=NONE)
    places = SealedText(categories=NONE)
    people = SealedText(categories=NONE)
    professionals = SealedText(categories=NONE)
    safer = SealedText(categories=NONE)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="safety_plans_are_numbered")]

    def __str__(self):
        return f"safety plan {self.number}"

    def get_absolute_url(self):
        return reverse("safety_plan_version", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def words(self) -> dict[str, str]:
        """The six parts by name, in their order."""
        return {part: getattr(self, part) for part in PARTS}


class CopyQuerySet(OfCaseQuerySet):
    case_path = "plan__case_id"

    def around(self):
        return self.select_related("plan__case")


class Copy(models.Model):
    """Who has a copy of which version, since when, and until when."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(SafetyPlan, models.CASCADE, related_name="copies")
    whose = SealedText(categories=NONE)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ["since", "recorded_at"]

    def __str__(self):
        return f"copy {self.since:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.plan.case_id

    @property
    def is_out(self) -> bool:
        return self.until is None
