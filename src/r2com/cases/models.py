"""A case: the time in which we support one person, and the door through which it began."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access import order
from r2com.access.categories import NONE
from r2com.access.models import NO_DAY_YET, Grant, ScopedQuerySet, seen
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.organisations.models import ListEntry, Membership, Organisation, Team
from r2com.people.models import Person
from r2com.sharing.models import LawfulBasis
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

from .phases import Phase, phase


class Closed(Refused):
    """The support has ended, or the record is set aside: nothing more is written until that changes."""


class CaseQuerySet(ScopedQuerySet):
    case_path = "pk"

    def with_people(self):
        return self.select_related("person", "organisation", "team", "closure")

    def open(self):
        """Where support goes on."""
        return self.filter(closure__isnull=True)

    def in_use(self):
        """Without those that are set aside: they are kept, and neither counted nor passed on."""
        return self.filter(set_aside_at__isnull=True)

    def closed(self):
        return self.filter(closure__isnull=False)

    def first_visible_to(self, user, count, by=order.BY_DAY, span=order.EVERYTHING):
        """The first cases that this user sees, by release or by latest change, read only that far."""
        rows = self.filter(pk__in=order.first(user, count, by, span))
        return rows.by_release() if by == order.BY_DAY else rows.by_change(user)

    def by_release(self):
        """By the day of release; those without a day come last."""
        return self.order_by(Coalesce("release_on", Value(NO_DAY_YET)), "pk")

    def by_change(self, user):
        """The latest change comes first."""
        mine = Grant.objects.live().held_by(user).filter(case=OuterRef("pk")).order_by("-changed_at")
        latest = Subquery(mine.values("changed_at")[:1])
        return self.annotate(latest_change=latest).order_by("-latest_change", "-pk")


class Case(models.Model):
    """Support for one person. `reference` is what may stand on paper instead of a name."""

    personal = Personal(
        CORE,
        Kept.CASE,
        Shown.WHOLE,
        {
            "reference": "stands on paper in the place of a name",
            "version": "counts changes, so that two people who write are both shown",
        },
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=12, unique=True)
    basis = models.ForeignKey(LawfulBasis, models.PROTECT, related_name="+")
    release_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    has_contests = models.BooleanField(default=False)
    set_aside_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    closure = models.OneToOneField("Closure", models.RESTRICT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("person", args=[self.reference])

    def sealed_for(self):
        return Owner.CASE, self.pk

    @property
    def place_by_release(self) -> tuple:
        """Where a list by release goes on behind this case."""
        return self.release_on or NO_DAY_YET, self.pk

    def phase_on(self, day: date) -> Phase:
        return phase(self.release_on, day)

    @property
    def is_open(self) -> bool:
        return self.closure_id is None

    @property
    def is_written_in(self) -> bool:
        """Whether support goes on and nothing keeps its record from being used."""
        return self.is_open and self.set_aside_at is None

    def must_be_open(self) -> None:
        """Raises Closed. Looks at the case as it stands now, and holds it until the writing is done."""
        current = Case.objects.select_for_update().only("closure", "set_aside_at").get(pk=self.pk)
        if not current.is_open:
            raise Closed(
                _("The support has ended, so this record is read only. Open it again to write in it.")
            )
        if current.set_aside_at is not None:
            raise Closed(_("This record is set aside, so it is read only. It is kept, and not used."))


class OfCaseQuerySet(ScopedQuerySet):
    """Rows that belong to a case."""


class CaseMember(models.Model):
    """Who works with the person, in which part, from when to when."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Case worker")
        DEPUTY = "deputy", _("Deputy")
        MENTOR = "mentor", _("Mentor")
        PARTNER = "partner", _("Partner agency")

    personal = Personal(CORE, Kept.CASE, Shown.AS_A_LIST)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"],
                condition=Q(until__isnull=True, part__in=["lead", "deputy"]),
                name="one_lead_and_one_deputy",
            )
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.user}"


class Closure(models.Model):
    """Who ended the support, when and why, and until when the record is kept.

    The one that stands is the case's `closure`; one that a reopening ended stays as it was.
    """

    class Reason(models.TextChoices):
        SETTLED = "settled", _("They have what they came for, and we agreed to end")
        ASKED = "asked", _("They asked us to end")
        HANDED_ON = "handed_on", _("Another service goes on with them")
        MOVED = "moved", _("They live somewhere we cannot support them")
        LOST_TOUCH = "lost_touch", _("We lost touch")
        WE_END = "we_end", _("We cannot go on")
        DIED = "died", _("They died")

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=12, choices=Reason)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    kept_until = models.DateField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_at"]

    def __str__(self):
        return f"closed {self.closed_at:%Y-%m-%d}"


class Reopening(models.Model):
    """That a closed case was opened again, by whom and why. The closing before it stays readable."""

    personal = Personal(TALK, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    closure = models.OneToOneField(Closure, models.CASCADE, related_name="reopening")
    why = SealedText(categories=NONE)
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    def __str__(self):
        return f"opened again {self.reopened_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.CASE, self.closure.case_id


class DoorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own while one is in the team, and for a supervisor all of the team's.

        Of a person who has a case, only for those who see it: somebody kept out finds no older door either.
        """
        places = Membership.objects.on(timezone.localdate()).filter(user=user)
        supervised = places.filter(role=Role.SUPERVISOR)
        own = Q(answered_by=user, team__in=places.values("team"))
        known = Exists(Case.objects.filter(person=OuterRef("person")))
        mine = self.filter(own | Q(team__in=supervised.values("team")))
        return mine.filter(~known | Q(person__in=seen("person", user)))


class Door(models.Model):
    """Somebody asked for support: who asked, what the person was told, and what we answered."""

    class Answer(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        DECLINED = "declined", _("Declined")

    personal = Personal(
        TALK,
        Kept.DOOR,
        Shown.WITHOUT_OTHERS,
        {"search_skipped_because": "says why nobody looked first; about our work, not about the person"},
    )

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="doors")
    referred_by = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    referrer = SealedText(categories=NONE)
    told = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    asked = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    asked_words = SealedText(categories=NONE)
    basis = models.ForeignKey(LawfulBasis, models.PROTECT, related_name="+")
    release_on = models.DateField(null=True)
    takes_up = models.BooleanField()
    search_skipped_because = SealedText(categories=NONE)
    answer = models.CharField(max_length=10, choices=Answer)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="door")
    decline_reason = models.ForeignKey(ListEntry, models.PROTECT, null=True, related_name="+")
    signposts = models.ManyToManyField(ListEntry, related_name="+")
    delete_after = models.DateField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    objects = DoorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="admitted", case__isnull=False, delete_after__isnull=True)
                | Q(
                    answer="declined",
                    case__isnull=True,
                    decline_reason__isnull=False,
                    delete_after__isnull=False,
                ),
                name="admitted_with_case_or_declined_with_reason",
            )
        ]

    def __str__(self):
        return f"{self.answer} {self.answered_at:%Y-%m-%d}"

    def sealed_for(self):
        return Owner.PERSON, self.person_id


GRANTED_BY_PART = {
    CaseMember.Part.LEAD: [May.READ, May.READ_SENSITIVE, May.ADD_EVIDENCE, May.RATE],
    CaseMember.Part.DEPUTY: [May.READ, May.READ_SENSITIVE, May.ADD_EVIDENCE, May.RATE],
    CaseMember.Part.MENTOR: [May.READ, May.ADD_EVIDENCE],
    CaseMember.Part.PARTNER: [May.READ, May.ADD_EVIDENCE],
}
GRANTED_TO_SUPERVISOR = [May.READ, May.READ_SENSITIVE, May.SIGN_OFF]
AFTERWARDS = [May.READ, May.READ_SENSITIVE, May.FOLLOW_UP]
# What is left once the support has ended. A partner agency came in for the support and sees no more.
GRANTED_WHEN_CLOSED: dict[str, list[May]] = {
    CaseMember.Part.LEAD: AFTERWARDS,
    CaseMember.Part.DEPUTY: AFTERWARDS,
    CaseMember.Part.MENTOR: [May.READ],
    CaseMember.Part.PARTNER: [],
}
