"""A record that is set aside: it is kept and shown, and not used (GDPR, Art. 18)."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class SetAsideQuerySet(OfCaseQuerySet):
    def standing(self):
        return self.filter(ended_at__isnull=True)

    def whole(self):
        return self.select_related("case", "set_by", "told_by", "ended_by")


class SetAside(models.Model):
    """A record is kept and not used, on which ground and since when; and that the person was told
    before it is used again."""

    class Ground(models.TextChoices):
        ACCURACY = "accuracy", _("The person says that it is not right, and we look at it")
        UNLAWFUL = "unlawful", _("It should not have been kept, and the person wants it kept and not used")
        CLAIM = "claim", _("We need it no more; the person needs it for a claim of theirs")
        OBJECTION = "objection", _("The person objects, and we look at whose reasons weigh more")

    class Told(models.TextChoices):
        SAID = "said", _("Said it, face to face or on the telephone")
        PAPER = "paper", _("On paper")
        MAIL = "mail", _("By mail, as they wish to be reached")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="set_aside")
    case_id: UUID  # said for mypy
    ground = models.CharField(max_length=12, choices=Ground)
    words = SealedText(categories=NONE)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    told = models.CharField(max_length=8, choices=Told, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="set_aside_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(told_at__isnull=False), name="told_before_used_again"
            ),
        ]

    def __str__(self):
        return f"set aside {self.set_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_told(self) -> bool:
        return self.told_at is not None
