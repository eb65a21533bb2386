"""The plan on one page, for the person to carry. It names no instrument and no programme."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.accounts.models import User
from r2com.cases.models import CaseMember
from r2com.contests.shown import Shown, shown
from r2com.ui.pdf import pdf

from . import reading
from .models import Goal, Plan

TEMPLATE = Path(__file__).parent / "typst" / "plan.typ"


def printed(plan: Plan, *, by: User, at: datetime) -> bytes:
    """The plan as a PDF, in the language that the person reads."""
    return pdf(TEMPLATE, words(plan, by=by, at=at))


def words(plan: Plan, *, by: User, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/plan.typ` says what each key is."""
    contests = shown(plan.case, by)
    with translation.override(language(plan)):
        return {
            "language": translation.get_language(),
            "house": plan.case.organisation.neutral_name,
            "title": reading.whose(plan),
            "draft": plan.is_draft,
            "draft_word": _("DRAFT"),
            "status_line": _status(plan),
            "voice": "\n".join(filter(None, [plan.matters, contests.lines(plan, "matters")])),
            "goals": [_goal(goal, contests) for goal in plan.kept_goals],
            "stops": reading.lines(plan.stops) + reading.lines(contests.lines(plan, "stops")),
            "people": reading.numbers(plan.ring) + _said(contests.lines(plan, "ring")),
            "promises": reading.lines(plan.promises) + reading.lines(contests.lines(plan, "promises")),
            "review_line": "\n".join(filter(None, [_review(plan), contests.lines(plan, "review_where")])),
            "agreement_line": _agreement(plan),
            "signatures": _signatures(plan),
            "end_line": _("You may change or take back this plan at any time."),
            "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": _moment(at)},
            "words": _headings(),
        }


def language(plan: Plan) -> str:
    """The language that the person reads, if we write it; else the house's."""
    known = dict(settings.LANGUAGES)
    wanted = (plan.case.person.language, plan.case.organisation.language)
    return next((code for code in (w.partition("-")[0] for w in wanted) if code in known), "en")


def _status(plan: Plan) -> str:
    if not plan.is_draft:
        return _("Plan %(number)s.") % {"number": plan.number} + " " + reading.answered(plan)
    begun = {"number": plan.number, "day": reading.day(plan.made_at)}
    return _("Draft %(number)s, %(day)s. Not agreed yet.") % begun


def _agreement(plan: Plan) -> str:
    """That nobody has agreed yet, or the person's own words with their answer."""
    if plan.is_draft:
        return reading.answered(plan)
    return plan.answer.words and f"{reading.answered(plan)} “{plan.answer.words}”"


def _review(plan: Plan) -> str:
    """When and where we look at it again. What is not settled yet is a line to write on."""
    on = [_("on %(day)s") % {"day": _weekday(plan.review_on)}] if plan.review_on else []
    return ", ".join([*on, *reading.lines(plan.review_where)]) or "." * 60


def _weekday(day: date) -> str:
    return date_format(day, pgettext("as in Thursday 3 December 2026", "l j F Y"))


def _goal(goal: Goal, contests: Shown) -> dict:
    steps = [{"what": s.words, "who": s.people, "by": _short(s.by)} for s in goal.steps.all()]
    return {
        "goal": goal.words,
        "helps": reading.lines(goal.helps) + reading.lines(contests.lines(goal)),
        "steps": steps,
    }


def _said(contests: str) -> list[dict[str, str]]:
    """What the person says about the numbers, as a line among them."""
    return [{"name": line, "phone": ""} for line in reading.lines(contests)]


def _short(day: date | None) -> str:
    return date_format(day, pgettext("as in 17 Nov 2026", "j M Y")) if day else ""


def _moment(at: datetime) -> str:
    return f"{reading.day(at)}, {date_format(timezone.localtime(at), 'H:i')}"


def _signatures(plan: Plan) -> list[str]:
    """The person, and who works with them, with the neutral name of the house."""
    lead = (
        plan.case.members.select_related("user").filter(part=CaseMember.Part.LEAD, until__isnull=True).first()
    )
    house = plan.case.organisation.neutral_name
    return [plan.case.person.name, *([f"{lead.user.name}, {house}"] if lead else [])]


def _headings() -> dict[str, str]:
    return {
        "paper": _("Plan"),
        "goals": _("What I am working towards"),
        "goal": _("My goal"),
        "helps": _("What helps me"),
        "steps": _("Next steps"),
        "who": _("Who"),
        "by": _("By"),
        "stops": _("What could stop it, and then"),
        "ring": _("Whom I can ring"),
        "promises": _("What the people around me promised"),
        "review": _("We look at this again"),
        "pen": _("Room for a pen"),
        "place": _("Place and date"),
        "copies": _("Copies"),
    }
