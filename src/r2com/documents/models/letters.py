"""Letters: the templates that an agency words for itself, and what was written to whom."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.organisations.models import DatedQuerySet, Organisation
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class LetterTemplate(models.Model):
    """How a letter begins, in one language and wording. A new wording is a new template."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letter_templates")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["language", "name", "starts"]

    def __str__(self):
        return self.name


class LetterQuerySet(OfCaseQuerySet):
    def with_case(self):
        around = ("case__person", "case__organisation", "case__team", "begun_by")
        return self.select_related(*around, "finish__finished_by", "next")


class Letter(models.Model):
    """One version of a letter. Once finished it is kept as it is; a change is a new version."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "language": "a code of a language, such as pt",
            "number": "says which it is in its row, not what it tells",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="letters")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8)
    follows = models.OneToOneField("self", models.CASCADE, null=True, related_name="next")
    number = models.PositiveSmallIntegerField(default=1)
    to = SealedText(categories=NONE)
    subject = SealedText(categories=NONE)
    words = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self):
        return f"letter {self.number}"

    def get_absolute_url(self):
        return reverse("letter", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_finished(self) -> bool:
        return hasattr(self, "finish")

    @property
    def is_last(self) -> bool:
        """Whether no newer version of it was begun."""
        return not hasattr(self, "next")

    def must_be_open(self) -> None:
        if self.is_finished:
            raise Refused(_("This letter is finished and kept as it is. Begin a new version to change it."))


class Finish(models.Model):
    """That a letter was finished, by whom and when."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    letter = models.OneToOneField(Letter, models.CASCADE, related_name="finish")
    finished_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField()

    def __str__(self):
        return f"finish of {self.letter_id}"
