"""The assessment on paper: the words that its Typst template asks for."""

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.contests.shown import shown as contested
from r2com.core.instruments import Instrument, Item, profile

from .models import Assessment, Formulation
from .pictures import Area, Mark, map_of
from .responses import response


def paper(
    assessment: Assessment, guide: Instrument, items: list[Item], formulation: Formulation | None, *, by, at
):
    """The data and the images of the print, for the items that its reader may see."""
    laid_out = profile(guide, response(assessment))
    shown = {item.id for item in items}
    contests = contested(assessment.case, by)
    areas = map_of(laid_out, guide, shown=shown, standalone=True)
    data = {
        "language": guide.language,
        "house": assessment.case.organisation.name,
        "title": _("%(name)s: assessment") % {"name": assessment.case.person.short_name},
        "draft": not assessment.is_signed_off,
        "draft_word": _("DRAFT"),
        "status_line": _status(assessment),
        "instrument": {"name": guide.name, "version": guide.version, "disclaimer": guide.disclaimer},
        "facts": _facts(assessment),
        "voice": assessment.case.person.matters,
        "map": [_area(area) for area in areas],
        "areas": _domains(assessment, guide, shown, contests),
        "not_known": [item.title for item in laid_out.not_known if item.id in shown],
        "limits": _limits(),
        "printed_line": _("Printed by %(name)s, %(moment)s.")
        % {"name": by.name, "moment": date_format(timezone.localtime(at), _("j F Y, H:i"))},
        "words": _words(),
        **_formulated(formulation, guide, contests),
        "decisions": _decisions(assessment),
    }
    return data, _images(areas)


def _day(moment):
    """As in 17 November 2026."""
    return date_format(timezone.localtime(moment), _("j F Y"))


def _status(assessment):
    if assessment.is_signed_off:
        answer = assessment.last_handing_in.answer
        return _("Signed off by %(name)s on %(day)s") % {
            "name": answer.by.name,
            "day": _day(answer.at),
        }
    return _("Waits for the supervisor") if assessment.is_handed_in else _("Under way, not handed in yet")


def _facts(assessment):
    case = assessment.case
    return [
        {"label": _("With"), "text": case.person.name},
        {"label": _("Record"), "text": case.reference},
        {"label": _("Kind of talk"), "text": str(assessment.get_kind_display())},
        {
            "label": _("Begun"),
            "text": f"{_day(assessment.begun_at)}, {assessment.begun_by.name}",
        },
    ]


def _formulated(formulation, guide, contests):
    if formulation is None:
        nothing = {"boxes": [], "futures": [], "needs": [], "strengths": []}
        return {**nothing, "intensity": {"title": "", "text": ""}}
    return {
        "boxes": [
            {
                "title": str(text.get_box_display()),
                "text": _with(text.words, contests.lines(formulation, text.box)),
                "rests_on": [guide.item(i).title for i in text.items],
            }
            for text in formulation.boxes.all()
        ],
        "futures": [
            {
                "title": str(text.get_future_display()),
                "text": contests.lines(formulation, text.future),
                "first_sign": text.first_signs,
                "who_notices": text.who_notices,
                "who_acts": text.who_does_what,
            }
            for text in formulation.futures.all()
        ],
        "needs": [{"title": guide.item(item).title, "text": ""} for item in formulation.priority_needs],
        "strengths": [{"title": guide.item(item).title, "text": ""} for item in formulation.key_strengths],
        "intensity": _help(formulation, contests),
    }


def _help(formulation, contests):
    if not formulation.support:
        return {"title": "", "text": ""}
    hours = _("%(hours)s hours a week") % {"hours": floatformat(formulation.hours_a_week)}
    words = _with(formulation.support_because, contests.lines(formulation, "help"))
    return {"title": f"{formulation.get_support_display()}, {hours}", "text": words}


def _decisions(assessment):
    return [
        {
            "line": (
                _("Returned by %(name)s on %(day)s")
                if answer.is_return
                else _("Signed off by %(name)s on %(day)s")
            )
            % {"name": answer.by.name, "day": _day(answer.at)},
            "text": answer.comments,
        }
        for answer in (h.answer for h in assessment.handed_in.all() if hasattr(h, "answer"))
    ]


def _area(area: Area):
    rows = [
        {"title": row.title, "need": _mark(row.need), "strength": _mark(row.strength)} for row in area.rows
    ]
    return {"title": area.title, "rows": rows}


def _mark(mark: Mark):
    return {"word": mark.word, "image": None if mark.is_blank else mark.name, "alt": mark.word}


def _images(areas):
    marks = [mark for area in areas for row in area.rows for mark in (row.need, row.strength)]
    return {mark.name: str(mark.drawing).encode() for mark in marks if not mark.is_blank}


def _domains(assessment, guide, shown, contests):
    ratings = {rating.item: rating for rating in assessment.ratings.all() if rating.item in shown}
    for rating in ratings.values():
        rating.assessment = assessment
    evidence = [row for row in assessment.evidence.all() if row.taken_back_at is None]
    for row in evidence:
        row.assessment = assessment
    return [
        {
            "title": domain.title,
            "about": domain.about,
            "items": [_item(i, ratings[i.id], evidence, guide, contests) for i in items if i.id in ratings],
        }
        for domain, items in guide.by_domain
        if any(item.id in ratings for item in items)
    ]


def _item(item, rating, evidence, guide, contests):
    said = [(guide.scales[scale], rating.judgements.get(scale)) for scale in guide.judgements]
    differs = (
        rating.judgements.get("certainty") == "contested" or rating.judgements.get("person_view") == "differs"
    )
    otherwise = _("The person sees this otherwise, or sources differ.") if differs else ""
    return {
        "title": item.title,
        "judgements": [
            {"label": scale.ask, "value": scale.words[word].label} for scale, word in said if word
        ],
        "makes_hard": _lines(evidence, item, "for", contests),
        "speaks_against": _lines(evidence, item, "against", contests),
        "view": rating.own_words or rating.not_asked_because,
        "contested": _with(otherwise, contests.lines(rating)),
    }


def _lines(evidence, item, stance, contests):
    rows = [row for row in evidence if row.item == item.id and row.stance == stance]
    return [
        {
            "text": _with(row.words, contests.lines(row)),
            "source": row.source,
            "date": date_format(row.dated, _("j M Y")),
        }
        for row in rows
    ]


def _with(words, contests):
    """What stands there, and what the person says about it."""
    return "\n".join(filter(None, [words, contests]))


def _limits():
    return [
        _("A word here describes the last 30 days. It is not a trait, and it is not a forecast."),
        _("Nothing is added up. Two items with the same word are not the same weight."),
        _("“Not known” means not known. It never means that all is well, or that it is not."),
        _("A contested word stays contested wherever it is shown."),
        _("Certified means here: the agency holds somebody to be trained. No accredited certificate exists."),
    ]


def _words():
    return {
        "paper": _("Assessment"),
        "formulation": _("How it hangs together"),
        "rests_on": _("Rests on"),
        "nothing_written": _("Nothing written yet"),
        "futures": _("Three futures"),
        "future": _("Future"),
        "first_sign": _("What we would see first"),
        "who_notices": _("Who notices"),
        "who_acts": _("Who does what"),
        "needs": _("What to work on first"),
        "strengths": _("Key strengths to build on"),
        "none_chosen": _("None chosen yet"),
        "intensity": _("How much help"),
        "decisions": _("Supervisor"),
        "not_decided": _("Not decided yet"),
        "map": _("Needs and strengths"),
        "item": _("Item"),
        "hard": _("What makes it hard"),
        "holds": _("What holds"),
        "items": _("Item by item"),
        "makes_hard": _("Makes it hard"),
        "speaks_against": _("Speaks against"),
        "no_evidence": _("Nothing written yet."),
        "view": _("In their own words"),
        "contested": _("Contested"),
        "nothing_rated": _("Nothing has been talked about yet"),
        "not_known": _("Not known yet"),
        "nothing_unknown": _("Nothing was left open"),
        "limits": _("What these words do not mean"),
    }
