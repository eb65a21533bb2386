"""The whole record of one person in plain words, entry by entry; sensitive items too, for it is theirs.

`coverage.py` says of every kind of personal data which part shows it, or why none does. Another app
that keeps entries adds a function here and a line to `parts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.cases.frame import current_members
from r2com.cases.models import Case
from r2com.conditions.models import Condition
from r2com.contacts.models import Contact
from r2com.contests.around import PROFILE
from r2com.contests.models import Contest
from r2com.corner.models import Supporter
from r2com.documents.models import Document, Letter
from r2com.people.models import Choice, NoticeGiven
from r2com.plans.models import Answer, Plan, Step
from r2com.safety_plans.models import SafetyPlan
from r2com.safety_plans.wording import PARTS as SAFETY
from r2com.tasks.models import Task
from r2com.vault import keyring
from r2com.vault.models import Owner

from . import seen, talks


@dataclass(frozen=True)
class Line:
    """One entry: what it is, what stands there, and who wrote it down when.

    Where `kind` is empty, nothing can be said about it by itself.
    """

    title: str
    words: str
    who: str = ""
    kind: str = ""
    pk: UUID | None = None
    part: str = ""


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    lines: list[Line]


def parts(case: Case, user) -> list[Part]:
    """Everything, in the order of the work, as far as `user` sees it. A fixed number of queries."""
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    return [
        Part("people", _("Who works with me"), people(case)),
        Part("profile", _("What is written about me"), profile(case)),
        Part("told", _("What I was told, and what I chose"), told(case, user)),
        Part("talks", _("What we talked about"), [Line(*row) for row in talks.lines(case, user)]),
        Part("plan", _("My plan"), plan(case, user)),
        Part("contacts", _("When we met"), contacts(case, user)),
        Part("safety", _("When it gets hard"), safety(case, user)),
        Part("corner", _("People in my corner"), corner(case, user)),
        Part("conditions", _("What is asked of me"), conditions(case, user)),
        Part("promises", _("What was promised"), promises(case, user)),
        Part("papers", _("Papers and letters"), papers(case, user)),
        Part("contests", _("What I contested"), contests(case, user)),
        Part("seen", _("Who opened my record"), [Line(*row) for row in seen.lines(case)]),
        Part("complain", _("How to complain"), complain(case)),
    ]


def people(case: Case) -> list[Line]:
    return [
        Line(member.get_part_display(), member.user.name, _since(member.since))
        for member in current_members(case)
    ]


def profile(case: Case) -> list[Line]:
    person = case.person
    fields = [(name, label) for name, label in PROFILE.items() if getattr(person, name)]
    return [Line(str(label), getattr(person, name), "", "profile", person.pk, name) for name, label in fields]


def told(case: Case, user) -> list[Line]:
    given = (
        NoticeGiven.objects.visible_to(user).filter(person=case.person).select_related("notice", "given_by")
    )
    chosen = Choice.objects.visible_to(user).filter(person=case.person)
    rows = chosen.select_related("recipient", "recorded_by", "withdrawal")
    notices = [Line(_("The notice"), one.get_how_display(), _by(one.given_by, one.given_at)) for one in given]
    return notices + [_choice(one) for one in rows]


def _choice(row: Choice) -> Line:
    said = _("no") if not row.agreed else _("taken back") if row.is_withdrawn else _("yes")
    until = f", {_('until %(day)s') % {'day': _day(row.until)}}" if row.until else ""
    words = f"{row.recipient}: {said}{until}"
    return Line(row.get_purpose_display(), words, _by(row.recorded_by, row.made_at), "choice", row.pk)


def plan(case: Case, user) -> list[Line]:
    found = Plan.objects.visible_to(user).filter(case=case).whole().first()
    if found is None:
        return []
    who = _by(found.made_by, found.made_at)
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
        Line(_("My answer"), _answered(one), _by(one.recorded_by, one.at)) for one in found.answers.all()
    ]


def _answered(one: Answer) -> str:
    return _several(str(one.get_says_display()), one.words)


def _goal(goal) -> str:
    steps = [_step(step) for step in goal.steps.all()]
    return "\n".join([goal.words, *steps])


def _step(step: Step) -> str:
    done = ": " + _("done on %(day)s") % {"day": _day(step.done.done_at)} if step.is_done else ""
    return f"– {step.words}{f' ({step.people})' if step.people else ''}{done}"


def contacts(case: Case, user) -> list[Line]:
    """Every note that this reader sees, and each statement in it."""
    rows = Contact.objects.visible_to(user).filter(case=case).select_related("standing", "written_by")
    lines = []
    for row in rows.prefetch_related("standing__statements").order_by("-standing__happened_at"):
        note, who = row.standing, _by(row.written_by, row.written_at)
        title = f"{note.get_kind_display()}, {_day(note.happened_at)}"
        lines.append(Line(title, note.words or note.because, who, "contact", row.pk))
        lines += [
            Line(one.get_type_display(), one.words, who, "statement", one.pk) for one in note.statements.all()
        ]
    return lines


def safety(case: Case, user) -> list[Line]:
    found = SafetyPlan.objects.visible_to(user).filter(case=case).select_related("made_by").first()
    if found is None:
        return []
    who = _by(found.made_by, found.made_at)
    said = [(part, found.words[part.name]) for part in SAFETY]
    return [Line(str(p.title), words, who, "safety_plan", found.pk, p.name) for p, words in said if words]


def corner(case: Case, user) -> list[Line]:
    """Whom the person named. The numbers of others stay out: they belong to them."""
    rows = Supporter.objects.visible_to(user).filter(case=case).select_related("named_by")
    return [
        Line(
            one.name, _several(one.relation, one.helps), _by(one.named_by, one.named_at), "supporter", one.pk
        )
        for one in rows
    ]


def conditions(case: Case, user) -> list[Line]:
    rows = Condition.objects.visible_to(user).filter(case=case).select_related("written_by")
    return [
        Line(
            one.asked_by or _("Condition"),
            _several(one.words, one.hard),
            _by(one.written_by, one.written_at),
            "condition",
            one.pk,
        )
        for one in rows
    ]


def promises(case: Case, user) -> list[Line]:
    rows = Task.objects.visible_to(user).filter(case=case).select_related("owner", "made_by", "done")
    return [
        Line(
            one.get_kind_display(),
            _several(one.words, one.done.words if one.is_done else ""),
            f"{one.owner.name}, {_day(one.due)}",
        )
        for one in rows
    ]


def papers(case: Case, user) -> list[Line]:
    rows = Document.objects.visible_to(user).filter(case=case).select_related("added_by")
    letters = Letter.objects.visible_to(user).filter(case=case).select_related("begun_by")
    found = [
        Line(one.name, one.get_kind_display(), _by(one.added_by, one.added_at), "document", one.pk)
        for one in rows
    ]
    return found + [Line(_("Letter"), one.subject, _by(one.begun_by, one.begun_at)) for one in letters]


def contests(case: Case, user) -> list[Line]:
    rows = Contest.objects.visible_to(user).about(case).answered_too()
    return [Line(one.title, one.words, _answer(one)) for one in rows]


def _answer(one: Contest) -> str:
    if one.is_decided:
        return f"{one.decision.get_outcome_display()}. {one.decision.reasons}"
    return _("An answer is due by %(day)s.") % {"day": _day(one.due)} if one.due else one.get_asks_display()


def complain(case: Case) -> list[Line]:
    house = case.organisation
    ways = _(
        "Write to us. You may also turn to the data-protection authority of your country, or to a court."
    )
    return [
        Line(_("Data protection here"), house.data_protection_contact or house.neutral_name),
        Line(_("If something is wrong"), ways),
    ]


def _several(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _by(user, at: datetime) -> str:
    return f"{user.name}, {_day(at)}"


def _since(at: datetime) -> str:
    return _("since %(day)s") % {"day": _day(at)}


def _day(day: date | datetime) -> str:
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return date_format(local, pgettext("a day in full, as in 17 November 2026", "j F Y"))


def chosen(all_parts: list[Part], names: Iterable[str]) -> list[Part]:
    """Those parts that were chosen, in their order."""
    wanted = set(names)
    return [part for part in all_parts if part.name in wanted]
