"""What an administrator can do: set up the agency, its people, its lists and how long it keeps things."""

from .agency import begin_team, end_team, found
from .certifying import NotCertified, certify, end_certification, must_be_certified
from .invitations import accept, invite, send_again, withdraw
from .lists import add_entry, retire, reword, shift
from .places import join, leave, move
from .proposing import agree, propose, refuse, use
from .retention import keep_for

__all__ = [
    "NotCertified",
    "accept",
    "add_entry",
    "agree",
    "begin_team",
    "certify",
    "end_certification",
    "end_team",
    "found",
    "invite",
    "join",
    "keep_for",
    "leave",
    "move",
    "must_be_certified",
    "propose",
    "refuse",
    "retire",
    "reword",
    "send_again",
    "shift",
    "use",
    "withdraw",
]
