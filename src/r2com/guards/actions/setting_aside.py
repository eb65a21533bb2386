"""A record is set aside, the person is told before it is used again, and then it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused

from ..models import SetAside


@transaction.atomic
def set_aside(case: Case, *, ground: str, words: str, by: User, at: datetime) -> SetAside:
    """Keep a record and use it no more: nobody writes in it, and it is neither counted nor passed on."""
    current = _held(case, by)
    if current.set_aside_at is not None:
        raise Refused(_("This record is set aside already."))
    if not words.strip():
        raise Refused(_("Write what the person asked for, or why it has to be so."))
    aside = SetAside(case=current, ground=ground, words=words.strip(), set_by=by, set_at=at)
    aside.save(force_insert=True)
    trail.record("case.set_aside", subject=aside, by=by, at=at, case=current, ground=ground)
    _stand(current, at)
    return aside


@transaction.atomic
def tell(aside: SetAside, *, told: str, by: User, at: datetime) -> None:
    """Write down that the person knows that their record will be used again, and how they were told."""
    current = _standing(aside, by)
    current.told, current.told_by, current.told_at = told, by, at
    current.save(update_fields=["told", "told_by", "told_at"])
    trail.record("set_aside.end_told", subject=current, by=by, at=at, case=current.case, told=told)


@transaction.atomic
def use_again(aside: SetAside, *, by: User, at: datetime) -> None:
    """The record is used again. Raises Refused until the person was told (GDPR, Art. 18(3))."""
    current = _standing(aside, by)
    if not current.is_told:
        raise Refused(_("First tell the person that their record will be used again."))
    current.ended_by, current.ended_at = by, at
    current.save(update_fields=["ended_by", "ended_at"])
    trail.record("case.used_again", subject=current, by=by, at=at, case=current.case)
    _stand(current.case, None)


def _held(case: Case, by: User) -> Case:
    """The case as it is now, held, for somebody who helps with it. Raises Refused."""
    current = Case.objects.select_for_update().get(pk=case.pk)
    grants.must_allow_any(by, current.pk, who_helps(current), May.SIGN_OFF)
    return current


def _standing(aside: SetAside, by: User) -> SetAside:
    _held(aside.case, by)
    current = SetAside.objects.select_for_update(of=("self",)).whole().get(pk=aside.pk)
    if current.ended_at is not None:
        raise Refused(_("This record is used again already."))
    return current


def _stand(case: Case, at: datetime | None) -> None:
    case.set_aside_at = at
    case.save(update_fields=["set_aside_at"])
    grants.rebuild([case.pk])
