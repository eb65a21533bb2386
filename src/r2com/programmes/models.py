"""A programme that was offered to somebody: what they said, its meetings, and how it stopped.

What happens is written as records that are added, never changed: the newest one about a meeting is what
stands, the earlier ones stay readable.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.categories import NONE, Category
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.cases.models import Case, OfCaseQuerySet
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.plans.models import Goal, Plan
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

OF_THE_STEP = (Category.OFFENCE, Category.VICTIM)


class Edition(models.Model):
    """A programme exactly as it was when somebody began it, with every language. It is never edited."""

    personal = Personal(
        CORE,
        Kept.RECORD,
        Shown.NOT_THEIRS,
        {
            "content_hash": "of the programme's texts, not of anything about anybody",
            "definition": "the programme's texts, the same for everybody",
            "languages": "the same texts in other languages",
            "programme": "the identifier of a published programme",
            "edition": "which version of it",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    programme = models.CharField(max_length=60)
    edition = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64, unique=True)
    definition = models.JSONField()
    languages = models.JSONField(default=dict)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self):
        return f"{self.programme} {self.edition}"


class SafetyCheckQuerySet(OfCaseQuerySet):
    """Closed where the agency has no authority for what belongs to an offence."""

    kind = Category.OFFENCE

    def whole(self):
        """With both people's words and the person's own."""
        return self.select_related("written_by").prefetch_related(
            Prefetch("consents", Consent.objects.select_related("by")), "own_answers"
        )


class SafetyCheck(models.Model):
    """What has to be answered before a restorative step may even be opened. The victim is never named."""

    class Victim(models.TextChoices):
        ASKED = "asked", _("They asked for it, through their own service")
        AGREED = "agreed", _("They agreed freely, asked by their own service")
        DECLINED = "declined", _("They do not wish it")
        BY_US = "by_us", _("We asked them ourselves")
        NOT_KNOWN = "not_known", _("Not known")

    class Rules(models.TextChoices):
        ALLOW = "allow", _("They allow it")
        FORBID = "forbid", _("They do not allow it")
        NOT_KNOWN = "not_known", _("Not known")

    personal = Personal(
        ("core", "offence"),
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.OneToOneField(Case, models.CASCADE, related_name="safety_check")
    victim = models.CharField(max_length=10, choices=Victim, default=Victim.NOT_KNOWN)
    service = SealedText(categories=OF_THE_STEP)
    rules = models.CharField(max_length=10, choices=Rules, default=Rules.NOT_KNOWN)
    rules_words = SealedText(categories=OF_THE_STEP)
    facilitator = SealedText(categories=OF_THE_STEP)
    training = SealedText(categories=OF_THE_STEP)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = SafetyCheckQuerySet.as_manager()

    def __str__(self):
        return f"safety check {self.pk}"

    def sealed_for(self):
        return Owner.CASE, self.case_id


class OfCheckQuerySet(OfCaseQuerySet):
    case_path = "check_of__case_id"
    kind = Category.OFFENCE


class Consent(models.Model):
    """What the worker or the supervisor says about opening the step, and why. A no stops it at any time.

    A yes holds for the answers as they stood: `version` is theirs.
    """

    class Part(models.TextChoices):
        WORKER = "worker", _("The case worker")
        SUPERVISOR = "supervisor", _("The supervisor")

    class Says(models.TextChoices):
        YES = "yes", _("Yes, as far as I am concerned")
        STOP = "stop", _("No, or not any more")

    personal = Personal(
        ("core", "offence"),
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"version": "counts changes, so that two people who write are both shown"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    check_of = models.ForeignKey(SafetyCheck, models.CASCADE, related_name="consents")
    part = models.CharField(max_length=10, choices=Part)
    says = models.CharField(max_length=4, choices=Says)
    reason = SealedText(categories=OF_THE_STEP)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCheckQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.part}: {self.says}"

    def sealed_for(self):
        return Owner.CASE, self.check_of.case_id


class OwnAnswer(models.Model):
    """What the person says about a restorative step, apart from everybody else. They may take it back."""

    class Says(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        DECLINES = "declines", _("Does not agree, or takes it back")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    check_of = models.ForeignKey(SafetyCheck, models.CASCADE, related_name="own_answers")
    says = models.CharField(max_length=10, choices=Says)
    words = SealedText(categories=[Category.OFFENCE])
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCheckQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.says

    def sealed_for(self):
        return Owner.CASE, self.check_of.case_id


class OfferQuerySet(OfCaseQuerySet):
    def whole(self):
        """With everything that stands on its page, but for the texts, which are kept in memory."""
        return self.listed().prefetch_related(
            Prefetch("entries", SessionEntry.objects.select_related("leader", "by"))
        )

    def listed(self):
        """For a list: with its turns, without its meetings."""
        around = ("case__person", "case__organisation", "case__team", "edition", "plan", "leader", "by")
        texts = ("edition__definition", "edition__languages")
        turns = Prefetch("turns", Turn.objects.select_related("by"))
        return self.select_related(*around).defer(*texts).prefetch_related(turns)

    def named(self):
        """With what their names and goals need, in one query."""
        texts = ("edition__definition", "edition__languages")
        return self.select_related("edition", "goal__plan").defer(*texts)

    def under_way(self):
        """Those the person said yes to and that have not ended."""
        return self.filter(says=Offer.Says.YES).exclude(turns__kind=Turn.Kind.ENDED)


class Offer(models.Model):
    """A programme that was offered to somebody, and what they said to it. A no is kept with respect."""

    class Says(models.TextChoices):
        YES = "yes", _("Yes, let us try it")
        NO = "no", _("No, or not now")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="programmes")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, related_name="+")
    says = models.CharField(max_length=3, choices=Says)
    words = SealedText(categories=NONE)
    leader = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"programme {self.pk}"

    def get_absolute_url(self):
        return reverse("chosen_programme", args=[self.pk])

    def sealed_for(self):
        return Owner.CASE, self.case_id

    @property
    def last_turn(self):
        return max(self.turns.all(), key=lambda turn: (turn.at, turn.pk), default=None)

    @property
    def is_chosen(self) -> bool:
        return self.says == self.Says.YES

    @property
    def is_ended(self) -> bool:
        return self.last_turn is not None and self.last_turn.kind == Turn.Kind.ENDED

    @property
    def is_paused(self) -> bool:
        return self.last_turn is not None and self.last_turn.kind == Turn.Kind.PAUSED

    @property
    def is_going_on(self) -> bool:
        return self.is_chosen and not self.is_ended and not self.is_paused

    def must_be_chosen(self) -> None:
        if not self.is_chosen:
            raise Refused(_("The person said no to this. Offer it again before you plan anything."))

    def must_go_on(self) -> None:
        if self.is_ended:
            raise Refused(_("This has ended. Offer it again if the person wants to take it up once more."))
        if self.is_paused:
            raise Refused(_("This is paused. Take it up again before you set a day."))


class OfOfferQuerySet(OfCaseQuerySet):
    case_path = "offer__case_id"


class Turn(models.Model):
    """That a programme was paused, taken up again or ended, why, and what the person says about it."""

    class Kind(models.TextChoices):
        PAUSED = "paused", _("Paused")
        RESUMED = "resumed", _("Taken up again")
        ENDED = "ended", _("Ended")

    class Reason(models.TextChoices):
        DONE = "done", _("We came to its end")
        PERSON = "person", _("The person wants to stop")
        NOT_THE_THING = "not_the_thing", _("It is not the right thing")
        FIRST = "first", _("Something else comes first")
        LEADER = "leader", _("Whoever led it cannot go on")
        AWAY = "away", _("Illness, a move, or away for a while")

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=15, choices=Reason, blank=True)
    words = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.kind

    def sealed_for(self):
        return Owner.CASE, self.offer.case_id


class SessionEntryQuerySet(OfOfferQuerySet):
    def standing(self):
        """The newest entry about each meeting."""
        same = SessionEntry.objects.filter(offer=OuterRef("offer"), session=OuterRef("session"))
        newer = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id")))
        return self.filter(~Exists(newer))

    def coming(self):
        """Meetings with a day that are still to be held, soonest first, of what goes on."""
        ended = Turn.objects.filter(offer=OuterRef("offer"), kind=Turn.Kind.ENDED)
        last = Turn.objects.filter(offer=OuterRef("offer")).order_by("-at", "-id").values("kind")[:1]
        rows = self.standing().filter(what__in=(SessionEntry.What.PLANNED, SessionEntry.What.MOVED))
        rows = rows.alias(turn=models.Subquery(last)).filter(~Exists(ended), offer__says=Offer.Says.YES)
        rows = rows.filter(Q(turn__isnull=True) | ~Q(turn=Turn.Kind.PAUSED))
        return rows.order_by("day", "at")

    def led_by(self, user):
        return self.filter(leader=user.pk)

    def with_case(self):
        texts = ("offer__edition__definition", "offer__edition__languages")
        return self.select_related("offer__case__person", "offer__edition", "leader").defer(*texts)


class SessionEntry(models.Model):
    """What was settled or written about one meeting: its day, who led it, and what was taken from it."""

    class What(models.TextChoices):
        PLANNED = "planned", _("A day is set")
        HELD = "held", _("It was held")
        MOVED = "moved", _("Moved to another day")
        DROPPED = "dropped", _("Left out")

    personal = Personal(
        TALK,
        Kept.CASE,
        Shown.WITHOUT_OTHERS,
        {"session": "the identifier of a session of a published programme"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="entries")
    session = models.CharField(max_length=60)
    what = models.CharField(max_length=10, choices=What)
    day = models.DateField(null=True)
    leader = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    led_by_other = SealedText(categories=NONE)
    note = SealedText(categories=NONE)
    took = SealedText(categories=NONE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SessionEntryQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["offer", "session", "at"], name="newest_of_a_session")]

    def __str__(self):
        return f"{self.session}: {self.what}"

    def sealed_for(self):
        return Owner.CASE, self.offer.case_id

    @property
    def who_led(self) -> str:
        names = [self.leader.name if self.leader else "", self.led_by_other]
        return ", ".join(name for name in names if name)
