"""Looking at it again with the person, closing, the letter, and the calls afterwards."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.cases.models import Case, CaseMember, Closure, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.plans.models import Goal
from r2com.tasks.models import Task
from r2com.vault.fields import SealedJSON, SealedText
from r2com.vault.models import Owner


class View(models.TextChoices):
    """How the person sees it."""

    AGREES = "agrees", _("Sees it the same way")
    DIFFERS = "differs", _("Sees it otherwise")
    NOT_ASKED = "not_asked", _("Not asked, or did not answer")


class ReviewQuerySet(OfCaseQuerySet):
    def whole(self):
        """With everything that stands around the review on its page."""
        around = ("case__person", "case__organisation", "case__team", "case__closure", "begun_by")
        return self.select_related(*around, "assessment__published", "decision__kept_by").defer(
            "assessment__published__definition", "assessment__published__languages"
        )


class Review(models.Model):
    """One look back and ahead, resting on a talk. It is kept once something was decided."""

    class Occasion(models.TextChoices):
        WEEK_6 = "week_6", _("Week 6")
        WEEK_12 = "week_12", _("Week 12")
        MONTH_6 = "month_6", _("Month 6")
        CLOSING = "closing", _("Before closing")
        OTHER = "other", _("On another day")

    personal = Personal(
        CORE, Kept.CASE, Shown.WHOLE, {"number": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=10, choices=Occasion)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="reviews")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="reviews_are_numbered")]

    def __str__(self):
        return f"review {self.number}"

    def get_absolute_url(self):
        return reverse("review", args=[self.pk])

    @property
    def is_kept(self) -> bool:
        return hasattr(self, "decision")


class Decision(models.Model):
    """What was decided at a review and why, how the person sees it, and when we look again.

    `stood` is what lay on the table on that day: the judgements and words then and now, and the steps.
    """

    class Says(models.TextChoices):
        CONTINUE = "continue", _("Go on as it is")
        CHANGE = "change", _("Go on, and change something")
        STEP_DOWN = "step_down", _("Go on with less help")
        CLOSE = "close", _("Close")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.OneToOneField(Review, models.CASCADE, related_name="decision")
    says = models.CharField(max_length=10, choices=Says)
    reasons = SealedText(categories=NONE)
    narrative = SealedText(categories=NONE)
    view = models.CharField(max_length=10, choices=View)
    view_words = SealedText(categories=NONE)
    next_on = models.DateField(null=True)
    stood = SealedJSON(categories=NONE)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.review.case_id


class ClosingQuerySet(OfCaseQuerySet):
    def being_written(self):
        return self.filter(closure=None)

    def whole(self):
        return self.select_related("closure__closed_by", "written_by", "letter").prefetch_related(
            models.Prefetch("goals", GoalEnd.objects.select_related("goal__plan", "closing")),
            models.Prefetch("tasks", TaskEnd.objects.select_related("task", "closing")),
        )


class Closing(models.Model):
    """What is said when the support ends. It can be changed until it has its closure."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="closings")
    closure = models.OneToOneField(Closure, models.CASCADE, null=True, related_name="closing")
    reason = models.CharField(max_length=12, choices=Closure.Reason)
    view = models.CharField(max_length=10, choices=View)
    view_words = SealedText(categories=NONE)
    waits = SealedText(categories=NONE)
    told = SealedText(categories=NONE)
    calls_wanted = models.BooleanField()
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(closure__isnull=True), name="one_closing_is_written"
            )
        ]

    def __str__(self):
        return f"closing of {self.case_id}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_without_letter(self) -> bool:
        """Nobody can read it."""
        return self.reason == Closure.Reason.DIED


class GoalEnd(models.Model):
    """What became of one goal, in whose words, and how the person sees that."""

    class How(models.TextChoices):
        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Partly")
        NOT_REACHED = "not_reached", _("Not reached")
        NOT_WANTED = "not_wanted", _("No longer wanted")

    class Whose(models.TextChoices):
        PERSON = "person", _("The person’s own words")
        TOGETHER = "together", _("Worded together")
        WORKER = "worker", _("The case worker’s words")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    how = models.CharField(max_length=12, choices=How)
    whose = models.CharField(max_length=10, choices=Whose)
    words = SealedText(categories=NONE)
    view = SealedText(categories=NONE)

    class Meta:
        ordering = ["goal__position"]
        constraints = [models.UniqueConstraint(fields=["closing", "goal"], name="a_goal_ends_once")]

    def __str__(self):
        return self.how

    def sealed_for(self):
        return Owner.CASE, self.closing.case_id


class TaskEnd(models.Model):
    """What becomes of a task that is still open when the support ends."""

    class What(models.TextChoices):
        FINISHED = "finished", _("It is done")
        HANDED = "handed", _("Somebody else does it")
        DROPPED = "dropped", _("It is dropped")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="tasks")
    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    words = SealedText(categories=NONE)

    class Meta:
        ordering = ["task__due"]
        constraints = [models.UniqueConstraint(fields=["closing", "task"], name="a_task_ends_once")]

    def __str__(self):
        return self.what

    def sealed_for(self):
        return Owner.CASE, self.closing.case_id


class Letter(models.Model):
    """The letter to the person, as it was given to them. It names no programme."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE, {"language": "a code of a language, such as pt"})

    id = models.UUIDField(primary_key=True, default=new_id)
    closing = models.OneToOneField(Closing, models.CASCADE, related_name="letter")
    language = models.CharField(max_length=8)
    you_did = SealedText(categories=NONE)
    we_did = SealedText(categories=NONE)
    waits = SealedText(categories=NONE)
    ring = SealedText(categories=NONE)
    keeping = SealedText(categories=NONE)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self):
        return f"letter {self.written_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.closing.case_id


class CallQuerySet(OfCaseQuerySet):
    def waiting(self):
        """Not made yet, soonest first. A case that goes on is not rung because it once ended."""
        return self.filter(closing__closure=F("case__closure"), ended_at=None)

    def owned_by(self, user):
        """One's own; and those of somebody who works here no more, for whoever may make them."""
        here = CaseMember.objects.filter(case=OuterRef("case"), user=OuterRef("owner"), until=None)
        left = Q(case__in=seen("case", user, May.FOLLOW_UP)) & ~Exists(here)
        return self.filter(Q(owner=user.pk) | left)

    def with_case(self):
        around = ("case__person", "case__organisation", "case__team", "case__closure")
        return self.select_related(*around, "closing__closure", "owner")


class Call(models.Model):
    """A call some time after release, to ask how it is and to say that the door stays open."""

    class Occasion(models.TextChoices):
        MONTH_12 = "month_12", _("Twelve months after release")
        MONTH_18 = "month_18", _("Eighteen months after release")

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="calls")
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="calls")
    occasion = models.CharField(max_length=10, choices=Occasion)
    due = models.DateField()
    ended_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["due"]

    def __str__(self):
        return f"{self.occasion} {self.due}"

    def get_absolute_url(self):
        return reverse("aftercare", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None and self.closing.closure_id == self.case.closure_id


class Attempt(models.Model):
    """That somebody rang, and what came of it."""

    class Result(models.TextChoices):
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Not reached")
        ASKED_BACK = "asked_back", _("Asked us back")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    call = models.ForeignKey(Call, models.CASCADE, related_name="attempts")
    result = models.CharField(max_length=12, choices=Result)
    words = SealedText(categories=NONE)
    again_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return self.result

    def sealed_for(self):
        return Owner.CASE, self.call.case_id
