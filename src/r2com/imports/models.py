"""A caseload that moves in from a list: the sealed file, its columns, and what became of each row."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership, Organisation, Team
from r2com.vault.fields import SealedJSON, SealedText
from r2com.vault.models import Owner

from .outcomes import Left, Outcome

FILE_KEPT = timedelta(days=7)
UNDO_WITHIN = timedelta(days=14)


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The supervisor of a team sees the lists that moved into it. Nobody else does."""
        places = Membership.objects.on(timezone.localdate()).filter(user=user, role=Role.SUPERVISOR)
        return self.filter(team__in=places.values("team"))

    def newest_first(self):
        return self.order_by("-made_at")

    def with_people(self):
        return self.select_related("team", "made_by", "undoing")

    def going_on(self):
        return self.filter(begun_at__isnull=False, finished_at__isnull=True)

    def of_list(self, team: Team, digest: str):
        """The same list with the same map, in the same team, and not undone."""
        return self.filter(team=team, digest=digest, undoing__isnull=True)


class Import(models.Model):
    """One list that moves in, for one team. `number` is its last row, `position` the last one done."""

    personal = Personal(
        TALK,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "digest": "a hash of file and map, to know the same list again",
            "number": "says which it is in its row, not what it tells",
            "position": "says which it is in its row, not what it tells",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    reason = SealedText(categories=NONE)
    layout = SealedJSON(categories=NONE)
    map = SealedJSON(categories=NONE)
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "made_at"])]

    def __str__(self):
        return f"list of {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("import", args=[self.pk])

    def sealed_for(self):
        return Owner.ORGANISATION, self.organisation_id

    @property
    def headings(self) -> list[str]:
        """What the columns are called in the file."""
        return self.layout["headings"]

    @property
    def is_going_on(self) -> bool:
        return self.begun_at is not None and self.finished_at is None

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undoing")

    @property
    def is_cut_short(self) -> bool:
        """Whether it ended before its last row."""
        return self.finished_at is not None and self.position < self.number

    @property
    def undo_until(self):
        return self.finished_at + UNDO_WITHIN

    def must_not_have_begun(self) -> None:
        if self.begun_at:
            raise Refused(_("This list is moving in already. It cannot be changed any more."))

    def must_be_undoable(self, at) -> None:
        if self.finished_at is None:
            raise Refused(_("This list has not moved in yet."))
        if self.is_undone:
            raise Refused(_("This is being undone already."))
        if at > self.undo_until:
            raise Refused(_("A list can be undone for fourteen days. They have passed."))


class Piece(models.Model):
    """A part of the uploaded file, sealed under a key of its own that goes with the file."""

    personal = Personal(
        TALK, Kept.WRITING, Shown.NOT_THEIRS, {"number": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    of = models.ForeignKey(Import, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = SealedText(categories=NONE)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="each_piece_once")]

    def __str__(self):
        return f"piece {self.number}"

    def sealed_for(self):
        return Owner.SYSTEM, self.of_id


class RowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(of__in=Import.objects.visible_to(user))

    def counted(self) -> dict[str, int]:
        found = self.values_list("outcome").annotate(rows=models.Count("pk")).order_by()
        return dict(found)

    def still_taken(self):
        """Those whose cases an undoing has not looked at yet."""
        return self.filter(Q(outcome=Outcome.TAKEN), left="", undone_at__isnull=True)


class Row(models.Model):
    """What became of one row, by its number in the file. Nothing that stood in it is kept here."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.AS_A_LIST,
        {
            "faults": "names of fields and words from a fixed list",
            "number": "says which it is in its row, not what it tells",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    faults = models.JSONField(default=list)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField()
    left = models.CharField(max_length=10, choices=Left, blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="each_row_once")]

    def __str__(self):
        return f"row {self.number}: {self.outcome}"


class Undoing(models.Model):
    """Who took a list back out again, and when."""

    personal = Personal(CORE, Kept.RECORD, Shown.NOT_THEIRS)

    id = models.UUIDField(primary_key=True, default=new_id)
    of = models.OneToOneField(Import, models.CASCADE, related_name="undoing")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"undoing of {self.of_id}"
