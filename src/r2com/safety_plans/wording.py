"""How the six parts are called and asked, first person, to be read aloud.

After Stanley and Brown (2012); the wording is ours and a draft until a clinician has read it.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMERGENCY = "112"


class Part(NamedTuple):
    """One of the six parts: its name on page and card, and what one asks to get there."""

    name: str
    title: str | Promise
    ask: str | Promise


PARTS = (
    Part(
        "signs",
        _("My early signs"),
        _("How do I notice that it is getting hard: in my thoughts, my mood, my body, in what I do?"),
    ),
    Part(
        "alone",
        _("What I do alone"),
        _("What has helped me through such an hour before, without anybody else?"),
    ),
    Part(
        "places",
        _("People and places that help"),
        _("Where can I go and with whom can I be, so that something else fills my head?"),
    ),
    Part("people", _("Whom I ask"), _("Whom do I tell that it is hard, and ask for help? Name and number.")),
    Part(
        "professionals",
        _("Professionals and numbers"),
        _("Whose work is it to help, day and night? Name, number and hours."),
    ),
    Part(
        "safer",
        _("Making things safer around me"),
        _("What could make it worse in a bad hour, and where can it be, or who can keep it for me?"),
    ),
)
TITLES = {part.name: part.title for part in PARTS}
