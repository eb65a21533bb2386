"""Cases of one worker that go to others, each with a note that stays in the case."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import ScopedQuerySet, seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, CaseMember
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

BACK_WITHIN = timedelta(hours=24)


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those in which there is a case whose team this user supervises."""
        theirs = HandOverNote.objects.filter(case__in=seen("case", user, May.SIGN_OFF))
        return self.filter(pk__in=theirs.values("hand_over"))


class HandOver(models.Model):
    """A supervisor prepares to give several cases of one worker to others."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return f"handing over, {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("hand_over", args=[self.pk])


class NoteQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Who reads sensitive things in the case, once it was handed over; before, whoever supervises it."""
        supervised = Q(case__in=seen("case", user, May.SIGN_OFF))
        handed = Q(handed__isnull=False, case__in=seen("case", user, May.READ_SENSITIVE))
        return self.filter(supervised | handed)

    def whole(self):
        """With everything that stands beside it on a page."""
        around = ("case__person", "case__organisation", "case__team", "case__closure", "hand_over__worker")
        return self.select_related(*around, "to", "handed__by", "reading", "taken_back__by")

    def of_case(self, case: Case):
        return self.filter(case=case, handed__isnull=False).order_by("-handed__at")


class HandOverNote(models.Model):
    """What whoever takes over a case has to know. Once the case was handed over it is not changed."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="notes")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    case_id: UUID  # said for mypy
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=CaseMember.Part)
    words = SealedText(categories=NONE)
    held_up = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hand_over", "case"], name="one_note_for_each_case")]

    def __str__(self):
        return f"note for {self.get_part_display()}"

    def get_absolute_url(self):
        return reverse("hand_over_note", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def organisation_id(self):
        return self.case.organisation_id

    @property
    def is_handed_over(self) -> bool:
        return hasattr(self, "handed")

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back")

    @property
    def is_read(self) -> bool:
        return hasattr(self, "reading")

    def may_be_taken_back(self, at: datetime) -> bool:
        """For a day, as long as nobody did."""
        return self.is_handed_over and not self.is_taken_back and at - self.handed.at <= BACK_WITHIN

    def must_wait(self) -> None:
        if self.is_handed_over:
            raise Refused(_("This case was handed over already."))


class HandedOver(models.Model):
    """That a case was handed over: by whom, who was deputy until then, and which tasks went along."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST, {"tasks": "UUIDs of the tasks that went along"})

    id = models.UUIDField(primary_key=True, default=new_id)
    note = models.OneToOneField(HandOverNote, models.CASCADE, related_name="handed")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    deputy_before = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    tasks = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self):
        return f"handed over {self.at:%Y-%m-%d}"

    @property
    def case_id(self):
        return self.note.case_id


class Reading(models.Model):
    """That whoever takes over has read the note."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    note = models.OneToOneField(HandOverNote, models.CASCADE, related_name="reading")
    at = models.DateTimeField()

    def __str__(self):
        return f"read {self.at:%Y-%m-%d}"


class TakenBack(models.Model):
    """That a hand-over was undone within a day, and by whom."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    note = models.OneToOneField(HandOverNote, models.CASCADE, related_name="taken_back")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"taken back {self.at:%Y-%m-%d}"
