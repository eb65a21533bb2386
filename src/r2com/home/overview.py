"""The person's page: what to know before you meet, and everything that happened, in one line of time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from r2com.access.questions import Question, hand_out
from r2com.assessments.models import Assessment, HandingIn
from r2com.cases.forms.rows import worded
from r2com.contests.shown import shown
from r2com.people.models import Choice, NoticeGiven
from r2com.plans.models import Answer, Goal, Plan
from r2com.tasks.models import Task
from r2com.vault import keyring
from r2com.vault.models import Owner

ASSESSMENTS = Question(
    lambda asker, case: Assessment.objects.visible_to(asker).filter(case=case).with_course()
)
HANDED_IN = Question(
    lambda asker, case: HandingIn.objects.visible_to(asker).filter(assessment__case=case).with_course()
)
PLANS = Question(lambda asker, case: Plan.objects.visible_to(asker).filter(case=case).with_course())
GOALS = Question(
    lambda asker, case: (
        Goal.objects.visible_to(asker).filter(plan__case=case).only("plan", "position", "words", "removed_at")
    )
)
ANSWERS = Question(
    lambda asker, case: Answer.objects.visible_to(asker).filter(plan__case=case).only("plan", "at", "says")
)
TASKS = Question(lambda asker, case: Task.objects.visible_to(asker).filter(case=case).with_course())
GIVEN = Question(
    lambda asker, person: NoticeGiven.objects.visible_to(asker).filter(person=person).with_giver()
)
CHOICES = Question(lambda asker, person: Choice.objects.visible_to(asker).filter(person=person).with_course())


@dataclass(frozen=True)
class Moment:
    """One thing that happened."""

    at: datetime
    title: str
    who: str
    url: str = ""


def of(case, user, day: date) -> dict:
    """Everything the page shows, in a fixed number of queries."""
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    assessments, plans, tasks = (ask(user, case=case.pk) for ask in (ASSESSMENTS, PLANS, TASKS))
    if assessments:
        hand_out(HANDED_IN(user, case=case.pk), assessments, "handed_in", "assessment")
    if plans:
        hand_out(GOALS(user, case=case.pk), plans, "goals", "plan")
        hand_out(ANSWERS(user, case=case.pk), plans, "answers", "plan")
    given, choices = (ask(user, person=case.person_id) for ask in (GIVEN, CHOICES))
    contests = shown(case, user)
    return {
        "contests": contests,
        "assessment": assessments[0] if assessments else None,
        "plan": plans[0] if plans else None,
        "open_tasks": [task for task in tasks if not task.is_done],
        "choices": [(worded(choice.recipient), choice, choice.is_live(day)) for choice in choices],
        "was_told": bool(given),
        "timeline": timeline(case, assessments, plans, tasks, given, choices, contests.contests),
    }


def timeline(case, assessments, plans, tasks, given, choices, contests) -> list[Moment]:
    """One line of time over everything, the newest first."""
    moments = [Moment(case.opened_at, _("Case opened"), "")]
    moments += [
        Moment(row.given_at, _("Told what we do and what we keep"), row.given_by.name) for row in given
    ]
    for choice in choices:
        said = _("Said yes to sharing: %(whom)s") if choice.agreed else _("Said no to sharing: %(whom)s")
        whom = {"whom": worded(choice.recipient)}
        moments.append(Moment(choice.made_at, said % whom, choice.recorded_by.name))
        if choice.is_withdrawn:
            withdrawal = choice.withdrawal
            moments.append(
                Moment(
                    withdrawal.withdrawn_at,
                    _("Took a yes back: %(whom)s") % whom,
                    withdrawal.recorded_by.name,
                )
            )
    for row in assessments:
        moments.append(
            Moment(row.begun_at, row.get_kind_display(), row.begun_by.name, row.get_absolute_url())
        )
        moments += [step for handed_in in row.handed_in.all() for step in _handed_in(row, handed_in)]
    for plan in plans:
        moments.append(
            Moment(
                plan.made_at,
                _("Plan, draft %(number)s") % {"number": plan.number},
                plan.made_by.name,
                plan.get_absolute_url(),
            )
        )
        moments += [
            Moment(
                a.at,
                _("Answered the plan: %(says)s") % {"says": a.get_says_display()},
                "",
                plan.get_absolute_url(),
            )
            for a in plan.answers.all()
        ]
    moments += [
        Moment(t.done.done_at, _("Done: %(task)s") % {"task": t.words}, t.done.done_by.name)
        for t in tasks
        if t.is_done
    ]
    moments += [
        Moment(one.made_at, _("Contested: %(entry)s") % {"entry": one.title}, "", one.get_absolute_url())
        for one in contests
        if not one.is_remark
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _handed_in(assessment, handed_in) -> list[Moment]:
    url = assessment.get_absolute_url()
    steps = [Moment(handed_in.at, _("Handed in to the supervisor"), handed_in.by.name, url)]
    if hasattr(handed_in, "answer"):
        answer = handed_in.answer
        steps.append(
            Moment(
                answer.at,
                _("Returned with comments") if answer.is_return else _("Signed off"),
                answer.by.name,
                url,
            )
        )
    return steps
