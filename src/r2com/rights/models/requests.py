"""Somebody asks for everything that is kept about them: when, how, by when, and how it was given."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.models import ScopedQuerySet, seen
from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.identifiers import new_id
from r2com.my_record.models import HeldBack
from r2com.organisations.models import Membership


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is none (Regulation 1182/71, Art. 3)."""
    year, month = divmod(day.month - 1 + months, 12)
    first_after = date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return min(last, last.replace(day=min(day.day, last.day)))


class FileRequestQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """For those who see the case; data protection sees for the whole agency what is due, by reference."""
        places = Membership.objects.on(timezone.localdate()).filter(user=user, role=Role.DATA_PROTECTION)
        return self.filter(
            Q(case__in=seen("case", user)) | Q(case__organisation__in=places.values("organisation"))
        )

    def whole(self):
        return self.select_related("case__organisation", "entered_by", "longer", "given__by")


class FileRequest(models.Model):
    """The person asked for their file. It is due in a month (GDPR Art. 12(3))."""

    class How(models.TextChoices):
        SAID = "said", _("Said it")
        PAPER = "paper", _("On paper")
        MAIL = "mail", _("By mail")

    class Checked(models.TextChoices):
        KNOWN = "known", _("Whoever works with them knows them and heard it from them")
        PAPER = "paper", _("They showed a paper with a picture")
        CALLED = "called", _("We called them back on the number that is known")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="file_requests")
    received_on = models.DateField()
    how = models.CharField(max_length=8, choices=How)
    checked = models.CharField(max_length=8, choices=Checked)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = FileRequestQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]

    def __str__(self):
        return f"file asked for {self.received_on:%Y-%m-%d}"

    @property
    def due_on(self) -> date:
        return months_later(self.received_on, 3 if self.is_longer else 1)

    @property
    def is_longer(self) -> bool:
        return hasattr(self, "longer")

    @property
    def is_read(self) -> bool:
        """Whether a second reader has read it at least once."""
        return self.readings.exists()

    @property
    def is_given(self) -> bool:
        return hasattr(self, "given")


class OfRequestQuerySet(ScopedQuerySet):
    case_path = "request__case_id"


class TwoMonthsMore(models.Model):
    """It takes longer, and the person was told so with the reason, within the first month."""

    class Reason(models.TextChoices):
        MUCH = "much", _("There is very much of it")
        SEVERAL = "several", _("They asked for several things at once")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(FileRequest, models.CASCADE, related_name="longer")
    reason = models.CharField(max_length=8, choices=Reason)
    told_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfRequestQuerySet.as_manager()

    def __str__(self):
        return f"longer {self.told_on:%Y-%m-%d}"


class Given(models.Model):
    """The file was made, once, and how it reached the person. The file itself is not kept."""

    class Way(models.TextChoices):
        HAND = "hand", _("Handed over")
        POST = "post", _("Sent by post")
        READ = "read", _("On a device of theirs, in the room")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    request = models.OneToOneField(FileRequest, models.CASCADE, related_name="given")
    way = models.CharField(max_length=8, choices=Way)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfRequestQuerySet.as_manager()

    def __str__(self):
        return f"given {self.at:%Y-%m-%d}"


class SecondLook(models.Model):
    """A second reader looked at what is held back, and why, and agrees."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    held = models.OneToOneField(HeldBack, models.CASCADE, related_name="second_look")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"second look {self.at:%Y-%m-%d}"
