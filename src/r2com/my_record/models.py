"""A link through which the person reads their record by themselves, and what is held back from it."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

TRIES = 5
READING = timedelta(minutes=30)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


class LinkQuerySet(OfCaseQuerySet):
    def with_token(self, token: str):
        return self.filter(token_hash=hashed(token))

    def unused(self, at: datetime):
        """Those that a code still opens: in time, not opened, not taken back, not tried too often."""
        waiting = self.filter(opening__isnull=True, taken_back__isnull=True, expires_at__gt=at)
        tries = WrongCode.objects.filter(link=OuterRef("pk")).order_by("at")
        return waiting.filter(~Exists(tries[TRIES - 1 :]))

    def whole(self):
        """With who made it and what became of it, the newest first."""
        around = ("made_by", "opening", "taken_back__by", "case__person", "case__organisation")
        return self.select_related(*around).prefetch_related("wrong_codes").order_by("-made_at", "-pk")


class OfLinkQuerySet(OfCaseQuerySet):
    case_path = "link__case_id"


class Link(models.Model):
    """Some parts of the record for the person to read once. Only hashes of address and code are kept."""

    personal = Personal(
        CORE,
        Kept.CASE,
        Shown.AS_A_LIST,
        {
            "parts": "names of parts from a fixed list",
            "token_hash": "a hash; the address itself is not kept",
            "code_hash": "a slow hash; the code itself is not kept",
            "language": "a code of a language, such as pt",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    case_id: UUID  # said for mypy
    parts = models.JSONField()
    language = models.CharField(max_length=8)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "made_at"])]

    def __str__(self):
        return f"link {self.made_at:%Y-%m-%d}"

    @property
    def organisation_id(self):
        return self.case.organisation_id

    @property
    def is_opened(self) -> bool:
        return hasattr(self, "opening")

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back")

    @property
    def is_tried_out(self) -> bool:
        return len(self.wrong_codes.all()) >= TRIES

    def is_waiting(self, at: datetime) -> bool:
        """Whether its code still opens it."""
        over = self.is_opened or self.is_taken_back or self.is_tried_out
        return not over and at < self.expires_at

    def is_read(self, at: datetime) -> bool:
        """Whether somebody reads through it just now."""
        return self.is_opened and not self.is_taken_back and self.opening.lasts(at)

    def opens_with(self, code: str) -> bool:
        return check_password(code, self.code_hash)


class WrongCode(models.Model):
    """That somebody gave another code. After the fifth the link opens nothing."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    link = models.ForeignKey(Link, models.CASCADE, related_name="wrong_codes")
    at = models.DateTimeField()

    objects = OfLinkQuerySet.as_manager()

    def __str__(self):
        return f"wrong code {self.at:%Y-%m-%d}"


class OpeningQuerySet(OfLinkQuerySet):
    def going_on(self, at: datetime):
        """Those through which the person may read now."""
        return self.filter(until__gt=at, left_at__isnull=True, link__taken_back__isnull=True)

    def whole(self):
        around = ("link__case__person", "link__case__organisation", "link__case__closure")
        return self.select_related(*around)


class Opening(models.Model):
    """That a link was opened with its code: once, and for half an hour."""

    personal = Personal(
        CORE, Kept.CASE, Shown.AS_A_LIST, {"visit_hash": "a hash of what the browser holds while it reads"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    link = models.OneToOneField(Link, models.CASCADE, related_name="opening")
    visit_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = OpeningQuerySet.as_manager()

    def __str__(self):
        return f"opened {self.at:%Y-%m-%d}"

    def lasts(self, at: datetime) -> bool:
        return self.left_at is None and at < self.until


class TakenBack(models.Model):
    """That a link was taken back: from then on it opens nothing, and whoever reads through it stops."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    link = models.OneToOneField(Link, models.CASCADE, related_name="taken_back")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfLinkQuerySet.as_manager()

    def __str__(self):
        return f"taken back {self.at:%Y-%m-%d}"


class HeldBackQuerySet(OfCaseQuerySet):
    def standing(self):
        return self.filter(given_back_at__isnull=True)

    def with_people(self):
        return self.select_related("case", "held_by", "given_back_by").order_by("-held_at")


class HeldBack(models.Model):
    """One entry that the person does not read for now, and why. They are told that, and the reason."""

    class Reason(models.TextChoices):
        OTHER_PERSON = "other_person", _("It is about somebody else and would endanger them")
        SOURCE = "source", _("It would give away who told us, and that was promised not to happen")
        COURT = "court", _("A court or an authority has forbidden to show it")
        HEALTH = "health", _("It would seriously harm the person; a clinician has said so")

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"kind": "a word from a fixed list of our own", "part": "the name of a field of the form"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="held_back")
    case_id: UUID  # said for mypy
    kind = models.CharField(max_length=20)
    entry = models.UUIDField()
    part = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=20, choices=Reason)
    words = SealedText(categories=NONE)
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    given_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_back_at = models.DateTimeField(null=True)

    objects = HeldBackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "held_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "entry", "part"],
                condition=models.Q(given_back_at__isnull=True),
                name="an_entry_is_held_back_once",
            )
        ]

    def __str__(self):
        return f"{self.reason} {self.kind}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def organisation_id(self):
        return self.case.organisation_id
