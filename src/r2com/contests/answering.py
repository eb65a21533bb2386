"""Who answers a contest: somebody who reads the entry and did not write it."""

from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.core.refusals import Refused

from . import kinds
from .models import Contest

# Supervisors first; and whoever is left once the support has ended.
ANSWERS = (May.SIGN_OFF, May.RATE, May.FOLLOW_UP)


def must_decide(contest: Contest, by: User) -> None:
    """Raises Refused unless this user may answer: a supervisor or case worker who did not write the entry."""
    contest.must_be_undecided()
    contest.must_not_be_by(by)
    entry = kinds.find(by, contest.kind, contest.entry, contest.part)
    if entry and by.pk in entry.authors:
        raise Refused(_("You wrote this entry. Somebody else has to answer."))
    if not any(grants.allows(by, contest.case_id, what) for what in ANSWERS):
        raise Refused(_("Your part in this case does not include this."))


def may_decide(contest: Contest, by: User) -> bool:
    try:
        must_decide(contest, by)
    except Refused:
        return False
    return True


def deciders(entry: kinds.Entry) -> list[User]:
    """Who may answer: supervisors, then other case workers who read the entry; never an author."""
    here = Grant.objects.live().filter(case=entry.case.pk)
    found: list[User] = []
    for what in ANSWERS:
        ids = set(here.that_allow(what).values_list("user", flat=True)) - entry.authors
        users = User.objects.filter(pk__in=ids, is_active=True).order_by("name")
        found += [user for user in users if user not in found and _sees(user, entry)]
    return found


def _sees(user: User, entry: kinds.Entry) -> bool:
    return kinds.find(user, entry.kind, entry.pk, entry.part) is not None
