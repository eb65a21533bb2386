"""Saying something about an entry, and answering somebody who contested one."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.keeping import months_after
from r2com.cases.rights import who_helps
from r2com.core.refusals import Changed, Refused

from . import correcting, kinds, reminders
from .answering import deciders, must_decide
from .models import Contest, Correction, Decision


@transaction.atomic
def say(entry: kinds.Entry, *, words: str, asks: str, through: str, by: User | None, at: datetime) -> Contest:
    """Keep the person's words about an entry. What asks for something is answered within a month.

    `by` is who wrote it down, or None when the person wrote it themselves, through a link.
    """
    if by is not None:
        grants.must_allow(by, entry.case.pk, who_helps(entry.case))
    if not words.strip():
        raise Refused(_("Write what the person says, in their own words."))
    contest = Contest(case=entry.case, words=words.strip(), asks=asks, through=through)
    contest.kind, contest.entry, contest.part, contest.within = entry.kind, entry.pk, entry.part, entry.within
    contest.title, contest.stood, contest.is_sensitive = entry.title, entry.words, entry.is_sensitive
    contest.authors = sorted(str(author) for author in entry.authors)
    contest.written_by, contest.made_at = by, at
    if not contest.is_remark:
        contest.due, contest.decider = _in_a_month(at), next(iter(deciders(entry)), None)
    if contest.decider:
        asked = {"owner": contest.decider, "due": contest.due}
        contest.reminder = reminders.remind(contest, **asked, by=by, at=at)
    contest.save(force_insert=True)
    entry.case.has_contests = True
    entry.case.save(update_fields=["has_contests"])
    trail.record(
        "entry.contested", subject=contest, by=by, at=at, kind=entry.kind, asks=asks, through=through
    )
    return contest


@transaction.atomic
def decide(
    contest: Contest,
    *,
    outcome: str,
    reasons: str,
    told: str = "",
    words: str | None = None,
    over: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """Answer in plain language, and let other `words` stand in the entry where it is followed.

    `over` is what stands for the words that were there when they were read (see correcting.py). Raises
    Refused for whoever wrote the entry, and where nothing is asked.
    """
    current = Contest.objects.select_for_update(of=("self",)).get(pk=contest.pk)
    must_decide(current, by)
    if not reasons.strip():
        raise Refused(_("Write the reasons, so that the person can follow them."))
    decision = Decision(contest=current, outcome=outcome, reasons=reasons.strip(), told=told.strip())
    decision.decided_by, decision.decided_at = by, at
    decision.save(force_insert=True)
    if words is not None:
        _correct(decision, words=words, over=over, by=by, at=at)
    reminders.forget(current.reminder, by=by, at=at)
    trail.record("contest.answered", subject=current, by=by, at=at, outcome=outcome)
    return decision


def _correct(decision: Decision, *, words: str, over: str, by: User, at: datetime) -> None:
    """Write other words into the entry. Raises Refused, or Changed when it is not what was seen any more."""
    contest = decision.contest
    entry = correcting.entry_to_correct(contest, by)
    if entry is None:
        raise Refused(_("This entry is not corrected here. Change it on its own page, and say so here."))
    if correcting.seen(entry.words) != over:
        raise Changed(_("Somebody changed this entry meanwhile. Read what stands there now."))
    correcting.must_fit(decision.outcome, entry.words, words)
    if decision.outcome != Decision.Outcome.NOT_FOLLOWED:
        kinds.correct(entry, words=words.strip(), reasons=decision.reasons, by=by, at=at)
        made = Correction(decision=decision, before=entry.words, after=words.strip())
        made.save(force_insert=True)
        facts = {"kind": contest.kind}
        trail.record("entry.corrected", subject=made, case=contest.case, by=by, at=at, **facts)


def _in_a_month(at: datetime) -> date:
    return months_after(at.date(), 1)
