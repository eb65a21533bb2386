"""What stops records from being deleted, what was proposed to go, and what was destroyed."""

import json

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.identifiers import new_id
from r2com.organisations.models import Membership, Organisation, Proposal


def agencies(user, *any_of: May) -> list:
    """The agencies in which somebody's place today allows one of these."""
    places = Membership.objects.on(timezone.localdate()).filter(user=user)
    return [place.organisation_id for place in places if any(place.may(what) for what in any_of)]


class HoldQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the agency, for whoever reads its registers. They name a reference, never a person."""
        return self.filter(case__organisation__in=agencies(user, May.READ_REGISTERS))

    def standing(self):
        return self.filter(ended__isnull=True)

    def whole(self):
        return self.select_related("case", "placed_by", "ended__by")


class Hold(models.Model):
    """That a record is not deleted, whatever its day says, and when somebody looks at that again."""

    class Reason(models.TextChoices):
        ASKED = "asked", _("A court or an authority asks for it")
        CLAIM = "claim", _("Somebody makes or answers a legal claim")
        COMPLAINT = "complaint", _("A complaint is not decided yet")
        PERSON = "person", _("The person needs it to be kept")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=12, choices=Reason)
    review_on = models.DateField()
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]

    def __str__(self):
        return f"held since {self.placed_at:%Y-%m-%d}"


class HoldEnd(models.Model):
    """That a record is held no longer, by whose word."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    hold = models.OneToOneField(Hold, models.CASCADE, related_name="ended")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"ended {self.at:%Y-%m-%d}"


class RetentionPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the agency, for whoever proposes such a thing or agrees to it."""
        here = agencies(user, May.SET_UP, May.READ_REGISTERS)
        return self.filter(proposal__organisation__in=here)

    def agreed(self, at):
        """What two people said yes to, what is still in time, and what nobody did yet."""
        return self.filter(
            proposal__consent__agrees=True, proposal__use__isnull=True, proposal__until__gt=at
        ).select_related("proposal__organisation", "proposal__proposed_by")


class RetentionPlan(models.Model):
    """What one person proposed to delete, by marks that name nobody. The second agrees to its digest."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {"content": "hashes of identifiers, rules and days; nobody is found again through them"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")
    content = models.TextField()

    objects = RetentionPlanQuerySet.as_manager()

    def __str__(self):
        return f"plan of {self.proposal.proposed_at:%Y-%m-%d}"

    @property
    def lines(self) -> list[dict[str, str]]:
        return json.loads(self.content)["lines"]


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organisation__in=agencies(user, May.SET_UP, May.READ_REGISTERS))


class Certificate(models.Model):
    """What a run destroyed, signed. Each line of it is a tombstone: a hash, a rule, a day."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {"note": "hashes of identifiers, rules and counts, signed; nobody is found again through them"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    plan = models.OneToOneField(RetentionPlan, models.PROTECT, related_name="certificate")
    note = models.TextField()
    at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    @cached_property
    def said(self) -> dict:
        """What it says; whether it is signed, `certificates.opened` looks."""
        return json.loads(self.note.partition("\n\n")[0])

    def __str__(self):
        return f"certificate of {self.at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("certificate", args=[self.pk])
