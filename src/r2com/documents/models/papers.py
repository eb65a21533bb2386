"""A paper of a case, and its files: as it came, without hidden data, and redacted."""

from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE, Category
from r2com.access.models import seen
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedBytes, SealedText
from r2com.vault.models import Owner


class Kind(models.TextChoices):
    LETTER = "letter", _("Letter")
    IDENTITY = "identity", _("Identity paper")
    CERTIFICATE = "certificate", _("Certificate")
    MEDICAL = "medical", _("Medical paper")
    COURT = "court", _("Paper of a court")
    OTHER = "other", _("Something else")


class SeenBy(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody who works in this case")
    SENSITIVE = "sensitive", _("Only those who read sensitive items")


class Source(models.TextChoices):
    PERSON = "person", _("Given by the person")
    RECEIVED = "received", _("Received from somebody else")
    OURS = "ours", _("Made here")


class PaperQuerySet(OfCaseQuerySet):
    """Papers of a case, and what belongs to them. A sensitive one is there only for those who read such."""

    paper_path = ""

    def visible_to(self, user):
        reading = seen("case", user, May.READ_SENSITIVE)
        open_to_all = Q(**{f"{self.paper_path}seen_by": SeenBy.EVERYBODY})
        return super().visible_to(user).filter(open_to_all | Q(**{f"{self.case_path}__in": reading}))


class DocumentQuerySet(PaperQuerySet):
    def with_people(self):
        return self.select_related("case__person", "case__organisation", "case__team", "added_by")

    def with_files(self):
        return self.with_people().prefetch_related("files__made_by", "files__releases__released_by")


class Document(models.Model):
    """Something on paper: what it is, where it came from, and who in the case may see it."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    name = SealedText(categories=NONE)
    note = SealedText(categories=NONE)
    source = models.CharField(max_length=10, choices=Source)
    received_from = SealedText(categories=[Category.SOURCE])
    dated = models.DateField(null=True)
    seen_by = models.CharField(max_length=10, choices=SeenBy)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]

    def __str__(self):
        return f"document {self.pk}"

    def get_absolute_url(self):
        return reverse("document", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    def _file(self, form: str) -> "File | None":
        return next((file for file in self.files.all() if file.form == form), None)

    @property
    def original(self) -> "File":
        return self._file(File.Form.ORIGINAL)

    @property
    def clean(self) -> "File":
        return self._file(File.Form.CLEAN)

    @property
    def redacted(self) -> list["File"]:
        """Redacted copies, the newest first."""
        return [file for file in self.files.all() if file.form == File.Form.REDACTED]


class FileQuerySet(PaperQuerySet):
    case_path = "document__case_id"
    paper_path = "document__"

    def with_case(self):
        around = ("document__case__person", "document__case__organisation", "document__case__team")
        return self.select_related(*around, "made_by")


class File(models.Model):
    """One form of a paper. Its bytes lie in pieces, each sealed by itself."""

    class Form(models.TextChoices):
        ORIGINAL = "original", _("As it came")
        CLEAN = "clean", _("Without hidden data")
        REDACTED = "redacted", _("Redacted copy")

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {
            "type": "one of five technical names of kinds of files",
            "size": "bytes of a sealed file",
            "pages": "how many sheets; a sealed file shows as much by its length",
            "pieces": "how many sealed pieces it lies in",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    form = models.CharField(max_length=10, choices=Form)
    type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    pieces = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return f"{self.form} of {self.document_id}"

    @property
    def is_redacted(self) -> bool:
        return self.form == self.Form.REDACTED

    def piece_id(self, number: int) -> UUID:
        """Worked out from the file, the place in it and how many there are: a sealed piece that is moved,
        left out or put elsewhere does not open."""
        return uuid5(self.pk, f"{number} of {self.pieces}")


class Piece(models.Model):
    """64 KiB of a file at most, sealed and bound to its place in it."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True)
    file = models.ForeignKey(File, models.CASCADE, related_name="+")
    content = SealedBytes(categories=NONE)

    def __str__(self):
        return f"piece of {self.file_id}"

    def sealed_for(self):
        return Owner.CASE, self.file.document.case_id


class ReleaseQuerySet(PaperQuerySet):
    case_path = "file__document__case_id"
    paper_path = "file__document__"


class Release(models.Model):
    """A redacted copy was taken out of the house: for whom, why, and on what ground."""

    class Ground(models.TextChoices):
        AGREED = "agreed", _("The person asked for it or agreed")
        LAW = "law", _("A law or a court asks for it")
        EMERGENCY = "emergency", _("Somebody is in immediate need of help")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    file = models.ForeignKey(File, models.CASCADE, related_name="releases")
    to = SealedText(categories=NONE)
    why = SealedText(categories=NONE)
    ground = models.CharField(max_length=10, choices=Ground)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_at"]

    def __str__(self):
        return f"release of {self.file_id}"

    def sealed_for(self):
        return Owner.CASE, self.file.document.case_id
