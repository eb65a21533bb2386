"""The lawful-basis register: why we may hold what we hold. No entry, no save of that category."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from r2com.core.identifiers import new_id
from r2com.core.refusals import Refused
from r2com.organisations.models import DatedQuerySet, Organisation


class Category(models.TextChoices):
    """Kinds of personal data, as the law sorts them (GDPR Art. 4, 9 and 10)."""

    CORE = "core", _("Who somebody is, and what support they want")
    HEALTH = "health", _("Health")
    BELIEF = "belief", _("Faith or conviction")
    OPINION = "opinion", _("Political opinion, as far as a grievance shows one")
    ORIGIN = "origin", _("What may reveal ethnic origin")
    OFFENCE = "offence", _("Convictions, offences and allegations")


# What an instrument calls them.
CATEGORIES = {
    "health": Category.HEALTH,
    "religion_belief": Category.BELIEF,
    "political_opinion": Category.OPINION,
    "may_reveal_ethnic_origin": Category.ORIGIN,
    "criminal_allegation": Category.OFFENCE,
}


class NoBasis(Refused):
    """The register holds no live entry for this category."""


class LawfulBasis(models.Model):
    """One entry of the register: purpose, category, basis and the provision it rests on."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="lawful_bases")
    category = models.CharField(max_length=20, choices=Category)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    provision = models.CharField(max_length=300)
    warning = models.CharField(max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["category", "basis", "version"]

    def __str__(self):
        return f"{self.basis}: {self.purpose}"


def must_have_basis(organisation, category: str, on) -> None:
    """Raises NoBasis when nothing in the register allows holding this category on this day."""
    if not LawfulBasis.objects.on(on).filter(organisation=organisation, category=category).exists():
        raise NoBasis(
            _("The register holds no lawful basis for “%(category)s”. An administrator can add one.")
            % {"category": Category(category).label}
        )
