"""A contact: a visit, a call, a message or a chance meeting, and what was written down about it.

What was written is never changed. A note that is amended gets a new version; the earlier ones stay.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Prefetch, Q, Sum
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.plans.models import Goal, Step
from r2com.tasks.models import Task
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

IN_TIME = timedelta(hours=24)


class Kind(models.TextChoices):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    CHANCE = "chance", _("By chance")


class Attendance(models.TextChoices):
    """Whether it happened, whether it began late, and if it did not happen, why. Nothing about content."""

    TOOK_PLACE = "took_place", _("It took place")
    LATE = "late", _("It took place, later than agreed")
    TOLD_US = "told_us", _("They told us beforehand")
    NO_WORD = "no_word", _("They did not come, no word")
    OUR_SIDE = "our_side", _("It could not happen: our side")
    LOGISTICS = "logistics", _("It could not happen: something came between")

    @property
    def took_place(self) -> bool:
        return self in (Attendance.TOOK_PLACE, Attendance.LATE)


class Readers(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody in the case")
    CASE_TEAM = "case_team", _("Case team and supervisor")
    WRITER = "writer", _("Who wrote it, and the supervisor")


def open_to(user, *, readers: str, writer: str, case: str = "case") -> Q:
    """Whom a note is open to. The names are the paths to its readers, its writer and its case."""
    reading = Q(**{f"{case}__in": seen("case", user, May.READ_SENSITIVE)})
    supervising = Q(**{f"{case}__in": seen("case", user, May.SIGN_OFF)})
    everybodys = Q(**{readers: Readers.EVERYBODY})
    case_teams = Q(**{readers: Readers.CASE_TEAM}) & reading
    return everybodys | case_teams | supervising | Q(**{writer: user.pk})


class ContactQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """What its readers may read; its writer and the supervisor always, while they see the case."""
        return (
            super().visible_to(user).filter(open_to(user, readers="standing__readers", writer="written_by"))
        )

    def newest_first(self):
        return self.order_by("-standing__happened_at", "-pk")

    def before(self, happened_at: datetime, pk):
        """Those that come after this one in a list with the newest first."""
        earlier = Q(standing__happened_at__lt=happened_at)
        return self.filter(earlier | Q(standing__happened_at=happened_at, pk__lt=pk))

    def with_version(self):
        """With what stands and who wrote it: enough for a line of time. One query."""
        return self.select_related("standing", "written_by")

    def with_statements(self):
        """With what was said, observed, reported and thought, too. Two queries."""
        return self.with_version().prefetch_related("standing__statements")

    def whole(self):
        """With everything that stands in the note. Three queries."""
        towards = Prefetch("standing__towards", Towards.objects.with_words())
        around = ("case__person", "case__organisation", "case__team", "promised")
        return self.with_statements().select_related(*around).prefetch_related(towards)

    def took_place(self):
        return self.filter(standing__attendance__in=[Attendance.TOOK_PLACE, Attendance.LATE])

    def did_not_take_place(self):
        return self.exclude(standing__attendance__in=[Attendance.TOOK_PLACE, Attendance.LATE])

    def minutes_by_week(self):
        """The hours of our work, as dicts of `case`, `written_by`, `week` (its Monday) and `minutes`.

        It says how much help was given. It says nothing about anybody who was helped.
        """
        weeks = self.annotate(week=TruncWeek("standing__happened_at")).order_by("week")
        return weeks.values("case", "written_by", "week").annotate(minutes=Sum("standing__minutes"))


class Contact(models.Model):
    """One time with somebody, or one that did not come about. What stands about it is a version."""

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    case_id: UUID  # said for mypy, which loses it where two models point to each other
    standing = models.OneToOneField("contacts.Version", models.SET_NULL, null=True, related_name="stands_for")
    in_group = models.BooleanField(default=False)
    promised = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    def __str__(self):
        return f"contact {self.pk}"

    def get_absolute_url(self):
        return reverse("contact", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_late_entry(self) -> bool:
        """Whether it was first written down more than a day after it happened."""
        return self.written_at - self.standing.happened_at > IN_TIME

    @property
    def is_amended(self) -> bool:
        return self.standing.number > 1


class VersionQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """An earlier version is closed to whom it was closed then, and to whom the note is closed now."""
        own = open_to(user, readers="readers", writer="contact__written_by")
        now = open_to(user, readers="contact__standing__readers", writer="contact__written_by")
        return super().visible_to(user).filter(own, now)

    def whole(self):
        towards = Prefetch("towards", Towards.objects.with_words())
        return self.prefetch_related("statements", towards)


class Version(models.Model):
    """What was written about a contact, once. An amended note has several; `reason` says why."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {
            "number": "says which it is in its row, not what it tells",
            "minutes": "how long a meeting took, so that hours can be counted",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    reason = SealedText(categories=NONE)
    happened_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    attendance = models.CharField(max_length=12, choices=Attendance)
    minutes = models.PositiveSmallIntegerField(null=True)
    present = SealedText(categories=NONE)
    purpose = SealedText(categories=NONE)
    words = SealedText(categories=NONE)
    because = SealedText(categories=NONE)
    changes = SealedText(categories=NONE)
    readers = models.CharField(max_length=10, choices=Readers)
    at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contact", "number"], name="notes_are_numbered")]
        indexes = [models.Index(fields=["case", "happened_at"])]

    def __str__(self):
        return f"version {self.number}"

    def get_absolute_url(self):
        return reverse("contact_version", args=[self.contact_id, self.number])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def took_place(self) -> bool:
        return Attendance(self.attendance).took_place

    @property
    def by_type(self) -> list[tuple[str, str, list["Statement"]]]:
        """The statements by what they are: the type, its heading, and the statements."""
        rows = list(self.statements.all())
        headed = [(kind, [row for row in rows if row.type == kind]) for kind in Statement.Type]
        return [(kind, kind.label, of_kind) for kind, of_kind in headed if of_kind]

    @property
    def quotations(self) -> list["Statement"]:
        return [row for row in self.statements.all() if row.is_quotation]


class StatementQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        seen = Version.objects.visible_to(user).values("pk")
        return super().visible_to(user).filter(version__in=seen)


class Statement(models.Model):
    """One thing that was said, seen, reported or thought. Which of these it is stays with it."""

    class Type(models.TextChoices):
        SAID = "said", _("Said, word for word")
        OBSERVED = "observed", _("Observed")
        REPORTED = "reported", _("Reported by somebody")
        VIEW = "view", _("View of who wrote this")

    personal = Personal(
        TALK, Kept.CASE, Shown.WITHOUT_OTHERS, {"position": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=10, choices=Type)
    words = SealedText(categories=NONE)
    who = SealedText(categories=NONE)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.type} {self.position}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_quotation(self) -> bool:
        return self.type == Statement.Type.SAID


class TowardsQuerySet(OfCaseQuerySet):
    case_path = "version__case_id"

    def visible_to(self, user):
        seen = Version.objects.visible_to(user).values("pk")
        return super().visible_to(user).filter(version__in=seen)

    def with_words(self):
        return self.select_related("goal__plan", "step__goal__plan")


class Towards(models.Model):
    """A goal, or one step of it, that a contact was about. Most need none: time together is enough."""

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, models.CASCADE, related_name="towards")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="contacts")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, related_name="contacts")

    objects = TowardsQuerySet.as_manager()

    class Meta:
        ordering = ["goal__position", "step__position"]

    def __str__(self):
        return f"towards goal {self.goal_id}"
