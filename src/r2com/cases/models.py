"""A case: the time in which we support one person, and the door through which it began."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.models import ScopedQuerySet
from r2com.access.personal import CORE, TALK, Kept, Personal, Shown
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.organisations.models import ListEntry, Membership, Organisation, Team
from r2com.people.models import Person
from r2com.sharing.models import LawfulBasis
from r2com.vault.fields import SealedText
from r2com.vault.models import Owner

from .phases import Phase, phase


class CaseQuerySet(ScopedQuerySet):
    case_path = "pk"

    def with_people(self):
        return self.select_related("person", "organisation", "team")


class Case(models.Model):
    """Support for one person. `reference` is what may stand on paper instead of a name."""

    personal = Personal(CORE, Kept.CASE, Shown.WHOLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=12, unique=True)
    basis = models.ForeignKey(LawfulBasis, models.PROTECT, related_name="+")
    release_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    has_contests = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("person", args=[self.reference])

    def sealed_for(self):
        return Owner.CASE, self.pk

    def phase_on(self, day: date) -> Phase:
        return phase(self.release_on, day)


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


class DoorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own while one is in the team, and for a supervisor all of the team's."""
        places = Membership.objects.on(timezone.localdate()).filter(user=user)
        supervised = places.filter(role=Role.SUPERVISOR)
        own = Q(answered_by=user, team__in=places.values("team"))
        return self.filter(own | Q(team__in=supervised.values("team")))


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
    referrer = SealedText()
    told = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    asked = models.ForeignKey(ListEntry, models.PROTECT, related_name="+")
    asked_words = SealedText()
    basis = models.ForeignKey(LawfulBasis, models.PROTECT, related_name="+")
    release_on = models.DateField(null=True)
    takes_up = models.BooleanField()
    search_skipped_because = SealedText()
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
