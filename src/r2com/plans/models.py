"""The plan: goals in the person's words, steps with who and when, and the person's answer."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class PlanQuerySet(OfCaseQuerySet):
    def whole(self):
        return self.select_related("case__person", "case__organisation", "made_by", "assessment__published").prefetch_related(
            "goals__steps", "answers"
        )


class Plan(models.Model):
    """One draft of the plan. Once the person has answered it is kept as it is; a change is a new draft."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="plans")
    number = models.PositiveSmallIntegerField()
    matters = SealedText()
    stops = SealedText()
    ring = SealedText()
    promises = SealedText()
    review_on = models.DateField(null=True)
    review_where = SealedText()
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="plans_are_numbered")]

    def __str__(self):
        return f"plan {self.number}"

    def get_absolute_url(self):
        return reverse("plan", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def answer(self):
        """The person's last answer, or None while nobody has asked them."""
        return max(self.answers.all(), key=lambda a: a.at, default=None)

    @property
    def is_draft(self) -> bool:
        return self.answer is None

    def must_be_draft(self) -> None:
        if not self.is_draft:
            raise Refused(_("The person has answered this plan. Begin a new draft to change it."))


class OfPlanQuerySet(OfCaseQuerySet):
    case_path = "plan__case_id"


class Goal(models.Model):
    """Something the person wants, in their words; the item it answers and the strength it uses."""

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    words = SealedText()
    item = models.CharField(max_length=8)
    strength_item = models.CharField(max_length=8)
    helps = SealedText()

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"goal {self.position}"

    def sealed_for(self):
        return Owner.CASE, self.plan.case_id


class Step(models.Model):
    """One thing somebody does towards a goal, by a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    words = SealedText()
    who = SealedText()
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by = models.DateField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"step {self.position}"

    def sealed_for(self):
        return Owner.CASE, self.goal.plan.case_id


class Answer(models.Model):
    """What the person said about the plan. It may be asked again."""

    class Says(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        DISAGREES = "disagrees", _("Disagrees")
        COULD_NOT = "could_not", _("Could not answer")

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="answers")
    says = models.CharField(max_length=10, choices=Says)
    words = SealedText()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.plan.case_id
