"""The plan: goals in the person's words, steps with who and when, and the person's answer."""

from django.db import models
from django.db.models import Func, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class PlanQuerySet(OfCaseQuerySet):
    def whole(self):
        """With everything that stands on its page, but for the instrument, which is kept in memory."""
        around = ("case__person", "case__organisation", "case__team", "case__closure")
        made = ("made_by", "assessment__published", "assessment__formulation")
        return (
            self.select_related(*around, *made)
            .defer("assessment__published__definition", "assessment__published__languages")
            .prefetch_related(
                "goals",
                Prefetch("goals__steps", Step.objects.select_related("owner", "done")),
                Prefetch("answers", Answer.objects.select_related("recorded_by")),
            )
        )

    def with_steps(self):
        """With the goals and what is done for them. Three queries."""
        steps = Prefetch("goals__steps", Step.objects.select_related("owner", "done"))
        return self.prefetch_related("goals", steps)

    def with_course(self):
        """Who made each and when, with no more than a line of time shows."""
        return self.select_related("made_by").only("case", "number", "made_at", "made_by__name")

    def standing(self):
        """The one plan of each case that is worked with: the newest that the person has not said no to."""
        return self.filter(pk=Standing("case"))


class Standing(Func):
    """The id of the plan that is worked with in a case: the newest that was not last answered with no."""

    output_field = models.UUIDField()
    template = """(
        SELECT p.id FROM plans_plan p WHERE p.case_id = %(expressions)s AND COALESCE((
            SELECT a.says FROM plans_answer a WHERE a.plan_id = p.id ORDER BY a.at DESC, a.id DESC LIMIT 1
        ), '') <> 'disagrees' ORDER BY p.number DESC LIMIT 1
    )"""


class Plan(models.Model):
    """One draft of the plan. Once the person has answered it is kept as it is; a change is a new draft."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "number": "says which it is in its row, not what it tells",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="plans")
    number = models.PositiveSmallIntegerField()
    matters = SealedText(categories=NONE)
    stops = SealedText(categories=NONE)
    ring = SealedText(categories=NONE)
    promises = SealedText(categories=NONE)
    review_on = models.DateField(null=True)
    review_where = SealedText(categories=NONE)
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
        return max(self.answers.all(), key=lambda a: (a.at, a.pk), default=None)

    @property
    def is_draft(self) -> bool:
        return self.answer is None

    @property
    def is_agreed(self) -> bool:
        return not self.is_draft and self.answer.says == Answer.Says.AGREES

    @property
    def edition(self) -> int:
        """Grows with every change to the plan or to one of its goals."""
        return self.version + sum(goal.version for goal in self.goals.all())

    @property
    def kept_goals(self) -> list["Goal"]:
        return [goal for goal in self.goals.all() if not goal.is_removed]

    @property
    def removed_goals(self) -> list["Goal"]:
        return [goal for goal in self.goals.all() if goal.is_removed]

    def must_be_draft(self) -> None:
        if not self.is_draft:
            raise Refused(_("The person has answered this plan. Begin a new draft to change it."))

    def must_have_goals(self) -> None:
        if not self.kept_goals:
            raise Refused(_("Write at least one goal before you ask for an answer."))


class OfPlanQuerySet(OfCaseQuerySet):
    case_path = "plan__case_id"


class Goal(models.Model):
    """Something the person wants, in their words; the item it answers and the strength it uses.

    One that was taken out of a draft stays until the next draft, so that it can be put back.
    """

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "position": "says which it is in its row, not what it tells",
            "item": "the identifier of an item of the instrument",
            "strength_item": "the identifier of an item of the instrument",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    words = SealedText(categories=NONE)
    item = models.CharField(max_length=8)
    strength_item = models.CharField(max_length=8)
    helps = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"goal {self.position}"

    def sealed_for(self):
        return Owner.CASE, self.plan.case_id

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class StepQuerySet(OfCaseQuerySet):
    case_path = "goal__plan__case_id"

    def owned_by(self, user):
        return self.filter(owner=user.pk)

    def due(self):
        """Steps with a day and not done yet, soonest first, of the plans that open cases work with."""
        rows = self.filter(goal__removed_at=None, by__isnull=False, done__isnull=True)
        rows = rows.filter(goal__plan__case__closure=None)
        return rows.filter(goal__plan=Standing("goal__plan__case")).order_by("by", "position")

    def with_case(self):
        return self.select_related("goal__plan__case__person")


class Step(models.Model):
    """One thing somebody does towards a goal, by a day."""

    personal = Personal(
        TALK, Kept.CASE, Shown.WHOLE, {"position": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    words = SealedText(categories=NONE)
    who = SealedText(categories=NONE)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by = models.DateField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"step {self.position}"

    def sealed_for(self):
        return Owner.CASE, self.goal.plan.case_id

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")

    @property
    def people(self) -> str:
        """Everybody who does it: as it was written, and who in the team."""
        names = [self.who, self.owner.get_short_name() if self.owner else ""]
        return ", ".join(dict.fromkeys(name for name in names if name))


class StepDone(models.Model):
    """That a step was done, by whom and when it was written down."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    step = models.OneToOneField(Step, models.CASCADE, related_name="done")
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    def __str__(self):
        return f"done {self.step_id}"


class Answer(models.Model):
    """What the person said about the plan. It may be asked again."""

    class Says(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        DISAGREES = "disagrees", _("Disagrees")
        COULD_NOT = "could_not", _("Could not answer")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="answers")
    says = models.CharField(max_length=10, choices=Says)
    words = SealedText(categories=NONE)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.plan.case_id
