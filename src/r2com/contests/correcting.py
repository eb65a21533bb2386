"""Correcting an entry as the answer to its contest: other words stand there, the earlier ones are kept."""

from hashlib import sha256

from django.utils.translation import gettext as _

from r2com.core.refusals import Refused

from . import kinds
from .models import Contest, Decision

ASKED = (Contest.Asks.CORRECT, Contest.Asks.ADD)


def entry_to_correct(contest: Contest, user) -> kinds.Entry | None:
    """The entry as it stands now, if the answer may be to write other words into it."""
    if contest.asks not in ASKED or contest.case.set_aside_at is not None:
        return None
    entry = kinds.find(user, contest.kind, contest.entry, contest.part)
    return entry if entry and kinds.may_be_corrected(entry) else None


def seen(words: str) -> str:
    """What stands for the words that somebody saw before they wrote over them."""
    return sha256(words.encode()).hexdigest()


def must_fit(outcome: str, before: str, after: str) -> None:
    """Raises Refused when what is answered and what is written are not the same."""
    is_followed = outcome != Decision.Outcome.NOT_FOLLOWED
    if is_followed and before.strip() == after.strip():
        raise Refused(_("You follow it: write what stands there from now on."))
    if not is_followed and before.strip() != after.strip():
        raise Refused(_("You do not follow it, and still wrote other words. Change one of the two."))
