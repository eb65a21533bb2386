"""What was agreed and done: the plan, the meetings, what was promised, and the papers."""

from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.contacts.models import Contact
from r2com.documents.models import Document, Letter
from r2com.plans.models import Answer, Plan, Step
from r2com.tasks.models import Task

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
    rows = Task.objects.visible_to(user).filter(case=case).select_related("owner", "made_by", "done")
    return [
        Line(
            one.get_kind_display(),
            several(one.words, one.done.words if one.is_done else ""),
            f"{one.owner.name}, {day(one.due)}",
        )
        for one in rows
    ]


def papers(case: Case, user) -> list[Line]:
    rows = Document.objects.visible_to(user).filter(case=case).select_related("added_by")
    letters = Letter.objects.visible_to(user).filter(case=case).select_related("begun_by")
    found = [
        Line(one.name, one.get_kind_display(), by(one.added_by, one.added_at), "document", one.pk)
        for one in rows
    ]
    return found + [Line(_("Letter"), one.subject, by(one.begun_by, one.begun_at)) for one in letters]
