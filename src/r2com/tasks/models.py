"""What is to be done for a case, by whom and by when. An open question is a task, too."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

UNDONE_WITHIN = timedelta(days=14)


class TaskQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """A question about a sensitive item is there only for those who read such items."""
        reading = seen("case", user, May.READ_SENSITIVE)
        return super().visible_to(user).filter(Q(is_sensitive=False) | Q(case__in=reading))

    def open(self):
        return self.filter(done__isnull=True)

    def with_course(self):
        """Who owns each, and who did it and when, with no more than a line of time shows."""
        done = ("done__task", "done__done_at", "done__done_by__name")
        rows = self.select_related("owner", "done__done_by")
        return rows.only("case", "kind", "words", "due", "time", "owner__name", *done)

    def owned_by(self, user):
        return self.filter(owner=user.pk)

    def open_or_done_since(self, at: datetime):
        return self.filter(Q(done__isnull=True) | Q(done__done_at__gte=at))

    def whole(self):
        """With everything that stands on its page or in a list."""
        around = ("case__person", "case__organisation", "case__team", "case__closure")
        return self.select_related(*around, "owner", "made_by", "done__done_by")


class Task(models.Model):
    """Something somebody promised to do or to find out, or a day on which one meets.

    `time` is the hour of a meeting on the clock of the agency, where one was agreed.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("To find out")
        PROMISE = "promise", _("Promised")
        MEETING = "meeting", _("We meet")

    class Repeats(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Every month")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE, {"item": "the identifier of an item of the instrument"})

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind)
    words = SealedText(categories=NONE)
    item = models.CharField(max_length=8, blank=True)
    is_sensitive = models.BooleanField(default=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due = models.DateField()
    time = models.TimeField(null=True)
    repeats = models.CharField(max_length=12, choices=Repeats, blank=True)
    repeats_from = models.DateField(null=True)
    follows = models.OneToOneField("self", models.CASCADE, null=True, related_name="next")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "made_at"]

    def __str__(self):
        return f"{self.get_kind_display()} by {self.due}"

    def get_absolute_url(self):
        return reverse("task", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")

    @property
    def moment(self) -> date | datetime:
        """The day, with the hour of a meeting where one is agreed."""
        return datetime.combine(self.due, self.time) if self.time else self.due

    def may_be_undone(self, at: datetime) -> bool:
        """For two weeks somebody can say that it is not done after all."""
        return self.is_done and at - self.done.done_at <= UNDONE_WITHIN

    def must_be_open(self) -> None:
        if self.is_done:
            raise Refused(_("This is done already. Open it again to change it."))

    def must_be_undone_in_time(self, at: datetime) -> None:
        if not self.may_be_undone(at):
            raise Refused(_("This was done more than two weeks ago. Write down something new to do."))


class Done(models.Model):
    """That a task was done, and what came of it."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    task = models.OneToOneField(Task, models.CASCADE, related_name="done")
    words = SealedText(categories=NONE)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    def __str__(self):
        return f"done {self.task_id}"

    def sealed_for(self):
        return Owner.CASE, self.task.case_id


class NotDone(models.Model):
    """Somebody said that it was done and took it back; what they said stays."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    task = models.ForeignKey(Task, models.CASCADE, related_name="not_done")
    words = SealedText(categories=NONE)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_back_at"]

    def __str__(self):
        return f"not done {self.task_id}"

    def sealed_for(self):
        return Owner.CASE, self.task.case_id


class PutOff(models.Model):
    """A reminder that somebody does not need before a day, and why. The reminder itself is never kept."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "kind": "a word from a fixed list of our own",
            "about": "an identifier of what the reminder is about",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=40, blank=True)
    until = models.DateField()
    reason = SealedText(categories=NONE)
    put_off_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_off_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-put_off_at"]

    def __str__(self):
        return f"{self.kind} until {self.until}"

    def sealed_for(self):
        return Owner.CASE, self.case_id


class OwnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only one's own."""
        return self.filter(user=user)

    def live(self):
        return self.filter(ended_at__isnull=True)


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class CalendarFeed(models.Model):
    """A secret address under which somebody's own calendar finds how much is due on which day."""

    personal = Personal(
        CORE,
        Kept.ACCOUNT,
        Shown.NOT_THEIRS,
        {"token_hash": "a hash; the address itself is shown once and not kept"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_calendar_address_each"
            )
        ]

    def __str__(self):
        return f"calendar since {self.made_at:%Y-%m-%d}"


class Digest(models.Model):
    """Somebody wants a mail that says how much is due; it says nothing else."""

    class Comes(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every Monday, for the week")

    personal = Personal(CORE, Kept.ACCOUNT, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    comes = models.CharField(max_length=8, choices=Comes)
    hour = models.TimeField()
    chosen_at = models.DateTimeField()
    last_sent_on = models.DateField(null=True)

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return self.comes
