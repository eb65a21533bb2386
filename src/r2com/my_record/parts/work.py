"""What was agreed and done: the plan, the meetings, what was promised, and the papers."""

from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.contacts.models import Contact
from r2com.documents.models import Document, Letter, Release
from r2com.plans.models import Answer, Plan, Step
from r2com.tasks.models import PutOff, Task

from ..line import Line, by, day, several


def plan(case: Case, user) -> list[Line]:
    found = Plan.objects.visible_to(user).filter(case=case).whole().first()
    if found is None:
        return []
    who = by(found.made_by, found.made_at)
    around = [
        (_("What matters"), "matters"),
        (_("What could stop it, and then"), "stops"),
        (_("Whom I can ring"), "ring"),
        (_("What the people around me promised"), "promises"),
        (_("We look at this again"), "review_where"),
    ]
    goals = [Line(_("Goal"), _goal(goal), who, "goal", goal.pk) for goal in found.kept_goals]
    rest = [(title, getattr(found, name), name) for title, name in around]
    lines = goals + [Line(title, words, who, "plan", found.pk, name) for title, words, name in rest if words]
    return lines + [
        Line(_("My answer"), _answered(one), by(one.recorded_by, one.at)) for one in found.answers.all()
    ]


def _answered(one: Answer) -> str:
    return several(str(one.get_says_display()), one.words)


def _goal(goal) -> str:
    steps = [_step(step) for step in goal.steps.all()]
    return "\n".join([goal.words, *steps])


def _step(step: Step) -> str:
    done = ": " + _("done on %(day)s") % {"day": day(step.done.done_at)} if step.is_done else ""
    return f"– {step.words}{f' ({step.people})' if step.people else ''}{done}"


def contacts(case: Case, user) -> list[Line]:
    """Every note that this reader sees, and each statement in it."""
    rows = Contact.objects.visible_to(user).filter(case=case).select_related("standing", "written_by")
    lines = []
    for row in rows.prefetch_related("standing__statements").order_by("-standing__happened_at"):
        note, who = row.standing, by(row.written_by, row.written_at)
        title = f"{note.get_kind_display()}, {day(note.happened_at)}"
        lines.append(Line(title, note.words or note.because, who, "contact", row.pk))
        lines += [
            Line(one.get_type_display(), one.words, who, "statement", one.pk, within=row.pk)
            for one in note.statements.all()
        ]
    return lines


def promises(case: Case, user) -> list[Line]:
    """What somebody was to do, what came of it, and which reminders were put off."""
    rows = Task.objects.visible_to(user).filter(case=case).select_related("owner", "made_by", "done")
    later = PutOff.objects.visible_to(user).filter(case=case).select_related("put_off_by")
    promised = [_promise(row) for row in rows.prefetch_related("not_done")]
    return promised + [
        Line(_("A reminder was put off"), row.reason, by(row.put_off_by, row.put_off_at)) for row in later
    ]


def _promise(row: Task) -> Line:
    taken_back = [_("Not done after all: %(words)s") % {"words": one.words} for one in row.not_done.all()]
    words = several(row.words, row.done.words if row.is_done else "", *taken_back)
    return Line(str(row.get_kind_display()), words, f"{row.owner.name}, {day(row.due)}")


def papers(case: Case, user) -> list[Line]:
    """Papers and letters by name, and every copy that went out. The paper itself is asked for."""
    rows = Document.objects.visible_to(user).filter(case=case).select_related("added_by")
    letters = Letter.objects.visible_to(user).filter(case=case).select_related("begun_by")
    out = Release.objects.visible_to(user).filter(file__document__case=case)
    found = [
        Line(one.name, str(one.get_kind_display()), by(one.added_by, one.added_at), "document", one.pk)
        for one in rows
    ]
    found += [Line(_("Letter"), one.subject, by(one.begun_by, one.begun_at)) for one in letters]
    return found + [_released(one) for one in out.select_related("released_by", "file__document")]


def _released(row: Release) -> Line:
    words = several(row.file.document.name, row.to, row.why, str(row.get_ground_display()))
    return Line(_("A copy went out"), words, by(row.released_by, row.released_at))
