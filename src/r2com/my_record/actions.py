"""What can be done with My record as a whole: it goes through a link, is held back in part, is taken away."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants, wall
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.cases.rights import who_helps
from r2com.contests import actions as contests
from r2com.contests.kinds import Entry
from r2com.contests.models import Contest
from r2com.core.refusals import Refused
from r2com.safety_plans.paper import language

from .models import READING, HeldBack, Link, Opening, TakenBack, WrongCode, hashed

LONGEST = timedelta(hours=72)
DIGITS = 8


@transaction.atomic
def take_away(case: Case, *, form: str, by: User, at: datetime) -> None:
    """Write on the trail what is about to leave the house: `pdf`, with its data `zip`, or `receipts`."""
    grants.must_allow(by, case.pk, who_helps(case))
    trail.record("record.printed", subject=case, by=by, at=at, form=form)


@transaction.atomic
def make_link(
    case: Case, *, parts: list[str], lasts: timedelta, by: User, at: datetime
) -> tuple[Link, str, str]:
    """A link that opens once, with the token of its address and its code. Neither is kept, only hashes."""
    grants.must_allow(by, case.pk, who_helps(case))
    if not parts:
        raise Refused(_("Choose at least one part."))
    if not timedelta(0) < lasts <= LONGEST:
        raise Refused(_("A link lasts for three days at the most."))
    token, code = secrets.token_urlsafe(24), _code()
    link = Link(case=case, parts=parts, language=language(case), made_by=by, made_at=at)
    link.token_hash, link.code_hash, link.expires_at = hashed(token), make_password(code), at + lasts
    link.save(force_insert=True)
    trail.record(
        "record_link.made", subject=link, by=by, at=at, parts=parts, until=link.expires_at.isoformat()
    )
    return link, token, code


@transaction.atomic
def take_link_back(link: Link, *, by: User, at: datetime) -> None:
    """From now on it opens nothing; whoever reads through it just now stops. Twice is no harm."""
    grants.must_allow(by, link.case_id, who_helps(link.case))
    _made, is_new = TakenBack.objects.get_or_create(link=link, defaults={"by": by, "at": at})
    if is_new:
        grants.rebuild([link.case_id])
        trail.record("record_link.taken_back", subject=link, by=by, at=at)


@wall.for_the_house("the person has no grant before their code fits")
@transaction.atomic
def open_link(link: Link, *, code: str, by: None, at: datetime) -> str | None:
    """With the right code the person is in, once: what their browser is to hold. Else None, and it counts."""
    current = Link.objects.select_for_update().get(pk=link.pk)
    if not current.is_waiting(at):
        return None
    if not current.opens_with(code):
        WrongCode.objects.create(link=current, at=at)
        trail.record("record_link.code_wrong", subject=current, by=by, at=at)
        return None
    secret = secrets.token_urlsafe(32)
    Opening.objects.create(link=current, visit_hash=hashed(secret), at=at, until=at + READING)
    grants.rebuild([current.case_id])
    trail.record("record_link.opened", subject=current, by=by, at=at)
    return secret


@transaction.atomic
def read(opening: Opening, *, part: str, by: None, at: datetime) -> None:
    """Write on the trail that the person is about to read a part; none is the list of parts."""
    link = opening.link
    trail.record("record_link.read", subject=link, by=by, at=at, **({"part": part} if part else {}))


@transaction.atomic
def answer(opening: Opening, *, entry: Entry, words: str, asks: str, by: None, at: datetime) -> Contest:
    """Keep what the person writes about an entry, by themselves."""
    if not Opening.objects.going_on(at).filter(pk=opening.pk, link__case=entry.case.pk).exists():
        raise Refused(_("The time is over. Ask for a new link."))
    return contests.say(entry, words=words, asks=asks, through=Contest.Through.LINK, by=by, at=at)


@wall.for_the_house("the visit ends, and its grant with it")
@transaction.atomic
def leave(opening: Opening, *, by: None, at: datetime) -> None:
    """The person has finished: nothing opens any more, here or elsewhere."""
    if Opening.objects.going_on(at).filter(pk=opening.pk).update(left_at=at):
        grants.rebuild([opening.link.case_id])
        trail.record("record_link.left", subject=opening.link, by=by, at=at)


@transaction.atomic
def hold_back(entry: Entry, *, reason: str, words: str, by: User, at: datetime) -> HeldBack:
    """The person does not read this entry for now. They are told that something is held back, and why."""
    grants.must_allow(by, entry.case.pk, who_helps(entry.case))
    if not words.strip():
        raise Refused(_("Write why, so that a colleague can look at it again."))
    held = HeldBack(case=entry.case, kind=entry.kind, entry=entry.pk, part=entry.part, reason=reason)
    if HeldBack.objects.standing().filter(kind=held.kind, entry=held.entry, part=held.part).exists():
        raise Refused(_("This is held back already."))
    held.words, held.held_by, held.held_at = words.strip(), by, at
    held.save(force_insert=True)
    trail.record("entry.held_back", subject=held, by=by, at=at, kind=entry.kind, reason=reason)
    return held


@transaction.atomic
def give_back(held: HeldBack, *, by: User, at: datetime) -> None:
    """The person reads it again. Twice is no harm."""
    grants.must_allow(by, held.case_id, who_helps(held.case))
    current = HeldBack.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if current.given_back_at is None:
        current.given_back_by, current.given_back_at = by, at
        current.save(update_fields=["given_back_by", "given_back_at"])
        trail.record("entry.given_back", subject=current, by=by, at=at)


def _code() -> str:
    return "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
