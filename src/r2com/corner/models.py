"""The people in somebody's corner: who they are, how near they stand, and whether we may ring them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import Category
from r2com.access.personal import Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class SupporterQuerySet(OfCaseQuerySet):
    def in_the_corner(self):
        """Those who stand there now, the nearest first, in the order in which they were named."""
        return self.filter(left_at__isnull=True)


class Supporter(models.Model):
    """Somebody in the person's corner, as the person tells it. It is another one's name: kept with care."""

    class Ring(models.TextChoices):
        NEAR = "1", _("Close: I can ring at any hour")
        BESIDE = "2", _("Beside me: I see them, they help with some things")
        FURTHER = "3", _("Further out: I would like to find the way back")

    class Contact(models.TextChoices):
        ASK_FIRST = "ask", _("Ask me each time")
        YES = "yes", _("Yes, you may ring them")
        NO = "no", _("No, leave them out of it")

    personal = Personal(
        ("core", "origin"),
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="supporters")
    name = SealedText(categories=[Category.CONTACT])
    relation = SealedText(categories=[Category.CONTACT])
    ring = models.CharField(max_length=1, choices=Ring)
    helps = SealedText(categories=[Category.CONTACT])
    phone = SealedText(categories=[Category.CONTACT])
    contact = models.CharField(max_length=3, choices=Contact, default=Contact.ASK_FIRST)
    version = models.PositiveIntegerField(default=1)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = SupporterQuerySet.as_manager()

    class Meta:
        ordering = ["ring", "named_at"]

    def __str__(self):
        return f"supporter {self.pk}"

    def sealed_for(self):
        return Owner.CASE, self.case_id
