"""What waits for somebody's word, for this app's own pages and for Today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import Thread

MOST = 50
LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Questions by whose turn it is: mine, somebody else's, or nobody's any more."""

    mine: list[Thread]
    others: list[Thread]
    answered: list[Thread]


def waiting_for(user: User) -> list[Thread]:
    """Questions to me that I have not answered, and answers to mine that I have not replied to.

    Four queries, however many there are. The newest come first; none is ever more than fifty.
    """
    rows = Thread.objects.visible_to(user).waiting_for(user)
    return list(rows.whole()[:MOST])


def how_many_wait(user: User) -> int:
    """The same, counted in one query."""
    return Thread.objects.visible_to(user).waiting_for(user).distinct().count()


def of(user: User, at: datetime) -> Waiting:
    """Everything that somebody asked or was asked: what is open, and what was answered lately."""
    mine_by_id = set(Thread.objects.visible_to(user).waiting_for(user).values_list("pk", flat=True))
    rows = list(Thread.objects.visible_to(user).taken_part(user).whole()[: MOST * 2])
    warm(rows)
    open_ones = [one for one in rows if not one.is_answered]
    lately = [one for one in rows if one.is_answered and _answered_since(one, at - LATELY)]
    mine = [one for one in open_ones if one.pk in mine_by_id]
    return Waiting(mine, [one for one in open_ones if one.pk not in mine_by_id], lately)


def of_case(user: User, case: Case) -> list[Thread]:
    """What was asked in a case, as far as somebody may read it."""
    rows = list(Thread.objects.visible_to(user).filter(case=case).whole()[:MOST])
    warm(rows)
    return rows


def colleagues(case: Case, user: User) -> list[tuple[User, bool]]:
    """Everybody else with a live grant on the case, and whether they read sensitive things."""
    live = Grant.objects.live().filter(case=case.pk)
    reading = set(live.that_allow(May.READ_SENSITIVE).values_list("user", flat=True))
    people = User.objects.filter(pk__in=live.values("user")).exclude(pk=user.pk).order_by("name")
    return [(one, one.pk in reading) for one in people]


def warm(threads: list[Thread]) -> None:
    """Fetch the keys of every case on the page at once."""
    cases = [one.case for one in threads]
    keyring.warm_all({Owner.CASE: {row.pk for row in cases}, Owner.PERSON: {row.person_id for row in cases}})


def _answered_since(thread: Thread, at: datetime) -> bool:
    return any(one.reopened_at is None and one.answered_at >= at for one in thread.answers.all())
