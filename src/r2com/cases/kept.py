"""What the case itself puts into its line of time: what was told and agreed, and who came and went."""

import json
from collections.abc import Callable

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from r2com.people.models import Choice, NoticeGiven, Withdrawal

from .models import CaseMember, Closure, Reopening
from .timeline import Kept, Lane, register

YES, NO = "yes:", "no:"


def register_kept() -> None:
    register(
        Kept(
            "told",
            Lane.AGREED,
            lambda asker, case: NoticeGiven.objects.visible_to(asker).filter(person__cases=case),
            at="given_at",
            who="given_by__name",
            page="explain",
            says=lambda word: _("Told what we do and what we keep"),
        ),
        Kept(
            "choice",
            Lane.AGREED,
            lambda asker, case: Choice.objects.visible_to(asker).filter(person__cases=case),
            at="made_at",
            who="recorded_by__name",
            word=_said("agreed", "recipient__words"),
            page="explain",
            says=_choice,
        ),
        Kept(
            "withdrawal",
            Lane.AGREED,
            lambda asker, case: Withdrawal.objects.filter(
                choice__in=Choice.objects.visible_to(asker), choice__person__cases=case
            ),
            at="withdrawn_at",
            who="recorded_by__name",
            word=Cast("choice__recipient__words", TextField()),
            page="explain",
            says=lambda word: _("Took a yes back: %(whom)s") % {"whom": _in_language(word)},
        ),
        Kept(
            "joined",
            Lane.AGREED,
            lambda asker, case: CaseMember.objects.visible_to(asker).filter(case=case),
            at="since",
            who="user__name",
            word=F("part"),
            page="team",
            says=_of(CaseMember.Part, lambda part: _("Works with the person: %(part)s") % {"part": part}),
        ),
        Kept(
            "closed",
            Lane.AGREED,
            lambda asker, case: Closure.objects.visible_to(asker).filter(case=case),
            at="closed_at",
            who="closed_by__name",
            says=lambda word: _("Case closed"),
        ),
        Kept(
            "opened_again",
            Lane.AGREED,
            lambda asker, case: Reopening.objects.filter(
                closure__in=Closure.objects.visible_to(asker), closure__case=case
            ),
            at="reopened_at",
            who="reopened_by__name",
            says=lambda word: _("Opened again"),
        ),
    )


def _said(agreed: str, words: str):
    """Yes or no, and to whom, as one word."""
    answer = Case(When(**{agreed: True}, then=Value(YES)), default=Value(NO))
    return Concat(answer, Cast(words, TextField()), output_field=TextField())


def _choice(word: str) -> str:
    answer, _colon, words = word.partition(":")
    said = _("Said yes to sharing: %(whom)s") if f"{answer}:" == YES else _("Said no to sharing: %(whom)s")
    return said % {"whom": _in_language(words)}


def _in_language(words: str) -> str:
    """An entry of a list of the agency in the reader's language."""
    said = json.loads(words)
    return said.get(get_language() or "en") or said.get("en") or next(iter(said.values()))


def _of(choices, title: Callable[[str], str]) -> Callable[[str], str]:
    return lambda word: title(str(choices(word).label))
