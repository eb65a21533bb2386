"""What the person says about one entry, and the answer to it. Nothing here is ever deleted by hand."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import seen
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class ContestQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """One about a sensitive entry is there only for those who read such entries."""
        reading = seen("case", user, May.READ_SENSITIVE)
        return super().visible_to(user).filter(models.Q(is_sensitive=False) | models.Q(case__in=reading))

    def answered_too(self):
        """With the decision and who made it."""
        answer = ("decision__decided_by", "decision__correction")
        return self.select_related("case__person", "decider", "written_by", *answer)

    def open(self):
        """Those that wait for an answer."""
        return self.filter(decision__isnull=True, due__isnull=False)

    def waiting_for(self, user):
        """Those that this user is to answer, the one due first before the others."""
        return self.open().filter(decider=user).order_by("due", "made_at")

    def about(self, case: Case):
        return self.filter(case=case).order_by("made_at")


class Contest(models.Model):
    """The person’s words about one entry: a remark kept beside it, or a contest that asks for something.

    `authors` are the UUIDs of whoever wrote the entry when it was contested. They never decide.
    """

    class Asks(models.TextChoices):
        REMARK = "remark", _("Only keep my words beside it")
        CORRECT = "correct", _("Correct it")
        ADD = "add", _("Add something to it")
        DELETE = "delete", _("Take it out")
        RESTRICT = "restrict", _("Let fewer people see it")

    class Through(models.TextChoices):
        TOGETHER = "together", _("said while reading together")
        LINK = "link", _("written by themselves, through a link")

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "authors": "UUIDs of workers, so that none of them decides",
            "kind": "a word from a fixed list of our own",
            "part": "the name of a field of the form",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="contests")
    case_id: UUID  # said for mypy
    kind = models.CharField(max_length=20)
    entry = models.UUIDField()
    part = models.CharField(max_length=20, blank=True)
    within = models.UUIDField(null=True)
    title = SealedText(categories=NONE)
    stood = SealedText(categories=NONE)
    is_sensitive = models.BooleanField(default=False)
    words = SealedText(categories=NONE)
    asks = models.CharField(max_length=10, choices=Asks)
    through = models.CharField(max_length=10, choices=Through)
    authors = models.JSONField(default=list)
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    reminder = models.UUIDField(null=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "made_at"]
        indexes = [models.Index(fields=["case", "made_at"]), models.Index(fields=["decider", "due"])]

    def __str__(self):
        return f"{self.asks} {self.kind}"

    def get_absolute_url(self):
        return reverse("contest", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def organisation_id(self):
        return self.case.organisation_id

    @property
    def is_remark(self) -> bool:
        return self.asks == self.Asks.REMARK

    @property
    def is_decided(self) -> bool:
        return hasattr(self, "decision")

    def is_late(self, day: date) -> bool:
        return not self.is_remark and not self.is_decided and self.due < day

    def must_be_undecided(self) -> None:
        if self.is_remark:
            raise Refused(_("These words are kept beside the entry. Nothing was asked for."))
        if self.is_decided:
            raise Refused(_("This was answered already. The person may contest the entry once more."))

    def must_not_be_by(self, user: User) -> None:
        if str(user.pk) in self.authors:
            raise Refused(_("You wrote this entry. Somebody else has to answer."))


class DecisionQuerySet(OfCaseQuerySet):
    case_path = "contest__case_id"


class Decision(models.Model):
    """The answer to a contest, by somebody who did not write the entry, with reasons and who was told."""

    class Outcome(models.TextChoices):
        FOLLOWED = "followed", _("Followed")
        PARTLY = "partly", _("Followed in part")
        NOT_FOLLOWED = "not", _("Not followed")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = SealedText(categories=NONE)
    told = SealedText(categories=NONE)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    def __str__(self):
        return self.outcome

    def sealed_for(self):
        return Owner.CASE, self.contest.case_id

    @property
    def has_correction(self) -> bool:
        return hasattr(self, "correction")


class CorrectionQuerySet(OfCaseQuerySet):
    case_path = "decision__contest__case_id"


class Correction(models.Model):
    """What stood in an entry before somebody followed its contest, and what stands there since."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="correction")
    before = SealedText(categories=NONE)
    after = SealedText(categories=NONE)

    objects = CorrectionQuerySet.as_manager()

    def __str__(self):
        return "corrected"

    def sealed_for(self):
        return Owner.CASE, self.decision.contest.case_id
