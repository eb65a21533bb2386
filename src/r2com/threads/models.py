"""A question to colleagues inside a case, and what was said to it. It never leaves the record."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
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


class ThreadQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """Those who may read the case; sensitive ones and those among a few are there for fewer."""
        reading = seen("case", user, May.READ_SENSITIVE)
        supervising = seen("case", user, May.SIGN_OFF)
        part = Asked.objects.filter(user=user.pk).values("thread")
        among = Q(only_asked=False) | Q(asked_by=user.pk) | Q(pk__in=part) | Q(case__in=supervising)
        return super().visible_to(user).filter(Q(is_sensitive=False) | Q(case__in=reading), among)

    def whole(self):
        """With everything that stands on its page or in a list."""
        around = ("case__person", "case__organisation", "case__team", "asked_by")
        return self.select_related(*around).prefetch_related(
            Prefetch("entries", Entry.objects.select_related("said_by")),
            Prefetch("asked", Asked.objects.select_related("user")),
            "answers",
        )

    def taken_part(self, user):
        """Those that somebody asked or was asked."""
        part = Asked.objects.filter(user=user).values("thread")
        return self.filter(Q(asked_by=user) | Q(pk__in=part))

    def open(self):
        standing = Answered.objects.standing().filter(thread=OuterRef("pk"))
        return self.filter(~Exists(standing))

    def waiting_for(self, user):
        """Open ones in which it is this user's turn.

        Somebody who was asked, until they said something after the asker's last word; the asker, when
        somebody else spoke last.
        """
        said = Entry.objects.filter(thread=OuterRef("pk"), amends=None).order_by("-said_at")
        rows = self.open().alias(
            mine=Subquery(said.filter(said_by=user.pk).values("said_at")[:1]),
            others=Subquery(said.exclude(said_by=user.pk).values("said_at")[:1]),
            askers=Subquery(said.filter(said_by=OuterRef("asked_by")).values("said_at")[:1]),
        )
        part = Asked.objects.filter(user=user.pk).values("thread")
        not_answered = Q(mine=None) | Q(mine__lt=F("askers"))
        return rows.filter(Q(asked_by=user.pk, others__gt=F("mine")) | (Q(pk__in=part) & not_answered))


class Thread(models.Model):
    """A question to one or several colleagues. `only_asked` keeps it among them and the supervisor."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="threads")
    is_sensitive = models.BooleanField(default=True)
    only_asked = models.BooleanField(default=False)
    wanted_by = models.DateField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self):
        return f"asked {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("thread", args=[self.pk])

    @cached_property
    def spoken(self) -> list["Spoken"]:
        """What was said, in its order; a change stands with what it changes."""
        entries = list(self.entries.all())
        return [
            Spoken(first, [first, *(entry for entry in entries if entry.amends_id == first.pk)])
            for first in entries
            if first.amends_id is None
        ]

    @property
    def question(self) -> "Spoken":
        return self.spoken[0]

    @property
    def is_answered(self) -> bool:
        return any(one.reopened_at is None for one in self.answers.all())

    def takes_part(self, user) -> bool:
        """Whether somebody asked, or was asked."""
        return user.pk == self.asked_by_id or any(one.user_id == user.pk for one in self.asked.all())

    def must_be_open(self) -> None:
        if self.is_answered:
            raise Refused(_("This question was answered. Open it again to say more."))


class OfThreadQuerySet(OfCaseQuerySet):
    case_path = "thread__case_id"

    def visible_to(self, user):
        return super().visible_to(user).filter(thread__in=Thread.objects.visible_to(user))


class Asked(models.Model):
    """One of those who were asked."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="asked")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = OfThreadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="asked_once")]

    def __str__(self):
        return f"asked {self.user_id}"


class Entry(models.Model):
    """Something that was said. It is never written over: a change is an entry of its own."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="entries")
    amends = models.ForeignKey("self", models.CASCADE, null=True, related_name="changes")
    words = SealedText(categories=NONE)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = OfThreadQuerySet.as_manager()

    class Meta:
        ordering = ["said_at"]

    def __str__(self):
        return f"said {self.said_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.thread.case_id


@dataclass(frozen=True)
class Spoken:
    """Something that was said, with every change to it."""

    first: Entry
    versions: list[Entry]

    @property
    def now(self) -> Entry:
        """How it stands now."""
        return self.versions[-1]

    @property
    def before(self) -> list[Entry]:
        """What stood there before it was changed."""
        return self.versions[:-1]


class AnsweredQuerySet(OfThreadQuerySet):
    def standing(self):
        return self.filter(reopened_at=None)


class Answered(models.Model):
    """Whoever asked says that they have their answer; and who opened the question again since."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="answers")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    objects = AnsweredQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(reopened_at__isnull=True), name="answered_once_at_a_time"
            )
        ]

    def __str__(self):
        return f"answered {self.thread_id}"


class Reading(models.Model):
    """Up to when somebody has read a thread."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects = OfThreadQuerySet.as_manager()

    class Meta:
        ordering = ["read_at"]
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="one_reading_each")]

    def __str__(self):
        return f"read {self.read_at:%Y-%m-%d %H:%M}"
