"""The papers: the review for the file, the one to carry, and the letter at the end."""

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import CaseMember
from r2com.contests.shown import Shown, in_words, shown
from r2com.plans.models import Plan
from r2com.plans.reading import lines, numbers
from r2com.ui import charts
from r2com.ui.pdf import pdf

from . import changes, table
from .letter import in_full, language
from .models import Closing, Review

FOLDER = Path(__file__).parent / "typst"


def review(found: Review, user: User, *, carried: bool, at: datetime) -> bytes:
    """The review as a PDF: whole and in the reader's language, or to carry and in the person's."""
    if not carried:
        return pdf(FOLDER / "review.typ", whole(found, user, at=at), _arrows())
    with translation.override(language(found.case)):
        return pdf(FOLDER / "carried.typ", to_carry(found, user))


def letter(closing: Closing) -> bytes:
    """The letter as a PDF, in the language in which it was written."""
    with translation.override(closing.letter.language):
        return pdf(FOLDER / "letter.typ", letter_words(closing))


def whole(found: Review, user: User, *, at: datetime) -> dict:
    """Everything that stands in the file; `typst/review.typ` says what each key is."""
    lies = table.of(found, user)
    guide = lies.guide
    return {
        "language": translation.get_language(),
        "house": found.case.organisation.name,
        "title": _("Review %(number)s") % {"number": found.number},
        "draft": not found.is_kept,
        "draft_word": _("DRAFT"),
        "status_line": _status(found),
        "instrument": {"name": guide.name, "version": guide.version, "disclaimer": guide.disclaimer}
        if guide
        else None,
        "facts": _facts(found, lies),
        "lines": [_line(line) for line in lies.lines],
        "not_again": [item.title for item in lies.not_again],
        "days": [_short(timezone.localdate(talk.begun_at)) for talk in lies.talks] if lies.ways else [],
        "ways": [{"title": way.item.title, "steps": [step[:2] for step in way.steps]} for way in lies.ways],
        "done": [_step(step) for step in lies.done],
        "undone": [_step(step) for step in lies.undone],
        "decision": _decision(found, shown(found.case, user)),
        "printed_line": _("Printed by %(name)s, %(moment)s.")
        % {"name": user.name, "moment": date_format(timezone.localtime(at), _("j F Y, H:i"))},
        "words": _headings(),
    }


def to_carry(found: Review, user: User) -> dict:
    """What the person takes along. It names no programme and holds no judgement."""
    lies = table.of(found, user)
    plan = Plan.objects.visible_to(user).filter(case=found.case_id).standing().first()
    decision = found.decision if found.is_kept else None
    return {
        "language": translation.get_language(),
        "house": found.case.organisation.neutral_name,
        "title": _("How it goes"),
        "draft": decision is None,
        "draft_word": _("DRAFT"),
        "status_line": in_full(timezone.localdate(decision.kept_at if decision else found.begun_at)),
        "decision": str(decision.get_says_display()) if decision else _("Nothing is decided yet."),
        "own": decision.view_words if decision else "",
        "done": [_step(step) for step in lies.done],
        "undone": [_step(step) for step in lies.undone],
        "next_line": in_full(decision.next_on) if decision and decision.next_on else "." * 60,
        "people": numbers(plan.ring) if plan else [],
        "end_line": _("You may read everything that is written, and say where you see it otherwise."),
        "words": {
            "paper": _("How it goes"),
            "decision": _("What we decided together"),
            "own": _("How I see it"),
            "done": _("What was done"),
            "undone": _("What comes"),
            "next": _("We look at it again"),
            "ring": _("Whom I can ring"),
            "pen": _("Room for a pen"),
        },
    }


def letter_words(closing: Closing) -> dict:
    """Everything that stands in the letter. It names no programme and no reason."""
    case, said = closing.case, closing.letter
    lead = case.members.select_related("user").filter(part=CaseMember.Part.LEAD, until=None).first()
    parts = [
        (_("What you did"), said.you_did),
        (_("What we did"), said.we_did),
        (_("What still waits"), said.waits),
        (_("Who to ring"), said.ring),
        (_("What we keep"), said.keeping),
    ]
    return {
        "language": said.language,
        "house": case.organisation.neutral_name,
        "title": _("A letter to you"),
        "draft": False,
        "draft_word": _("DRAFT"),
        "to": case.person.name,
        "day_line": in_full(timezone.localdate(said.written_at)),
        "greeting": _("Dear %(name)s,") % {"name": case.person.short_name},
        "opening": _("Our work together ends today. This is what we want you to have in your hands."),
        "parts": [{"title": title, "lines": lines(text)} for title, text in parts if text.strip()],
        "closing_line": _("Thank you for the way that we went together."),
        "signature": lead.user.name if lead else said.written_by.name,
        "words": {"paper": _("Letter")},
    }


def _status(found: Review) -> str:
    if found.is_kept:
        kept = found.decision
        said = {"name": kept.kept_by.name, "day": in_full(timezone.localdate(kept.kept_at))}
        return _("Kept by %(name)s on %(day)s") % said
    return _("Nothing decided yet")


def _facts(found: Review, lies: table.Table) -> list[dict]:
    facts = [
        (_("With"), found.case.person.name),
        (_("Record"), found.case.reference),
        (_("Which review"), str(found.get_occasion_display())),
        (_("Talked now"), _talk(lies.now)),
        (_("Talked before"), _talk(lies.then)),
    ]
    return [{"label": label, "text": text} for label, text in facts if text]


def _talk(talk) -> str:
    return f"{talk.get_kind_display()}, {in_full(timezone.localdate(talk.begun_at))}" if talk else ""


def _line(line: changes.Line) -> dict:
    return {
        "title": line.item.title,
        "then": [{"ask": ask, "word": word} for ask, word in line.then],
        "now": [{"ask": ask, "word": word} for ask, word in line.now],
        "rest": [{"ask": ask, "word": f"{then or '–'} → {now or '–'}"} for ask, then, now in line.rest],
        "own_then": line.own_then,
        "own_now": "\n".join(filter(None, [line.own_now, *map(in_words, line.contests)])),
        "arrow": line.arrow,
        "says": line.says,
        "holds": line.holds,
        "evidence": [
            {
                "words": one.words,
                "line": ", ".join(filter(None, [one.source, _short(one.dated)])),
                "stale": one.is_stale,
            }
            for one in line.evidence
        ],
    }


def _step(step: dict) -> dict:
    return {
        "what": step["words"],
        "who": step["who"],
        "by": _short(step["by"]),
    }


def _decision(found: Review, contests: Shown) -> dict | None:
    if not found.is_kept:
        return None
    said = found.decision
    return {
        "says": str(said.get_says_display()),
        "reasons": "\n".join(filter(None, [said.reasons, contests.lines(found)])),
        "narrative": said.narrative,
        "view": str(said.get_view_display()),
        "view_words": said.view_words,
        "next": in_full(said.next_on) if said.next_on else _("Not again: we close"),
    }


def _short(day: date | None) -> str:
    return date_format(day, _("j M Y")) if day else ""


def _arrows() -> dict[str, bytes]:
    """The five arrows, once; the word stands beside each."""
    drawn = {name: charts.arrow(name, str(says), standalone=True) for name, says in changes.SAYS.items()}
    return {f"{name}.svg": str(drawing).encode() for name, drawing in drawn.items()}


def _headings() -> dict[str, str]:
    return {
        "paper": _("Review"),
        "changed": _("What changed, in both voices"),
        "then": _("Before"),
        "now": _("Now"),
        "nothing": _("Nothing written"),
        "rests_on": _("What it rests on"),
        "stale": _("older than the guide looks back: ask again"),
        "not_again": _("Not talked about this time"),
        "no_talk": _("Nothing was rated yet, so there is nothing to compare."),
        "ways": _("Item by item over time"),
        "item": _("Item"),
        "done": _("What was done"),
        "undone": _("What was not done yet"),
        "no_steps": _("Nothing"),
        "decision": _("What was decided"),
        "reasons": _("Why"),
        "narrative": _("What else to remember"),
        "view": _("The person’s view"),
        "next": _("We look at it again"),
        "limits": _("An arrow says how one item went between two talks. Arrows are never added up."),
    }
