"""Who is kept out of a record, which records only named people see, and what was opened in an emergency."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE, Category
from r2com.access.models import Grant, ScopedQuerySet
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.identifiers import new_id
from r2com.organisations.models import Membership
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

LASTS = timedelta(minutes=60)
READS = [May.READ, May.READ_SENSITIVE]


class GuardQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(ended_at__isnull=True)


class Restriction(models.Model):
    """Only the people named see this record. The supervisor of the team is one of them only if named."""

    class Reason(models.TextChoices):
        UNSAFE = "unsafe", _("Somebody threatens the person, or looks for them")
        KNOWN = "known", _("The person is known to people who work here")
        PUBLIC = "public", _("The case is talked about in public")
        ASKED = "asked", _("The person asked for it")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=12, choices=Reason)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = GuardQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_restriction_stands"
            )
        ]

    def __str__(self):
        return f"restricted {self.set_at:%Y-%m-%d}"


class NamedQuerySet(ScopedQuerySet):
    case_path = "restriction__case_id"


class Named(models.Model):
    """Somebody who may still see a restricted record."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="named")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = NamedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="named_once")]

    def __str__(self):
        return f"named {self.user_id}"


class Exclusion(models.Model):
    """A colleague who never sees this person's record, whatever else would let them in."""

    class Reason(models.TextChoices):
        CONFLICT = "conflict", _("They have an interest of their own")
        FAMILY = "family", _("They are family, or close to the person")
        UNSAFE = "unsafe", _("The person does not feel safe with them")

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    words = SealedText(categories=[Category.THIRD_PARTY])
    excluded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    excluded_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = GuardQuerySet.as_manager()

    class Meta:
        ordering = ["-excluded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="kept_out_once"
            ),
            models.CheckConstraint(condition=~Q(user=F("excluded_by")), name="nobody_keeps_themself_out"),
        ]

    def __str__(self):
        return f"kept out {self.excluded_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.case_id


class EmergencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; for a supervisor those of the team, for data protection those of the agency.

        Whoever may not know of the person does not know of the emergency either: somebody kept out never
        does, and of a restricted record only data protection and those who see it.
        """
        places = Membership.objects.on(timezone.localdate()).filter(user=user)
        supervised = Q(case__team__in=places.filter(role=Role.SUPERVISOR).values("team"))
        protected = Q(case__organisation__in=places.filter(role=Role.DATA_PROTECTION).values("organisation"))
        out = Exclusion.objects.standing().filter(user=user).values("case__person")
        hidden = Restriction.objects.standing().values("case")
        seen = Grant.objects.live().held_by(user).values("case")
        known = supervised & (~Q(case__in=hidden) | Q(case__in=seen))
        return self.filter(Q(user=user) | (known | protected) & ~Q(case__person__in=out))

    def live(self, at: datetime):
        return self.filter(opened_at__lte=at, until__gt=at)

    def whole(self):
        return self.select_related("case__organisation", "case__team", "user", "review__by", "longer")


class Emergency(models.Model):
    """Somebody opened a record that is not theirs, because it could not wait: why, and for how long."""

    class Reason(models.TextChoices):
        LIFE = "life", _("Somebody’s life or health is at stake")
        UNSAFE = "unsafe", _("Somebody is threatened")
        NOBODY = "nobody", _("The person needs help now, and nobody who works with them can be reached")

    personal = Personal(TALK, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="emergencies")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    words = SealedText(categories=NONE)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        # No function of Python stands in a table’s condition: other tools, copies too, must read it.
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="an_emergency_ends")
        ]

    def __str__(self):
        return f"emergency {self.opened_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("emergency", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    def is_live(self, at: datetime) -> bool:
        return self.opened_at <= at < self.until

    @property
    def is_reviewed(self) -> bool:
        return hasattr(self, "review")

    @property
    def was_longer(self) -> bool:
        return hasattr(self, "longer")


class Longer(models.Model):
    """Once, somebody needed another hour."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    emergency = models.OneToOneField(Emergency, models.CASCADE, related_name="longer")
    at = models.DateTimeField()

    def __str__(self):
        return f"longer {self.at:%Y-%m-%d %H:%M}"


class EmergencyReview(models.Model):
    """What somebody else said afterwards about an emergency."""

    class Outcome(models.TextChoices):
        RIGHT = "right", _("It was right to open it")
        TALK = "talk", _("We talked about another way for the next time")
        WRONG = "wrong", _("It should not have been opened, and it is being followed up")

    personal = Personal(TALK, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    emergency = models.OneToOneField(Emergency, models.CASCADE, related_name="review")
    outcome = models.CharField(max_length=12, choices=Outcome)
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"looked at {self.at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.emergency.case_id


def reviewers(case: Case, day) -> models.QuerySet:
    """The places of those who look at emergencies in this case: its supervisors, and data protection."""
    places = Membership.objects.on(day).filter(organisation=case.organisation_id)
    team = Q(role=Role.SUPERVISOR, team=case.team_id)
    out = Exclusion.objects.standing().filter(case__person=case.person_id).values("user")
    return places.filter(team | Q(role=Role.DATA_PROTECTION)).exclude(user__in=out).select_related("user")
