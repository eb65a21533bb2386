"""What is kept about the person themselves, and around them."""

from django.utils.translation import gettext as _

from r2com.cases.frame import current_members
from r2com.cases.models import Case
from r2com.conditions.models import Condition
from r2com.contests.around import PROFILE, said
from r2com.contests.models import Contest, Decision
from r2com.corner.models import Supporter
from r2com.guards.models import SetAside
from r2com.people.models import Choice, NoticeGiven
from r2com.safety_plans.models import SafetyPlan
from r2com.safety_plans.wording import PARTS as SAFETY

from ..line import Line, by, day, several, since


def people(case: Case, user) -> list[Line]:
    return [
        Line(member.get_part_display(), member.user.name, since(member.since))
        for member in current_members(case)
    ]


def profile(case: Case, user) -> list[Line]:
    person = case.person
    fields = [(name, label) for name, label in PROFILE.items() if getattr(person, name)]
    return [Line(str(label), said(person, name), "", "profile", person.pk, name) for name, label in fields]


def told(case: Case, user) -> list[Line]:
    given = (
        NoticeGiven.objects.visible_to(user).filter(person=case.person).select_related("notice", "given_by")
    )
    chosen = Choice.objects.visible_to(user).filter(person=case.person)
    rows = chosen.select_related("recipient", "recorded_by", "withdrawal")
    notices = [Line(_("The notice"), one.get_how_display(), by(one.given_by, one.given_at)) for one in given]
    return notices + [_choice(one) for one in rows]


def _choice(row: Choice) -> Line:
    chosen = _("no") if not row.agreed else _("taken back") if row.is_withdrawn else _("yes")
    until = f", {_('until %(day)s') % {'day': day(row.until)}}" if row.until else ""
    words = f"{row.recipient}: {chosen}{until}"
    return Line(row.get_purpose_display(), words, by(row.recorded_by, row.made_at), "choice", row.pk)


def safety(case: Case, user) -> list[Line]:
    found = SafetyPlan.objects.visible_to(user).filter(case=case).select_related("made_by").first()
    if found is None:
        return []
    who = by(found.made_by, found.made_at)
    said = [(part, found.words[part.name]) for part in SAFETY]
    return [Line(str(p.title), words, who, "safety_plan", found.pk, p.name) for p, words in said if words]


def corner(case: Case, user) -> list[Line]:
    """Whom the person named. The numbers of others stay out: they belong to them."""
    rows = Supporter.objects.visible_to(user).filter(case=case).select_related("named_by")
    return [
        Line(one.name, several(one.relation, one.helps), by(one.named_by, one.named_at), "supporter", one.pk)
        for one in rows
    ]


def conditions(case: Case, user) -> list[Line]:
    rows = Condition.objects.visible_to(user).filter(case=case).select_related("written_by")
    return [
        Line(
            one.asked_by or _("Condition"),
            several(one.words, one.hard),
            by(one.written_by, one.written_at),
            "condition",
            one.pk,
        )
        for one in rows
    ]


def contests(case: Case, user) -> list[Line]:
    rows = Contest.objects.visible_to(user).about(case).answered_too()
    aside = SetAside.objects.visible_to(user).filter(case=case).whole()
    said = [Line(one.title, one.words, _answer(one)) for one in rows]
    return said + [Line(_("Set aside"), _set_aside(one), by(one.set_by, one.set_at)) for one in aside]


def _corrected(decision: Decision) -> str:
    """What stood there before, what stands there since, who wrote it and when."""
    if not decision.has_correction:
        return ""
    said = {"before": decision.correction.before, "after": decision.correction.after}
    who = by(decision.decided_by, decision.decided_at)
    return _("Until then: “%(before)s”. Since: “%(after)s”.") % said + f" {who}"


def _set_aside(one: SetAside) -> str:
    """Why it was kept and not used, and since when it is used again."""
    again = _("Used again since %(day)s.") % {"day": day(one.ended_at)} if one.ended_at else ""
    return several(str(one.get_ground_display()), one.words, again)


def _answer(one: Contest) -> str:
    if one.is_decided:
        said = f"{one.decision.get_outcome_display()}. {one.decision.reasons}"
        return several(said, _corrected(one.decision))
    return _("An answer is due by %(day)s.") % {"day": day(one.due)} if one.due else one.get_asks_display()


def complain(case: Case, user) -> list[Line]:
    house = case.organisation
    ways = _(
        "Write to us. You may also turn to the data-protection authority of your country, or to a court."
    )
    missing = _(
        "Notes that only their writer and a supervisor may read, and what is about the safety of others."
        " Ask for a copy: somebody looks through it, and tells you what they leave out and why."
    )
    return [
        Line(_("Data protection here"), house.data_protection_contact or house.neutral_name),
        Line(_("If something is wrong"), ways),
        Line(_("What is not here"), missing),
    ]
