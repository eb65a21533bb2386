"""What is to be done for a case, by whom and by when. An open question is a task, too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from r2com.access.models import seen
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class TaskQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """A question about a sensitive item is there only for those who read such items."""
        reading = seen("case", user, May.READ_SENSITIVE)
        return super().visible_to(user).filter(models.Q(is_sensitive=False) | models.Q(case__in=reading))

    def open(self):
        return self.filter(done__isnull=True)

    def with_course(self):
        """Who owns each, and who did it and when, with no more than a line of time shows."""
        done = ("done__task", "done__done_at", "done__done_by__name")
        rows = self.select_related("owner", "done__done_by")
        return rows.only("case", "kind", "words", "due", "owner__name", *done)

    def owned_by(self, user):
        return self.filter(owner=user.pk)


class Task(models.Model):
    """Something somebody promised to do or to find out."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("To find out")
        PROMISE = "promise", _("Promised")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind)
    words = SealedText()
    item = models.CharField(max_length=8, blank=True)
    is_sensitive = models.BooleanField(default=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "made_at"]

    def __str__(self):
        return f"{self.get_kind_display()} by {self.due}"

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def is_done(self) -> bool:
        return hasattr(self, "done")


class Done(models.Model):
    """That a task was done, and what came of it."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    task = models.OneToOneField(Task, models.CASCADE, related_name="done")
    words = SealedText()
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    def __str__(self):
        return f"done {self.task_id}"

    def sealed_for(self):
        return Owner.CASE, self.task.case_id
