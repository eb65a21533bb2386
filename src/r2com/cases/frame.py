"""The frame around every page of a record: whose it is, and the record's other pages."""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access import reading
from r2com.access.categories import Category, Purpose
from r2com.access.declared import Who
from r2com.access.models import Grant
from r2com.access.questions import Question
from r2com.access.roles import May
from r2com.audit import trail
from r2com.ui.addresses import each
from r2com.ui.pages import page
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import Case, CaseMember

# The record's pages by address name, in the order of the work. Each takes the case's reference.
TABS = [
    ("person", _("Overview")),
    ("explain", _("Told and agreed")),
    ("case_tasks", _("To do")),
    ("contacts", _("Contacts")),
    ("ask_colleague", _("Ask a colleague")),
    ("pulse", _("Pulse")),
    ("before_the_gate", _("Before the gate")),
    ("first_72_hours", _("72 hours")),
    ("assessments", _("Talk and rate")),
    ("map", _("Needs and strengths")),
    ("observations", _("Observations")),
    ("make_sense", _("Make sense")),
    ("questionnaires", _("Questionnaires")),
    ("plans", _("Plan")),
    ("golden_thread", _("Golden thread")),
    ("safety_plan", _("Safety plan")),
    ("case_programmes", _("Programmes")),
    ("corner", _("People in my corner")),
    ("conditions", _("Conditions")),
    ("documents", _("Papers")),
    ("reviews", _("Review and closing")),
    ("my_record", _("My record")),
    ("who_looked", _("Who looked")),
    ("team", _("Who works here")),
]

# The groups they stand in, by the page that begins each.
BEGINS = {
    "case_tasks": _("Day by day"),
    "assessments": _("Understanding"),
    "plans": _("The plan"),
    "corner": _("Around them"),
    "documents": _("The record"),
}

NEEDS = dict.fromkeys(
    ["make_sense", "golden_thread", "reviews", "my_record", "who_looked"], May.READ_SENSITIVE
)


FOUND = Question(
    lambda asker, reference: (
        Case.objects.visible_to(asker).with_people().filter(reference=reference).annotate(**_banner(asker))
    )
)
GRANTED = Question(lambda asker, case: Grant.objects.live(asker.now).held_by(asker).filter(case=case))


def _banner(asker) -> dict[str, Subquery]:
    """Who leads and who deputises today, fetched along with the case."""
    seen = CaseMember.objects.visible_to(asker).filter(case=OuterRef("pk"))
    here = seen.filter(Q(until__isnull=True) | Q(until__gt=asker.now))
    newest = here.order_by("-since").values("user__name")
    parts = {"lead_name": CaseMember.Part.LEAD, "deputy_name": CaseMember.Part.DEPUTY}
    return {name: Subquery(newest.filter(part=part)[:1]) for name, part in parts.items()}


WORK_HERE = Question(
    lambda asker, case: (
        CaseMember.objects.visible_to(asker)
        .filter(Q(until__isnull=True) | Q(until__gt=asker.now), case=case)
        .order_by("since")
        .values_list("part", "user__name")
    )
)


def find(request: HttpRequest, reference: str) -> Case:
    """The case that this person may see, or 404; so, too, for signs that PostgreSQL knows no text with."""
    found = [] if "\0" in reference else FOUND(request.user, reference=reference)
    if not found or not _is_declared_for(request, found[0].pk):
        raise Http404
    return found[0]


def _is_declared_for(request: HttpRequest, case_id: UUID) -> bool:
    """Whether this person's grants on the case include what the address asks for."""
    said = getattr(request, "declared", None)
    if said is None or said.who != Who.RECORD:
        return True
    return any(may(request, case_id, what) for what in said.asked(request.method))


def granted(request: HttpRequest, case_id: UUID) -> list[Grant]:
    """This person's live grants on the case. Looked up once a request."""
    known = request.__dict__.setdefault("grants_by_case", {})
    if case_id not in known:
        known[case_id] = GRANTED(request.user, case=case_id)
        reading.learn(case_id, known[case_id])
    return known[case_id]


def may(request: HttpRequest, case_id: UUID, what: May) -> bool:
    """Whether this person's grants on the case include this."""
    return any(grant.allows(what) for grant in granted(request, case_id))


def opens(request: HttpRequest, case_id: UUID, kind: Category) -> bool:
    """Whether this person's grants on the case open this kind of content."""
    return any(grant.opens(kind) for grant in granted(request, case_id))


def emergency_until(request: HttpRequest, case_id: UUID) -> datetime | None:
    """Until when this person reads the record because of an emergency, and for no other reason."""
    ends = [grant.until for grant in granted(request, case_id) if grant.purpose == Purpose.EMERGENCY]
    return max(ends) if len(ends) == len(granted(request, case_id)) and ends else None


def must_allow(request: HttpRequest, case_id: UUID, what: May) -> None:
    """404 for somebody whose grant on this case does not include this."""
    if not may(request, case_id, what):
        raise Http404


def record(
    request: HttpRequest, case: Case, template: str, context: dict, *, tab: str, status: int = 200
) -> HttpResponse:
    """Show a page of somebody's record. The trail knows before the page is made."""
    trail.opened(tab, subject=case, by=request.user, **_exactly(request))
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    whose = {**cloth(case, request.user), "open_until": emergency_until(request, case.pk)}
    framed = {"case": case, "cloth": whose, "tabs": tabs(request, case, tab), **context}
    return page(request, template, framed, status)


def _exactly(request: HttpRequest) -> dict[str, str]:
    """Which page of a tab it is, and which item is talked about on it."""
    place = request.resolver_match
    item = {"item": place.kwargs["item_id"]} if "item_id" in place.kwargs else {}
    return {"address": place.url_name, **item}


def cloth(case: Case, user) -> dict:
    """The banner: whose record this is, and who works with them."""
    lead, deputy = _who_works(case, user)
    return {
        "name": case.person.name,
        "called": case.person.short_name,
        "worker": lead,
        "deputy": deputy,
        "phase": case.phase_on(timezone.localdate()).label,
        "reference": case.reference,
        "set_aside_at": case.set_aside_at,
        "closed_at": case.closure.closed_at if case.closure else None,
    }


def _who_works(case: Case, user) -> tuple[str, str]:
    """The names of case worker and deputy; asked for where the case was not found by its reference."""
    if hasattr(case, "lead_name"):
        return case.lead_name or "", case.deputy_name or ""
    parts = dict(WORK_HERE(user, case=case.pk))
    return parts.get(CaseMember.Part.LEAD, ""), parts.get(CaseMember.Part.DEPUTY, "")


def current_members(case: Case) -> list[CaseMember]:
    """Who works in the case today; somebody who leaves on a later day still does."""
    now = timezone.now()
    members = case.members.select_related("user").order_by("since")
    return [member for member in members if member.until is None or member.until > now]


def tabs(request: HttpRequest, case: Case, current: str) -> list[tuple]:
    """Address, label, whether it is this page, and the group it stands in."""
    shown, group = [], ""
    for name, label in TABS:
        group = BEGINS.get(name, group)
        if name not in NEEDS or may(request, case.pk, NEEDS[name]):
            shown.append((each(name)(case.reference), label, name == current, group))
    return shown
