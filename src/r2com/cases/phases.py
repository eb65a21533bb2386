"""The phases of support around release (after Critical Time Intervention, Susser et al. 1997).

Days are counted from the day of release. A phase says how often we meet, never anything about the
person.
"""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

BEFORE_RELEASE = timedelta(weeks=12)


class Phase(models.TextChoices):
    UNKNOWN = "unknown", _("Release day not known")
    BEFORE = "before", _("Before the gate")
    LANDING = "landing", _("Landing")
    SETTLING = "settling", _("Settling")
    TRYING = "trying", _("Trying out")
    HANDING_OVER = "handing_over", _("Handing over")
    AFTERCARE = "aftercare", _("Aftercare")


ENDS = [
    (timedelta(days=3), Phase.LANDING),
    (timedelta(weeks=12), Phase.SETTLING),
    (timedelta(weeks=26), Phase.TRYING),
    (timedelta(weeks=39), Phase.HANDING_OVER),
]


def phase(release_on: date | None, day: date) -> Phase:
    """The phase on a day: landing lasts 72 hours, settling to week 12, trying out to month 6."""
    if release_on is None:
        return Phase.UNKNOWN
    if day < release_on:
        return Phase.BEFORE
    since = day - release_on
    return next((name for end, name in ENDS if since < end), Phase.AFTERCARE)
