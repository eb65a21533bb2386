"""The person: who they are, what they were told, and what they chose."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE, Category
from r2com.access.models import PersonQuerySet
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.organisations.models import DatedQuerySet, ListEntry, Organisation
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class OfPersonQuerySet(PersonQuerySet):
    """Rows that belong to a person."""

    person_path = "person_id"


class ChoiceQuerySet(OfPersonQuerySet):
    def with_course(self):
        """Who may receive something, who wrote it down, and whether it was taken back."""
        taken_back = ("withdrawal__choice", "withdrawal__withdrawn_at", "withdrawal__recorded_by__name")
        said = ("purpose", "agreed", "until", "made_at", "recorded_by__name", "recipient__words")
        rows = self.select_related("recorded_by", "withdrawal__recorded_by", "recipient")
        return rows.only(*said, *taken_back)

    def live(self, on: date):
        """Every yes that holds on a day."""
        return self.filter(agreed=True, until__gte=on, withdrawal__isnull=True)


class Person(models.Model):
    """Somebody who leaves prison and takes up support. What says who they are is sealed under their key."""

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WHOLE,
        {
            "language": "a code of a language, such as pt",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    name = SealedText(categories=[Category.CORE])
    called = SealedText(categories=[Category.CORE])
    other_names = SealedText(categories=[Category.CORE])
    born = SealedText(categories=[Category.CORE])
    phone = SealedText(categories=[Category.CONTACT])
    safe_contact = SealedText(categories=[Category.CONTACT])
    language = models.CharField(max_length=8)
    interpreter = SealedText(categories=[Category.CONTACT])
    access_needs = SealedText(categories=[Category.CONTACT])
    matters = SealedText(categories=NONE)
    works = SealedText(categories=NONE)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    def __str__(self):
        return f"person {self.pk}"

    def sealed_for(self):
        return Owner.PERSON, self.pk

    @property
    def short_name(self) -> str:
        """How they like to be called, else their first name."""
        return self.called or self.name.split()[0]

    @property
    def birthday(self) -> date | None:
        return date.fromisoformat(self.born) if self.born else None


class NameFingerprint(models.Model):
    """A keyed, shortened fingerprint under which a sealed name is found again."""

    personal = Personal(
        CORE, Kept.CASE, Shown.UNREADABLE, {"fingerprint": "a keyed hash, cut short, that many names share"}
    )

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="fingerprints")
    fingerprint = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "fingerprint"])]

    def __str__(self):
        return f"fingerprint of {self.person_id}"


class Purpose(models.TextChoices):
    """What something may be shared for."""

    ARRIVAL = "arrival", _("to know when I arrive")
    MEETINGS = "meetings", _("to know the dates of meetings")
    HELP = "help", _("to help with something in my plan")
    CARE = "care", _("to carry on my care")
    CONFERENCE = "conference", _("to talk about my plan together")


class Notice(models.Model):
    """What a person is told before anything else, in one language and wording.

    `covers` lists the sharing that the notice speaks of: `[[purpose, recipient list entry id], …]`. A choice
    can never go beyond it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices")
    language = models.CharField(max_length=8)
    text = models.TextField()
    covers = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["language", "-version"]

    def __str__(self):
        return f"{self.language} {self.version}"

    def speaks_of(self, purpose: str, recipient: ListEntry) -> bool:
        return [purpose, str(recipient.pk)] in self.covers


class NoticeGivenQuerySet(OfPersonQuerySet):
    def with_giver(self):
        return self.select_related("given_by").only("given_at", "given_by__name")

    def with_notice(self, day):
        """With what was read, and whether there is a newer wording of it in force on a day."""
        told = OuterRef("notice__language"), OuterRef("notice__organisation")
        newer = Notice.objects.on(day).filter(language=told[0], organisation=told[1])
        newer = newer.filter(version__gt=OuterRef("notice__version"))
        return self.select_related("notice", "given_by").annotate(has_newer=Exists(newer))


class NoticeGiven(models.Model):
    """That a person was told, how, and what shows it."""

    class How(models.TextChoices):
        READ = "read", _("They read it")
        ALOUD = "aloud", _("It was read to them")
        INTERPRETED = "interpreted", _("An interpreter said it in their language")

    class Proof(models.TextChoices):
        SIGNED = "signed", _("They signed the printed copy")
        WITNESSED = "witnessed", _("They said yes, and somebody else heard it")
        UNSIGNED = "unsigned", _("They took it and did not want to sign")

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices_given")
    notice = models.ForeignKey(Notice, models.PROTECT)
    how = models.CharField(max_length=12, choices=How)
    interpreter = SealedText(categories=NONE)
    proof = models.CharField(max_length=12, choices=Proof)
    witness = SealedText(categories=NONE)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = NoticeGivenQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]

    def __str__(self):
        return f"notice {self.notice}"

    def sealed_for(self):
        return Owner.PERSON, self.person_id


class Choice(models.Model):
    """What a person said about sharing: this recipient, this purpose, until this day. Yes or no."""

    class How(models.TextChoices):
        SAID = "said", _("Said it")
        SIGNED = "signed", _("Signed it")
        WITNESSED = "witnessed", _("Said it, and somebody else heard it")

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, models.CASCADE, related_name="choices")
    given = models.ForeignKey(NoticeGiven, models.PROTECT, related_name="choices")
    recipient = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    agreed = models.BooleanField()
    until = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=12, choices=How)
    stands_in = SealedText(categories=NONE)
    stands_in_why = SealedText(categories=NONE)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed=False) | models.Q(until__isnull=False), name="a_yes_has_an_end"
            )
        ]

    def __str__(self):
        return f"{self.purpose}: {'yes' if self.agreed else 'no'}"

    def sealed_for(self):
        return Owner.PERSON, self.person_id

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    def is_live(self, on: date) -> bool:
        return self.agreed and not self.is_withdrawn and on <= self.until


class Withdrawal(models.Model):
    """The person took a yes back. From then on nothing more is shared on it."""

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    choice = models.OneToOneField(Choice, models.CASCADE, related_name="withdrawal")
    how = models.CharField(max_length=12, choices=Choice.How)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self):
        return f"withdrawal of {self.choice_id}"
