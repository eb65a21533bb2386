"""A token: a program that does something in the name of one person, never more than that person may."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.organisations.models import Membership, Organisation

BEGINS = "r2com_"
REMEMBERED = timedelta(days=1)


class Scope(models.TextChoices):
    """What a token may be used for. Whatever its bearer may not do, it may not do either."""

    READ = "read", _("Read what I may read")
    TASKS = "tasks", _("Make, move and finish tasks")
    STEPS = "steps", _("Say that a step of a plan is done")
    EVIDENCE = "evidence", _("Add what was seen or heard")
    CONTACTS = "contacts", _("Write and amend notes about contacts")


def secret() -> str:
    return BEGINS + secrets.token_urlsafe(32)


def hashed(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


class TokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and for an administrator, that they exist, those of the agency."""
        return self.filter(models.Q(user=user) | models.Q(organisation__in=_set_up_by(user)))

    def of(self, user):
        return self.filter(user=user)

    def live(self, at: datetime):
        return self.filter(ended_at__isnull=True, expires_at__gt=at)

    def with_people(self):
        return self.select_related("user", "ended_by")

    def that_is(self, text: str):
        return self.filter(secret_hash=hashed(text)).select_related("user")


def _set_up_by(user):
    """The agency somebody looks after today, if they do."""
    places = Membership.objects.on(timezone.localdate()).filter(user=user)
    return [place.organisation_id for place in places if place.may(May.SET_UP)]


class Token(models.Model):
    """A key for a program. Only a hash of it is kept; it ends by itself."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "purpose": "what the program is for; about the worker’s tool",
            "scopes": "words from a fixed list",
            "secret_hash": "a hash; the token itself is not kept",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return self.purpose

    @property
    def may(self) -> list[str]:
        """What it may be used for, in words."""
        return [scope.label for scope in Scope if scope in self.scopes]

    def is_live(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at

    def used(self, day: date) -> None:
        """Remember the day, once a day: that is enough to know whether somebody still needs it."""
        if self.used_on != day:
            self.used_on = day
            self.save(update_fields=["used_on"])


class Once(models.Model):
    """That something was sent with a key of the sender's own: within a day, it is not done again."""

    personal = Personal(
        CORE,
        Kept.SESSION,
        Shown.NOT_THEIRS,
        {"key_hash": "a hash of what the program chose", "sent_hash": "a hash of what was sent"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64)
    sent_hash = models.CharField(max_length=64)
    made = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key_hash"], name="each_key_once_a_token")]

    def __str__(self):
        return f"sent {self.at:%Y-%m-%d}"
