"""An export: who asked for what, what a second person said, and that it was taken. The file is not kept."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.organisations.models import Membership, Organisation, Team
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

WORKS_FOR = timedelta(hours=24)


class What(models.TextChoices):
    CASELOAD = "caseload", _("Who is supported, and since when")
    TASKS = "tasks", _("Tasks, and whether they are done")
    PLANS = "plans", _("Goals of plans, and what the person answered")
    JUDGEMENTS = "judgements", _("Judgements, item by item, in words")


class Format(models.TextChoices):
    XLSX = "xlsx", _("A spreadsheet (.xlsx)")
    CSV = "csv", _("Plain text (.csv)")


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and with names, those of the agency for whoever may be the second person."""
        places = Membership.objects.on(timezone.localdate()).filter(user=user)
        answering = [place.organisation_id for place in places if place.may(May.EXPORT)]
        named = models.Q(is_identifiable=True, organisation__in=answering)
        return self.filter(models.Q(asked_by=user) | named)

    def whole(self):
        around = ("organisation", "team", "asked_by", "answer__by", "withdrawal", "taking")
        return self.select_related(*around)


class ExportRequest(models.Model):
    """Somebody asks for data to leave the house; with names only for a reason, and with a second person."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=12, choices=What)
    format = models.CharField(max_length=4, choices=Format)
    is_identifiable = models.BooleanField(default=False)
    reason = SealedText(categories=NONE)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self):
        return f"{self.what} {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("export", args=[self.pk])

    def sealed_for(self):
        return Owner.USER, self.asked_by_id

    @property
    def has_instrument_content(self) -> bool:
        return self.what in (What.PLANS, What.JUDGEMENTS)

    @property
    def is_agreed(self) -> bool:
        return hasattr(self, "answer") and self.answer.agrees

    @property
    def is_settled(self) -> bool:
        """Whether nobody can do anything with it any more."""
        said_no = hasattr(self, "answer") and not self.answer.agrees
        return said_no or hasattr(self, "withdrawal") or hasattr(self, "taking")

    @property
    def ends_at(self) -> datetime:
        """With names, a day after the second person's yes; until then, a day after it was asked for."""
        return (self.answer.at if self.is_agreed else self.asked_at) + WORKS_FOR

    def waits(self, at: datetime) -> bool:
        """Whether the second person has still to say something."""
        unanswered = self.is_identifiable and not hasattr(self, "answer")
        return unanswered and not self.is_settled and at < self.ends_at

    def is_ready(self, at: datetime) -> bool:
        may_go = self.is_agreed or not self.is_identifiable
        return may_go and not self.is_settled and at < self.ends_at

    def state(self, at: datetime) -> str:
        """In words, where it stands."""
        if hasattr(self, "taking"):
            return _("Taken")
        if hasattr(self, "withdrawal"):
            return _("Taken back")
        if hasattr(self, "answer") and not self.answer.agrees:
            return _("Refused")
        if self.is_ready(at):
            return _("Ready to take")
        return _("Waits for a second person") if self.waits(at) else _("Too old")


class Answer(models.Model):
    """What the second person said."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(ExportRequest, models.CASCADE, related_name="answer")
    agrees = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return "agrees" if self.agrees else "refuses"


class Withdrawal(models.Model):
    """Who asked does not need it any more."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(ExportRequest, models.CASCADE, related_name="withdrawal")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"withdrawn {self.at:%Y-%m-%d}"


class Taking(models.Model):
    """That the file left the house, once."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(ExportRequest, models.CASCADE, related_name="taking")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"taken {self.at:%Y-%m-%d}"
