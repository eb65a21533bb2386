"""What somebody on the front line saw or heard, what the person says to it, and whether it counts."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE
from r2com.access.models import day_of, seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments.models import Evidence
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.organisations.models import Certification
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner


class Kind(models.TextChoices):
    """Needs and conduct. What somebody looks like, believes or comes from is no kind."""

    NO_PLACE = "no_place", _("No place to sleep")
    NO_FOOD = "no_food", _("No food, or no money for it")
    UNWELL = "unwell", _("Unwell or hurt")
    UPSET = "upset", _("Upset, or very quiet")
    ALONE = "alone", _("Cut off from family or friends")
    PRESSED = "pressed", _("Pressed by others")
    THREATENED = "threatened", _("Threatened by others")
    THREATENS = "threatens", _("Threatening words or acts toward others")
    ASKS = "asks", _("Asks for help")
    WELL = "well", _("Does something well, or helps somebody")
    OTHER = "other", _("Something else that was seen or heard")


class Says(models.TextChoices):
    VALIDATED = "validated", _("It counts as it stands")
    SENT_BACK = "sent_back", _("Back to whoever wrote it, with a question")
    NOT_KEPT = "not_kept", _("Not for the record")


class How(models.TextChoices):
    SAID = "said", _("Said to them")
    READ = "read", _("Read together")
    WRITTEN = "written", _("Given in writing")


class ObservationQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """One's own; those that wait, for certified colleagues; those that count, for the case team."""
        trained = Certification.objects.on(day_of(user)).filter(user=user.pk)
        own = Q(written_by=user.pk)
        looks = Q(case__in=seen("case", user, May.RATE)) & Q(
            case__organisation__in=trained.values("organisation")
        )
        counts = Q(case__in=seen("case", user, May.READ_SENSITIVE), state=Says.VALIDATED)
        return super().visible_to(user).filter(own | looks & ~Q(state=Says.NOT_KEPT) | counts)

    def untold_by(self, user):
        """What this user wrote and the person was not told of yet."""
        return self.filter(written_by=user.pk, told_at__isnull=True).exclude(state=Says.NOT_KEPT)

    def waiting_for(self, user, on):
        """What others wrote and nobody has looked at yet, where this user is held to be trained."""
        trained = Certification.objects.on(on).filter(user=user.pk)
        rows = self.filter(state="", case__organisation__in=trained.values("organisation"))
        return rows.exclude(written_by=user.pk)

    def for_list(self):
        return self.select_related("written_by").order_by("-seen_at", "-pk")

    def whole(self):
        around = ("case__person", "case__organisation", "case__team", "case__closure", "written_by")
        rows = self.select_related(*around)
        return rows.prefetch_related("looks__by", "answers__recorded_by", "earlier_words")

    def promised_gone(self, on):
        """What is not for the record and whose last day with us lies before `on`."""
        return self.filter(state=Says.NOT_KEPT, forget_after__lt=on).select_related("case")


class Observation(models.Model):
    """One thing that was seen or heard. `state` is the last word of a look at it, empty while it waits.

    What is not for the record goes on the day after `forget_after`.
    """

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="observations")
    kind = models.CharField(max_length=12, choices=Kind)
    seen_at = models.DateTimeField()
    place = SealedText(categories=NONE)
    words = SealedText(categories=NONE)
    told_how = models.CharField(max_length=8, choices=How)
    told_at = models.DateTimeField(null=True)
    why_not_yet = SealedText(categories=NONE)
    tell_by = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=Says)
    forget_after = models.DateField(null=True)
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ObservationQuerySet.as_manager()

    def __str__(self):
        return f"observation {self.pk}"

    def get_absolute_url(self):
        return reverse("observation", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def counts(self) -> bool:
        return self.state == Says.VALIDATED

    @property
    def is_decided(self) -> bool:
        return self.state in (Says.VALIDATED, Says.NOT_KEPT)

    def must_wait(self) -> None:
        if self.is_decided:
            raise Refused(_("A colleague has decided about this already. It stays as it is."))

    def must_count(self) -> None:
        if not self.counts:
            raise Refused(_("This counts only after a trained colleague has looked at it."))


class OfObservationQuerySet(OfCaseQuerySet):
    case_path = "observation__case_id"


class Wording(models.Model):
    """How it stood before whoever wrote it said it otherwise. Nothing that was written is lost."""

    personal = Personal(
        TALK, Kept.CASE, Shown.WITHOUT_OTHERS, {"number": "says which it is in its row, not what it tells"}
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="earlier_words")
    number = models.PositiveSmallIntegerField()
    words = SealedText(categories=NONE)
    until = models.DateTimeField()

    objects = OfObservationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "number"], name="observation_one_wording_a_number")
        ]

    def __str__(self):
        return f"wording {self.number}"

    def sealed_for(self):
        return Owner.CASE, self.observation.case_id


class Look(models.Model):
    """That a trained colleague looked at it, and what they said."""

    personal = Personal(TALK, Kept.CASE, Shown.WITHOUT_OTHERS)

    id = models.UUIDField(primary_key=True, default=new_id)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="looks")
    says = models.CharField(max_length=10, choices=Says)
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfObservationQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.observation.case_id


class Reply(models.Model):
    """What the person says to it, in their own words."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="answers")
    words = SealedText(categories=NONE)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfObservationQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"reply {self.pk}"

    def sealed_for(self):
        return Owner.CASE, self.observation.case_id


class Taken(models.Model):
    """That it was taken over as evidence, by whom and where."""

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="taken")
    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfObservationQuerySet.as_manager()

    def __str__(self):
        return f"taken {self.pk}"
