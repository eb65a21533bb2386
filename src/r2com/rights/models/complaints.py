"""A complaint, whom it is about, what was decided and by whom. It changes nothing in anybody's record."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.cases.models import Case, CaseMember
from r2com.core.identifiers import new_id
from r2com.organisations.models import Membership, Organisation
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

ANSWERED_WITHIN = timedelta(days=30)
APPEALED_WITHIN = timedelta(days=30)


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who may decide: their role, in their agency, and nothing to do with it.

        Data protection reads first and says whom it is about; only then a supervisor sees it, unless it is
        about data protection itself. Nobody sees one that concerns them, or a person they ever worked with.
        """
        places = Membership.objects.on(timezone.localdate()).filter(user=user)
        protection = places.filter(role=Role.DATA_PROTECTION).values("organisation")
        supervision = places.filter(role=Role.SUPERVISOR).values("organisation")
        on_protection = Q(about=Complaint.About.PROTECTION)
        known = on_protection | Q(sorted_at__isnull=False)
        mine = Q(organisation__in=protection) & ~on_protection | Q(organisation__in=supervision) & known
        return self.filter(mine).uninvolved(user)

    def uninvolved(self, user):
        """Without those that name somebody, and those of people whom they see or ever worked with."""
        named = Concerned.objects.filter(user=user).values("complaint")
        worked = CaseMember.objects.filter(user=user).values("case__person")
        near = Q(record__person__in=worked) | Q(record__person__in=seen("person", user))
        return self.exclude(pk__in=named).filter(Q(record__isnull=True) | ~near)

    def waiting(self):
        """Those that somebody still has to decide: at first, or on appeal."""
        return self.exclude(pk__in=self._answered())

    def decided(self):
        return self.filter(pk__in=self._answered())

    @staticmethod
    def _answered():
        """Where the newest word is the agency's: a first decision without appeal, or one on appeal."""
        decisions = ComplaintDecision.objects.filter(Q(on_appeal=True) | Q(complaint__appeal__isnull=True))
        return decisions.values("complaint")

    def whole(self):
        return self.select_related("organisation", "record", "appeal").prefetch_related(
            "decisions__by", "concerned__user"
        )


class Complaint(models.Model):
    """Something that somebody says went wrong. Who they are is not asked."""

    class About(models.TextChoices):
        TREATED = "treated", _("How I was treated")
        DECIDED = "decided", _("Something that was decided")
        WRITTEN = "written", _("Something that was written or passed on")
        PROTECTION = "protection", _("How data protection here dealt with something")
        OTHER = "other", _("Something else")

    class Came(models.TextChoices):
        OPEN = "open", _("Through the open page")
        TOGETHER = "together", _("Said here, and written down together")
        PAPER = "paper", _("On paper")

    personal = Personal(
        TALK,
        Kept.RECORD,
        Shown.WITHOUT_OTHERS,
        {
            "words_hash": "a hash; the words themselves are not kept",
            "reference": "stands on paper in the place of a name",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="complaints")
    record = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="complaints")
    reference = models.CharField(max_length=12, unique=True)
    words_hash = models.CharField(max_length=64)
    about = models.CharField(max_length=12, choices=About)
    came = models.CharField(max_length=10, choices=Came)
    words = SealedText(categories=NONE)
    reach = SealedText(categories=NONE)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    sorted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sorted_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("complaint", args=[self.pk])

    def sealed_for(self):
        return Owner.ORGANISATION, self.organisation_id

    @cached_property
    def said(self) -> list["ComplaintDecision"]:
        """What was decided so far: at first, and on appeal."""
        return sorted(self.decisions.all(), key=lambda one: one.at)

    @property
    def is_appealed(self) -> bool:
        return hasattr(self, "appeal")

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide."""
        return len(self.said) < (2 if self.is_appealed else 1)

    @property
    def due(self):
        """By when the decision that waits has to be made."""
        return self.appeal.due_on if self.is_appealed else self.due_on

    def may_be_appealed(self, at: datetime) -> bool:
        return len(self.said) == 1 and not self.is_appealed and at <= self.said[0].at + APPEALED_WITHIN


class Concerned(models.Model):
    """Somebody whom a complaint is about. They do not see it here, and never decide it."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="concerned")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "user"], name="concerned_once")]

    def __str__(self):
        return f"concerned {self.user_id}"


class ComplaintDecision(models.Model):
    """What somebody uninvolved decided, in words for whoever complained."""

    class Outcome(models.TextChoices):
        RIGHT = "right", _("The complaint is right")
        PARTLY = "partly", _("The complaint is right in part")
        NOT = "not", _("We see it otherwise")

    personal = Personal(TALK, Kept.RECORD, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="decisions")
    on_appeal = models.BooleanField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "on_appeal"], name="a_complaint_is_decided_once"),
            models.UniqueConstraint(fields=["complaint", "by"], name="an_appeal_goes_to_somebody_else"),
        ]

    def __str__(self):
        return f"decided {self.at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.ORGANISATION, self.complaint.organisation_id


class Appeal(models.Model):
    """Whoever complained does not agree. Another person looks at it."""

    personal = Personal(TALK, Kept.RECORD, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="appeal")
    words = SealedText(categories=NONE)
    at = models.DateTimeField()
    due_on = models.DateField()

    def __str__(self):
        return f"appealed {self.at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.ORGANISATION, self.complaint.organisation_id
