"""What stands before the day of release, and what is in place in the first 72 hours after it."""

from datetime import date

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.checklists.definition import due
from r2com.core.identifiers import new_id
from r2com.tasks.models import Task
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

GATE = "before-the-gate"
BOARD = "first-72-hours"


class ChecklistVersion(models.Model):
    """One version of a checklist as it was when somebody's list was first begun with it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    checklist = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64, unique=True)
    definition = models.JSONField()
    languages = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    def __str__(self):
        return f"{self.checklist} {self.version}"


class BegunQuerySet(OfCaseQuerySet):
    def with_version(self):
        """With the name of its version, but for the texts, which are kept in memory."""
        return self.select_related("version").defer("version__definition", "version__languages")

    def with_lights(self):
        """With everything that was said about its lamps, and to whom they went."""
        lights = Prefetch("lights", Light.objects.select_related("by"))
        return self.prefetch_related(lights, Prefetch("handed_on", HandedOn.objects.select_related("to")))

    def with_lines(self):
        """With everything that was written on its lines."""
        return self.prefetch_related(Prefetch("lines", Line.objects.whole()))


class Begun(models.Model):
    """A list that was begun for somebody. It stays with its version, whatever comes later."""

    personal = Personal(TALK, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="lists_begun")
    checklist = models.CharField(
        max_length=60, choices=[(GATE, _("Before the gate")), (BOARD, _("72 hours"))]
    )
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = BegunQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "checklist"], name="a_list_is_begun_once")]

    def __str__(self):
        return f"{self.checklist} {self.begun_at:%Y-%m-%d}"


class OfListQuerySet(OfCaseQuerySet):
    case_path = "begun__case_id"


class LineQuerySet(OfListQuerySet):
    def whole(self):
        """With who arranges each and everything that was said about it."""
        said = Prefetch("entries", Entry.objects.select_related("recorded_by"))
        return self.select_related("owner").prefetch_related(said)


class Line(models.Model):
    """What we wrote on one line of somebody's list: who arranges it, by when, and notes.

    A line of one's own has words and no key. It is due so many weeks before release, so that its day
    moves when the day of release does.
    """

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {
            "key": "the identifier of a line of a published list",
            "weeks_before": "when a line of a published list is due",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    begun = models.ForeignKey(Begun, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=60, blank=True)
    words = SealedText(categories=NONE)
    means = SealedText(categories=NONE)
    weeks_before = models.PositiveSmallIntegerField(null=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outside = SealedText(categories=NONE)
    promised_for = models.DateField(null=True)
    notes = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["begun", "key"], condition=~Q(key=""), name="a_line_stands_once_on_a_list"
            )
        ]

    def __str__(self):
        return self.key or f"line of one's own {self.pk}"

    def sealed_for(self):
        return Owner.CASE, self.begun.case_id

    @property
    def last(self) -> "Entry | None":
        """The last that was said about it."""
        return max(self.entries.all(), key=lambda entry: (entry.at, entry.pk), default=None)

    def due(self, release_on: date | None) -> date | None:
        return due(release_on, self.weeks_before)


class Entry(models.Model):
    """What was said about a line, one after the other: it is done only when the receiver says so."""

    class Says(models.TextChoices):
        ASKED = "asked", _("Asked, no answer yet")
        ARRANGED = "arranged", _("Arranged, not confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        TAKEN_BACK = "taken_back", _("Confirmation taken back")
        NOT_NEEDED = "not_needed", _("Does not apply")
        NEEDED = "needed", _("Applies after all")

    class How(models.TextChoices):
        PHONE = "phone", _("Said by phone")
        IN_PERSON = "in_person", _("Said in person")
        LETTER = "letter", _("Letter or message seen")
        SEEN = "seen", _("Seen with one’s own eyes")

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    line = models.ForeignKey(Line, models.CASCADE, related_name="entries")
    says = models.CharField(max_length=12, choices=Says)
    who = SealedText(categories=NONE)
    how = models.CharField(max_length=10, choices=How, blank=True)
    on = models.DateField(null=True)
    words = SealedText(categories=NONE)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(says="confirmed", on__isnull=False) & ~Q(how="")
                | ~Q(says="confirmed") & Q(on__isnull=True, how=""),
                name="a_confirmation_says_how_and_when",
            )
        ]

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.line.begun.case_id


class Light(models.Model):
    """What was said about a lamp, by whom and when: lit, put out, or how far it is.

    It is about what is in place, never about the person.
    """

    class Says(models.TextChoices):
        LIT = "lit", _("Lit")
        OUT = "out", _("Put out again")
        NOT_YET = "not_yet", _("Not yet")
        NOT_NEEDED = "not_needed", _("Does not apply")

    personal = Personal(
        TALK, Kept.CASE, Shown.WITHOUT_OTHERS, {"lamp": "the identifier of a line of a published list"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    begun = models.ForeignKey(Begun, models.CASCADE, related_name="lights")
    lamp = models.CharField(max_length=60)
    says = models.CharField(max_length=12, choices=Says)
    note = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfListQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.lamp} {self.says}"

    def sealed_for(self):
        return Owner.CASE, self.begun.case_id


class HandedOn(models.Model):
    """A lamp that was not lit by noon, and to whom it went. Once for each time it is dark."""

    personal = Personal(
        TALK, Kept.CASE, Shown.AS_A_LIST, {"lamp": "the identifier of a line of a published list"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    begun = models.ForeignKey(Begun, models.CASCADE, related_name="handed_on")
    lamp = models.CharField(max_length=60)
    dark_since = models.DateTimeField()
    task = models.OneToOneField(Task, models.CASCADE, related_name="lamp")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfListQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["begun", "lamp", "dark_since"], name="a_dark_lamp_is_handed_on_once"
            )
        ]

    def __str__(self):
        return f"{self.lamp} {self.at:%Y-%m-%d}"
