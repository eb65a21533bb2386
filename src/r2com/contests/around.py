"""The entries of the person's own page that can be contested: the profile, and what they chose."""

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.people import actions
from r2com.people.models import Choice, Person

from . import kinds

PROFILE = {
    "name": gettext_lazy("Name"),
    "called": gettext_lazy("Likes to be called"),
    "other_names": gettext_lazy("Other names"),
    "born": gettext_lazy("Born on"),
    "phone": gettext_lazy("Telephone"),
    "safe_contact": gettext_lazy("How to reach me safely"),
    "interpreter": gettext_lazy("Interpreter"),
    "access_needs": gettext_lazy("What helps me follow"),
    "matters": gettext_lazy("What matters to me"),
    "works": gettext_lazy("Working well with me"),
}


def said(person: Person, part: str) -> str:
    """What stands in a field of the profile, as it is read."""
    if part == "born" and person.birthday:
        return date_format(person.birthday, pgettext("a day in full, as in 17 November 2026", "j F Y"))
    return getattr(person, part)


def register() -> None:
    profile_kind = kinds.Kind("profile", Person, profile, correct_profile, frozenset({"born"}))
    kinds.register(profile_kind)
    kinds.register(kinds.Kind("choice", Choice, choice))


def profile(user, pk: UUID, part: str) -> kinds.Entry | None:
    """A field of the profile. Whoever works with the person may have written it."""
    person = Person.objects.visible_to(user).filter(pk=pk).first()
    case = _case(user, pk)
    if person is None or case is None or part not in PROFILE:
        return None
    writing = ("lead", "deputy")
    authors = frozenset(case.members.filter(part__in=writing).values_list("user", flat=True))
    return kinds.Entry("profile", pk, case, str(PROFILE[part]), said(person, part), authors, part)


def correct_profile(entry: kinds.Entry, *, words: str, reasons: str, by: User, at: datetime) -> None:
    """Let other words stand in a field of the profile."""
    person = entry.case.person
    changed = {entry.part: words}
    actions.correct(person, base=person.version, by=by, at=at, case=entry.case, **changed)


def choice(user, pk: UUID, part: str) -> kinds.Entry | None:
    found = Choice.objects.visible_to(user).filter(pk=pk).select_related("recipient").first()
    case = found and _case(user, found.person_id)
    if case is None:
        return None
    said = _("yes") if found.agreed else _("no")
    title = _("Choice about sharing, %(purpose)s") % {"purpose": found.get_purpose_display()}
    return kinds.Entry("choice", pk, case, title, said, frozenset({found.recorded_by_id}))


def _case(user, person: UUID) -> Case | None:
    """The newest of the person's cases that the user sees."""
    cases = Case.objects.visible_to(user).with_people().filter(person=person)
    return cases.order_by("-opened_at").first()
