"""The agency: its people, teams, and the lists it works with.

Whatever is edited here starts and ends by date and is never deleted, so that old records keep the
wording they were written with.
"""

from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.access.roles import May, Role, may
from r2com.accounts.models import User
from r2com.core.identifiers import new_id

from . import proposals


class Organisation(models.Model):
    """An agency. `neutral_name` is what a stranger may read over somebody's shoulder."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=200)
    neutral_name = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=8, default="en")
    phone = models.CharField(max_length=40, blank=True)
    data_protection_contact = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.neutral_name


class OfAgencyQuerySet(models.QuerySet):
    """Rows of one agency: seen by who works there, as far as their role shows them the page."""

    def visible_to(self, user):
        return self.filter(organisation=user.organisation_id)


class DatedQuerySet(OfAgencyQuerySet):
    """Rows that start and end by day. On the day it ends, something is over."""

    def on(self, day):
        return self.filter(Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gt=day))

    def open(self, day):
        """What goes on today or later, also if the day of its end is known."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=day))


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self):
        return self.name


class LeavingReason(models.TextChoices):
    """Why somebody's place ends. Words from this list go to the trail, nothing else does."""

    WORK = "work", _("Works somewhere else from now on")
    AWAY = "away", _("Is away for a long time")
    DONE = "done", _("The task here is done")
    OTHER = "other", _("Another reason")


class Membership(models.Model):
    """The one place somebody has in the agency at a time: a role, and for casework a team."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ends__isnull=True), name="one_place_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    def may(self, what: May) -> bool:
        return may(self.role, what)

    def is_on(self, day) -> bool:
        return self.starts <= day and (self.ends is None or self.ends > day)


class Certification(models.Model):
    """That somebody is trained for the judgements that need two people, on the agency's word and for a time.

    It stands for the certified worker of the field guide until there are certificates that anyone can verify.
    """

    personal = Personal(
        CORE, Kept.RECORD, Shown.NOT_THEIRS, {"grounds": "which training it rests on; about the worker"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="certifications")
    user = models.ForeignKey(User, models.PROTECT, related_name="certifications")
    grounds = models.CharField(max_length=300)
    starts = models.DateField()
    ends = models.DateField()
    certified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    certified_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="certification_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.starts} to {self.ends}"

    def is_on(self, day) -> bool:
        return self.starts <= day < self.ends

    @classmethod
    def is_held_by(cls, user, organisation, *, on) -> bool:
        """Whether this agency holds somebody to be trained on a day."""
        return cls.objects.on(on).filter(user=user, organisation=organisation).exists()


class InvitationQuerySet(OfAgencyQuerySet):
    def waiting(self):
        """Neither used nor withdrawn; its link may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def with_token(self, token: str):
        return self.filter(token_hash=token_hash(token))


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """An address that may join. Only a hash of the link is kept."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "email": "where the invitation was sent",
            "name": "shown to whoever accepts it",
            "token_hash": "a hash; the link itself is not kept",
            "language": "a code of a language, such as pt",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self):
        return self.email

    def is_open(self, at) -> bool:
        return not self.accepted_at and not self.withdrawn_at and at < self.expires_at


class ListName(models.TextChoices):
    """The lists an agency may word for itself."""

    REFERRED_BY = "referred_by", _("Who refers")
    TOLD = "told", _("What the person was told")
    ASKED = "asked", _("What is asked of us")
    DECLINE = "decline", _("Reasons to decline")
    SIGNPOST = "signpost", _("Where else we point to")
    RECIPIENT = "recipient", _("Who may receive something")


class ListEntry(models.Model):
    """One wording on one of the agency's lists. A new wording is a new entry."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="list_entries")
    list = models.CharField(max_length=20, choices=ListName)
    position = models.PositiveSmallIntegerField(default=0)
    words = models.JSONField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position", "starts"]

    def __str__(self):
        return self.words.get("en") or next(iter(self.words.values()))

    def in_language(self, language: str) -> str:
        return self.words.get(language) or str(self)


class RetentionRule(models.Model):
    """How long something is kept after it ended, before somebody decides about it."""

    class Kind(models.TextChoices):
        DECLINED = "declined", _("Somebody who was declined at the door")
        CLOSED = "closed", _("A closed case, after aftercare")
        NOT_KEPT = "not_kept", _("An observation that is not for the record")

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="retention_rules")
    kind = models.CharField(max_length=20, choices=Kind)
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_kind_display()}: {self.months}"


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the agency, for whoever works there and may propose or agree to such a thing."""
        places = list(Membership.objects.on(timezone.localdate()).filter(user=user))
        allowed = Q(pk__in=[])
        for place in places:
            kinds = [
                one.name for one in proposals.kinds() if place.may(one.proposes) or place.may(one.agrees)
            ]
            allowed |= Q(organisation=place.organisation_id, kind__in=kinds)
        return self.filter(allowed)

    def whole(self):
        return self.select_related("proposed_by", "consent__by", "use")


class Proposal(models.Model):
    """Somebody proposes something that needs two people: exactly this, known by its digest."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "digest": "of what would be done",
            "says": "how many of what; counts and words from fixed lists",
            "kind": "a word from a fixed list of our own",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    says = models.CharField(max_length=200)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self):
        return f"{self.kind} {self.proposed_at:%Y-%m-%d}"

    @property
    def label(self) -> str:
        return proposals.kind(self.kind).label

    @property
    def is_answered(self) -> bool:
        return hasattr(self, "consent")

    @property
    def is_used(self) -> bool:
        return hasattr(self, "use")

    def waits(self, at) -> bool:
        return not self.is_answered and at < self.until

    def is_agreed(self, at) -> bool:
        """Whether it may be done now: somebody else said yes, it is not over, and nobody did it yet."""
        return self.is_answered and self.consent.agrees and not self.is_used and at < self.until


class Consent(models.Model):
    """What the second person said to a proposal."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="consent")
    agrees = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return "agrees" if self.agrees else "refuses"


class Use(models.Model):
    """That what was agreed was done, once."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="use")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"done {self.at:%Y-%m-%d}"
