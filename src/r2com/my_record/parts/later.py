"""How it went on: looking again together, the end, the calls afterwards, and programmes that were chosen."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from r2com.cases.models import Case, Closure
from r2com.programmes import reading
from r2com.programmes.models import Offer, SafetyCheck
from r2com.reviews.models import Call, Closing, Letter, Review

from ..line import Line, by, day, several


def reviews(case: Case, user) -> list[Line]:
    """Each review, then how it ended and began again, and the calls. The newest first."""
    rows = Review.objects.visible_to(user).filter(case=case).whole()
    return [_review(row) for row in rows] + _ends(case, user) + _calls(case, user)


def _review(row: Review) -> Line:
    title = f"{_('Review %(number)s') % {'number': row.number}}, {row.get_occasion_display()}"
    if not row.is_kept:
        return Line(title, _("Nothing decided yet"), by(row.begun_by, row.begun_at), "review", row.pk)
    made = row.decision
    again = _("We look at it again on %(day)s.") % {"day": day(made.next_on)} if made.next_on else ""
    view = several(str(made.get_view_display()), made.view_words)
    words = several(str(made.get_says_display()), made.reasons, made.narrative, view, again)
    return Line(title, words, by(made.kept_by, made.kept_at), "review", row.pk)


def _ends(case: Case, user) -> list[Line]:
    rows = Closing.objects.visible_to(user).filter(case=case).whole()
    around = ("closed_by", "reopening__reopened_by")
    closures = Closure.objects.visible_to(user).filter(case=case).select_related(*around)
    return [line for row in rows for line in _end(row)] + [line for row in closures for line in _closed(row)]


def _end(row: Closing) -> Iterator[Line]:
    who = by(row.written_by, row.written_at)
    view = several(str(row.get_view_display()), row.view_words)
    words = several(str(row.get_reason_display()), row.waits, row.told, view)
    yield Line(_("How it ended"), words, who, "closing", row.pk)
    for end in row.goals.all():
        words = several(end.goal.words, str(end.get_how_display()), end.words, end.view)
        yield Line(_("Goal"), words, who)
    for end in row.tasks.all():
        yield Line(
            _("What was still open"), several(end.task.words, str(end.get_what_display()), end.words), who
        )
    if letter := getattr(row, "letter", None):
        yield _letter(letter)


def _letter(letter: Letter) -> Line:
    words = several(letter.you_did, letter.we_did, letter.waits, letter.ring, letter.keeping)
    return Line(_("The letter at the end"), words, day(letter.written_at))


def _closed(row: Closure) -> Iterator[Line]:
    kept = _("Kept until %(day)s.") % {"day": day(row.kept_until)}
    yield Line(_("Closed"), several(str(row.get_reason_display()), kept), by(row.closed_by, row.closed_at))
    if again := getattr(row, "reopening", None):
        yield Line(_("Opened again"), again.why, by(again.reopened_by, again.reopened_at))


def _calls(case: Case, user) -> list[Line]:
    rows = Call.objects.visible_to(user).filter(case=case).select_related("owner")
    return [_call(row) for row in rows.prefetch_related("attempts")]


def _call(row: Call) -> Line:
    said = [several(str(one.get_result_display()), one.words) for one in row.attempts.all()]
    return Line(str(row.get_occasion_display()), several(*said), f"{row.owner.name}, {day(row.due)}")


def programmes(case: Case, user) -> list[Line]:
    """What was offered, what I said, and each meeting; then what I said about a restorative step."""
    rows = Offer.objects.visible_to(user).filter(case=case).whole()
    return [line for row in rows for line in _programme(row)] + _own_answers(case, user)


def _programme(row: Offer) -> Iterator[Line]:
    course = reading.course(row)
    yield Line(
        course.programme.name,
        several(str(row.get_says_display()), row.words),
        by(row.by, row.at),
        "programme",
        row.pk,
    )
    for turn in row.turns.all():
        words = several(str(turn.get_reason_display()), turn.words)
        yield Line(str(turn.get_kind_display()), words, by(turn.by, turn.at))
    for meeting in course.meetings:
        for one in meeting.entries:
            on = f", {day(one.day)}" if one.day else ""
            words = several(f"{one.get_what_display()}{on}", one.who_led, one.took, one.note)
            yield Line(meeting.session.title, words, by(one.by, one.at), "meeting", one.pk)


def _own_answers(case: Case, user) -> list[Line]:
    found = SafetyCheck.objects.visible_to(user).filter(case=case)
    rows = [
        one for check in found.prefetch_related("own_answers__recorded_by") for one in check.own_answers.all()
    ]
    title = _("A restorative step")
    return [
        Line(title, several(str(one.get_says_display()), one.words), by(one.recorded_by, one.at))
        for one in rows
    ]
