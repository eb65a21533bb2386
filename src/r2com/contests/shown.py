"""A contested entry shows its contest wherever it is shown, on pages and on paper: one query a page."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.cases.models import Case

from . import kinds
from .models import Contest


@dataclass(frozen=True)
class Shown:
    """What was said about the entries of one case, as far as one user may see it."""

    contests: list[Contest]

    def on(self, thing, part: str = "") -> list[Contest]:
        """About a row, or about one of its parts; and about whatever stands within it."""
        return self.about(kinds.of(thing), thing.pk, part)

    def about(self, kind: str, pk: UUID, part: str = "") -> list[Contest]:
        return [
            one
            for one in self.contests
            if one.within == pk or (one.kind == kind and one.entry == pk and (one.part == part or not part))
        ]

    def lines(self, thing, part: str = "") -> str:
        """The same for paper: one line of plain words for each."""
        return "\n".join(in_words(one) for one in self.on(thing, part))


def shown(case: Case, user) -> Shown:
    """Everything contested in a case that this user may see: one query, none where nothing was said."""
    if not case.has_contests:
        return Shown([])
    return Shown(list(Contest.objects.visible_to(user).about(case).answered_too()))


def in_words(contest: Contest) -> str:
    """What the person says, and the answer or the day by which it comes."""
    said = _("Contested: “%(words)s”") if not contest.is_remark else _("They say: “%(words)s”")
    return " ".join(filter(None, [said % {"words": contest.words}, answer(contest)]))


def answer(contest: Contest) -> str:
    if contest.is_remark:
        return ""
    if not contest.is_decided:
        return _("An answer is due by %(day)s.") % {"day": _day(contest.due)}
    decision = contest.decision
    said = {"outcome": decision.get_outcome_display(), "reasons": decision.reasons}
    corrected = _("What stands here was corrected then.") if decision.has_correction else ""
    return " ".join(filter(None, [_("Answer: %(outcome)s. %(reasons)s") % said, corrected]))


def _day(day) -> str:
    return date_format(day, pgettext("a day in full, as in 17 November 2026", "j F Y"))
