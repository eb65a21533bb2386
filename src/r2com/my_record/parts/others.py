"""What else was written about me: observed, asked among colleagues, filled in, arranged around release."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.landing import content
from r2com.landing.models import BOARD, GATE, Begun
from r2com.landing.models import Line as Arranged
from r2com.observations.models import Observation
from r2com.questionnaires import reading
from r2com.questionnaires.models import Questionnaire
from r2com.threads.models import Thread

from ..line import Line, by, day, several


def observations(case: Case, user) -> list[Line]:
    rows = Observation.objects.visible_to(user).filter(case=case).whole().order_by("-seen_at")
    return [_observation(row) for row in rows]


def _observation(row: Observation) -> Line:
    """What the person was not told yet, somebody tells them; a list is no way to learn it."""
    who, title = by(row.written_by, row.written_at), f"{row.get_kind_display()}, {day(row.seen_at)}"
    if row.told_at is None:
        return Line(title, _("Somebody tells you about this, by %(day)s.") % {"day": day(row.tell_by)}, who)
    looked = [several(f"{one.by.name}: {one.get_says_display()}", one.words) for one in row.looks.all()]
    said = [_("What I said to it: %(words)s") % {"words": one.words} for one in row.answers.all()]
    words = several(row.words, row.place, *said, *looked)
    return Line(title, words, who, "observation", row.pk)


def threads(case: Case, user) -> list[Line]:
    """What colleagues asked each other, as it stands now, with the earlier wording below."""
    rows = Thread.objects.visible_to(user).filter(case=case).whole()
    return [line for row in rows for line in _thread(row)]


def _thread(row: Thread) -> Iterator[Line]:
    for said in row.spoken:
        earlier = [_("Before: %(words)s") % {"words": one.words} for one in said.before]
        who = by(said.first.said_by, said.first.said_at)
        yield Line(_("Between colleagues"), several(said.now.words, *earlier), who, "post", said.first.pk)


def questionnaires(case: Case, user) -> list[Line]:
    rows = Questionnaire.objects.visible_to(user).filter(case=case).whole().order_by("-begun_at")
    return [_questionnaire(row) for row in rows]


def _questionnaire(row: Questionnaire) -> Line:
    guide = reading.guide_of(row)
    words = several(*reading.said(row, guide, timezone.localdate()))
    who = by(row.finished.by, row.finished.at) if row.is_finished else by(row.begun_by, row.begun_at)
    return Line(guide.name, words, who, "questionnaire", row.pk)


def landing(case: Case, user) -> list[Line]:
    """What was arranged before the gate and in the first 72 hours, as far as something was written."""
    rows = Begun.objects.visible_to(user).filter(case=case).with_version().with_lights().with_lines()
    return [line for row in rows for line in (_gate(row) if row.checklist == GATE else _board(row))]


def _gate(begun: Begun) -> Iterator[Line]:
    titles = {one.id: one.title for one in content.of(begun, GATE).lines}
    for row in begun.lines.all():
        said = [several(str(one.get_says_display()), one.who, one.words) for one in row.entries.all()]
        words = several(_arranges(row), row.notes, *said)
        yield Line(titles.get(row.key, row.words), words, day(row.added_at), "gate_line", row.pk)


def _arranges(row: Arranged) -> str:
    names = ", ".join(filter(None, [row.owner.name if row.owner else "", row.outside]))
    return _("Arranged by %(names)s.") % {"names": names} if names else ""


def _board(begun: Begun) -> Iterator[Line]:
    titles = {one.id: one.title for one in content.of(begun, BOARD).lines}
    for row in begun.lights.all():
        words = several(str(row.get_says_display()), row.note)
        yield Line(titles.get(row.lamp, row.lamp), words, by(row.by, row.at), "lamp", row.pk)
