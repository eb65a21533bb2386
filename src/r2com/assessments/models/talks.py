"""An assessment: talking and rating together, making sense of it, and the supervisor's answer.

Ratings are words from the instrument's scales, one item at a time. Nothing here adds them up.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE, Category
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.special import of_its_item
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class AssessmentQuerySet(OfCaseQuerySet):
    def with_instrument(self):
        around = ("case__person", "case__organisation", "case__closure")
        return self.select_related(*around, "published", "begun_by")

    def not_signed_off(self):
        return self.exclude(handed_in__answer__is_return=False)

    def with_course(self):
        """Who began each, with no more than a line of time shows."""
        return self.select_related("begun_by").only("case", "kind", "begun_at", "begun_by__name")

    def with_answers(self):
        """With who began each, and what the supervisor said, for a list."""
        handed_in = models.Prefetch("handed_in", HandingIn.objects.select_related("answer"))
        return self.select_related("begun_by").prefetch_related(handed_in)


class OfAssessmentQuerySet(OfCaseQuerySet):
    case_path = "assessment__case_id"


class Assessment(models.Model):
    """One pass through an instrument with one person, pinned to a published version."""

    class Kind(models.TextChoices):
        FIRST_LOOK = "first_look", _("First look")
        FULL = "full", _("Full guide")
        REVIEW = "review", _("Review")

    personal = Personal(
        CORE,
        Kept.CASE,
        Shown.WHOLE,
        {
            "content_hash": "of the questions, not of the answers",
            "last_item": "the identifier of an item of the instrument",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="assessments")
    published = models.ForeignKey(PublishedInstrument, models.PROTECT)
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    last_item = models.CharField(max_length=8, blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.begun_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("assessment", args=[self.pk])

    @property
    def is_handed_in(self) -> bool:
        """Whether it waits for the supervisor, or was signed off: nobody writes in it then."""
        last = self.last_handing_in
        return last is not None and not (hasattr(last, "answer") and last.answer.is_return)

    @property
    def is_signed_off(self) -> bool:
        last = self.last_handing_in
        return last is not None and hasattr(last, "answer") and not last.answer.is_return

    @property
    def last_handing_in(self):
        return max(self.handed_in.all(), key=lambda h: h.at, default=None)

    def must_be_open(self) -> None:
        self.case.must_be_open()
        if self.is_handed_in:
            raise Refused(
                _("This assessment was handed in. It can be changed again when the supervisor returns it.")
            )


class Rating(models.Model):
    """What was judged about one item, in the six words, with the person's own view."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "judgements": "words from the instrument's scales, by scale; what was said about them is sealed",
            "item": "the identifier of an item of the instrument",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
    item = models.CharField(max_length=8)
    judgements = models.JSONField(default=dict)
    own_words = SealedText(categories=of_its_item)
    not_asked_because = SealedText(categories=of_its_item)
    version = models.PositiveIntegerField(default=1)
    rated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    rated_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)

    objects = OfAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="an_item_is_rated_once")]

    def __str__(self):
        return self.item

    @property
    def case_id(self):
        return self.assessment.case_id

    def sealed_for(self):
        return Owner.CASE, self.assessment.case_id


class Evidence(models.Model):
    """One thing that was said, seen or read, for or against, with its source and date."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {
            "item": "the identifier of an item of the instrument",
            "stance": "a word from the list of the instrument",
            "type": "a word from the list of the instrument",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    item = models.CharField(max_length=8)
    stance = models.CharField(max_length=10)
    type = models.CharField(max_length=20)
    source = SealedText(categories=[Category.SOURCE])
    words = SealedText(categories=of_its_item)
    dated = models.DateField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = OfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["dated", "added_at"]

    def __str__(self):
        return f"{self.item} {self.stance}"

    @property
    def case_id(self):
        return self.assessment.case_id

    def sealed_for(self):
        return Owner.CASE, self.assessment.case_id


class Box(models.TextChoices):
    """The six boxes of a formulation (field guide, screen 9)."""

    MATTERS = "matters", _("What matters to this person")
    HARD = "hard", _("What makes this move hard now")
    DRAWS = "draws", _("What, if anything, could draw them to people who do harm")
    HOLDS = "holds", _("What holds them")
    CHANGES = "changes", _("What could change things: dates, losses, news")
    UNKNOWN = "unknown", _("What we do not know, and what would prove us wrong")


class Future(models.TextChoices):
    """Three futures. The good one comes first, always."""

    SETTLES = "settles", _("Settles well")
    DRIFTS = "drifts", _("Drifts")
    RETURNS = "returns", _("Old trouble returns")


class Formulation(models.Model):
    """Making sense: how it hangs together, in words, resting on chosen items."""

    class Support(models.TextChoices):
        STANDARD = "standard", _("Standard")
        ENHANCED = "enhanced", _("Enhanced")
        INTENSIVE = "intensive", _("Intensive")

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "priority_needs": "items of the instrument",
            "key_strengths": "items of the instrument",
            "hours_a_week": "hours of help that somebody offers, so that a team can plan them",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="formulation")
    priority_needs = models.JSONField(default=list)
    key_strengths = models.JSONField(default=list)
    support = models.CharField(max_length=12, choices=Support, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    support_because = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfAssessmentQuerySet.as_manager()

    def __str__(self):
        return f"formulation of {self.assessment_id}"

    @property
    def case_id(self):
        return self.assessment.case_id

    def sealed_for(self):
        return Owner.CASE, self.assessment.case_id


class BoxText(models.Model):
    """What stands in one box, and the items it rests on."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE, {"items": "items of the instrument"})

    id = models.UUIDField(primary_key=True, default=new_id)
    formulation = models.ForeignKey(Formulation, models.CASCADE, related_name="boxes")
    box = models.CharField(max_length=10, choices=Box)
    words = SealedText(categories=NONE)
    items = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["formulation", "box"], name="one_text_a_box")]

    def __str__(self):
        return self.box

    def sealed_for(self):
        return Owner.CASE, self.formulation.assessment.case_id


class FutureText(models.Model):
    """One future: what we would see first, who notices, who does what."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    formulation = models.ForeignKey(Formulation, models.CASCADE, related_name="futures")
    future = models.CharField(max_length=10, choices=Future)
    first_signs = SealedText(categories=NONE)
    who_notices = SealedText(categories=NONE)
    who_does_what = SealedText(categories=NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["formulation", "future"], name="each_future_once")]

    def __str__(self):
        return self.future

    def sealed_for(self):
        return Owner.CASE, self.formulation.assessment.case_id


class HandingInQuerySet(OfAssessmentQuerySet):
    def with_course(self):
        """Who handed it in and who answered, with no more than a line of time shows."""
        answered = ("answer__handing_in", "answer__at", "answer__is_return", "answer__by__name")
        return self.select_related("by", "answer__by").only("assessment", "at", "by__name", *answered)


class HandingIn(models.Model):
    """The case worker asks the supervisor to read it."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="handed_in")
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = HandingInQuerySet.as_manager()

    def __str__(self):
        return f"handed in {self.at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.assessment.case_id


class Answer(models.Model):
    """The supervisor signs it off, or returns it with comments."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    handing_in = models.OneToOneField(HandingIn, models.CASCADE, related_name="answer")
    is_return = models.BooleanField()
    comments = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return "returned" if self.is_return else "signed off"

    def sealed_for(self):
        return Owner.CASE, self.handing_in.assessment.case_id
