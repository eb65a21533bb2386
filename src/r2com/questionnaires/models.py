"""A questionnaire that is filled in: for a case, or by the organisation about its own practice."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import day_of, seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.special import of_its_questions
from r2com.organisations.models import Membership, Organisation
from r2com.vault.fields import SealedJSON, SealedText
from r2com.vault.models import Owner

OWN_PRACTICE = (Role.SUPERVISOR, Role.ADMINISTRATOR)


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of cases one may see, sensitive ones only with that grant; and those on our own practice."""
        places = Membership.objects.on(day_of(user)).filter(user=user.pk, role__in=OWN_PRACTICE)
        of_cases = Q(case__in=seen("case", user), sensitive=False)
        sensitive = Q(case__in=seen("case", user, May.READ_SENSITIVE))
        practice = Q(case__isnull=True, organisation__in=places.values("organisation"))
        return self.filter(of_cases | sensitive | practice)

    def of_practice(self):
        return self.filter(case__isnull=True)

    def before(self, questionnaire):
        """Those of our own practice that were finished earlier, of the same instrument, newest first."""
        same = self.of_practice().filter(
            organisation=questionnaire.organisation_id,
            published__instrument=questionnaire.published.instrument,
            begun_at__lt=questionnaire.begun_at,
            finished__isnull=False,
        )
        return same.whole().order_by("-begun_at", "-pk")

    def for_list(self):
        """With what a list names, and without the answers and the questions."""
        return (
            self.select_related("published", "begun_by", "finished__by")
            .defer("answers", "published__definition", "published__languages")
            .order_by("-begun_at", "-pk")
        )

    def whole(self):
        """With everything that stands on its page, but for the instrument, which is kept in memory."""
        around = (
            "case__person",
            "case__organisation",
            "case__team",
            "organisation",
            "begun_by",
            "finished__by",
        )
        rows = self.select_related(*around, "published")
        return rows.defer("published__definition", "published__languages")


class Questionnaire(models.Model):
    """One filling in of an instrument's questions, pinned to a published version. The answers are sealed."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "content_hash": "of the questions, not of anybody's answers",
            "position": "says which it is in its row, not what it tells",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="questionnaires")
    published = models.ForeignKey(PublishedInstrument, models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    sensitive = models.BooleanField()
    answers = SealedJSON(categories=of_its_questions)
    position = models.PositiveSmallIntegerField(default=1)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "begun_at"]),
            models.Index(fields=["organisation", "begun_at"]),
        ]

    def __str__(self):
        return f"questionnaire {self.begun_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("questionnaire", args=[self.pk])

    def sealed_for(self):
        return (Owner.CASE, self.case_id) if self.case_id else (Owner.ORGANISATION, self.organisation_id)

    @property
    def is_of_practice(self) -> bool:
        return self.case_id is None

    @property
    def is_finished(self) -> bool:
        return hasattr(self, "finished")

    def must_be_open(self) -> None:
        if Finish.objects.filter(questionnaire=self.pk).exists():
            raise Refused(_("This questionnaire is finished. Begin a new one to answer it again."))

    def mark(self, names: set[str]) -> str:
        """Which answers somebody saw, so that a change in between is noticed."""
        seen = {name: self.answers[name] for name in sorted(names & self.answers.keys())}
        return marked(seen)


class Finish(models.Model):
    """That a questionnaire was finished, by whom and when. From then on nobody writes in it."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    questionnaire = models.OneToOneField(Questionnaire, models.CASCADE, related_name="finished")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"finished {self.at:%Y-%m-%d}"


class ChosenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever looks at the practice of their own agency."""
        places = Membership.objects.on(day_of(user)).filter(user=user.pk, role__in=OWN_PRACTICE)
        return self.filter(organisation__in=places.values("organisation"))

    def for_list(self):
        """What goes on by its day, then what has ended, the latest first."""
        rows = self.select_related("owner", "questionnaire__published", "ended__by")
        rows = rows.defer("questionnaire__answers", *_heavy("questionnaire__published"))
        return rows.order_by(F("ended__at").desc(nulls_first=True), "by_when", "pk")


class Chosen(models.Model):
    """Something in how we work that people chose to change: what, who sees to it, and by when.

    `about` is the part of the instrument it comes from, empty for something else.
    """

    personal = Personal(
        CORE, Kept.RECORD, Shown.NOT_THEIRS, {"about": "the instrument's own name of the statement"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="chosen")
    about = models.CharField(max_length=100)
    words = SealedText(categories=NONE)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_when = models.DateField()
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = ChosenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "by_when"])]

    def __str__(self):
        return f"chosen {self.chosen_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.ORGANISATION, self.organisation_id

    @property
    def is_ended(self) -> bool:
        return hasattr(self, "ended")


class HowItEnded(models.TextChoices):
    DONE = "done", _("It is done")
    LET_GO = "let_go", _("We let it go")


class Ending(models.Model):
    """That what was chosen is done, or was let go, with a note."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    chosen = models.OneToOneField(Chosen, models.CASCADE, related_name="ended")
    how = models.CharField(max_length=8, choices=HowItEnded)
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return self.how

    def sealed_for(self):
        return Owner.ORGANISATION, self.chosen.organisation_id


def _heavy(published: str) -> tuple[str, str]:
    """The columns of an instrument that are kept in memory and need not be read again."""
    return f"{published}__definition", f"{published}__languages"


def marked(answers: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]
