"""What becomes of a row, and why: words from fixed lists, so that nothing from the file is kept with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    TAKEN = "taken", _("Taken")
    HERE = "here", _("Already here")
    REFUSED = "refused", _("Not admissible")
    UNREADABLE = "unreadable", _("Unreadable")


class Why(models.TextChoices):
    """Why a row is not taken, and what to do."""

    MISSING = "missing", _("Nothing stands here. Write it into the list, or say what counts for everybody.")
    NOT_A_DAY = "not_a_day", _("Not a day in the order you said. Write it with four figures for the year.")
    FORMULA = "formula", _("A formula stands here. Put the value in its place.")
    TOO_LONG = "too_long", _("Too long for this field. Shorten it, or move the rest into the notes.")
    STRANGE = "strange", _("There are signs here that are no text. Write the cell anew.")
    UNKNOWN_WORDS = "unknown_words", _("These words are on none of our lists. Say what they mean here.")
    NOBODY = "nobody", _("Nobody with this mail address works in your team as a case worker.")
    TWO_PARTS = "two_parts", _("Case worker and deputy are the same. Choose another deputy, or none.")
    OTHER_TEAM = "other_team", _("Another team. Its own supervisor moves this row in.")
    HERE = "here", _("Somebody with this name and birth date is here already. Look at their record.")
    TWICE = "twice", _("The same name and birth date stand further up in this list.")
    TAKES_UP = "takes_up", _("Support is only for people who take it up.")
    NO_BIRTHDAY = "no_birthday", _("Write the date of birth: the programme is for adults only.")
    UNDER_AGE = (
        "under_age",
        _("The programme is for adults only. A children’s service is the right place."),
    )
    NO_RELEASE = "no_release", _("Write the day of release, or the day it is expected.")
    TOO_EARLY = "too_early", _("Release is more than twelve weeks away. Ask again nearer the day.")
    RULE = "rule", _("A rule of the work says no. Enter this person at the door to read which.")


class Left(models.TextChoices):
    """Why an undone import leaves a case alone."""

    OPENED = "opened", _("Somebody has opened the record since.")
    WORKED = "worked", _("Somebody has worked on it since.")
    TIED = "tied", _("Something else belongs to this person by now.")
    GONE = "gone", _("It is gone already.")
