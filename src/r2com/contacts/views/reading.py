"""Reading what was written: the list of contacts, one note, and its earlier versions."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from r2com.access.roles import May
from r2com.cases import frame
from r2com.vault import keyring
from r2com.vault.models import Owner

from ..forms import NarrowForm
from ..models import Contact, ContactQuerySet, Version

ON_A_PAGE = 25
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


@require_GET
def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    """What was written about somebody, the newest first; the filters stand in the address."""
    case = frame.find(request, reference)
    form = NarrowForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = Contact.objects.visible_to(request.user).filter(case=case).newest_first().with_statements()
    rows = _continued(_narrowed(rows, asked, request.user), request.GET.get("before", ""))
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "contacts": shown,
        "form": form,
        "narrowed": bool(kept),
        "is_continued": "before" in request.GET,
        "first": _address(kept),
        "further": _address({**kept, "before": _place(shown[-1])}) if len(found) > ON_A_PAGE else "",
        "may_write": frame.may(request, case.pk, May.ADD_EVIDENCE),
    }
    return frame.record(request, case, "contacts/contacts.html", context, tab="contacts")


@require_GET
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=pk)
    earlier = Version.objects.visible_to(request.user).filter(contact=found, number__lt=found.standing.number)
    context = {
        "contact": found,
        "version": found.standing,
        "earlier": earlier.order_by("-number") if found.is_amended else [],
        "may_write": frame.may(request, found.case_id, May.ADD_EVIDENCE),
    }
    context["may_amend"] = context["may_write"] and found.written_by_id == request.user.pk
    return frame.record(request, found.case, "contacts/contact.html", context, tab="contacts")


@require_GET
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """An earlier version, as it stood."""
    found = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=pk)
    versions = Version.objects.visible_to(request.user).filter(contact=found).whole()
    context = {"contact": found, "version": get_object_or_404(versions, number=min(number, 32767))}
    return frame.record(request, found.case, "contacts/version.html", context, tab="contacts")


def _narrowed(rows: ContactQuerySet, asked: dict, user) -> ContactQuerySet:
    """Those of the contacts that were asked for."""
    if asked.get("kind"):
        rows = rows.filter(standing__kind=asked["kind"])
    if asked.get("came") == "yes":
        rows = rows.took_place()
    if asked.get("came") == "no":
        rows = rows.did_not_take_place()
    if asked.get("whose") == "mine":
        rows = rows.filter(written_by=user)
    if since := asked.get("since"):
        rows = rows.filter(standing__happened_at__gte=_midnight(since))
    if until := asked.get("until"):
        rows = rows.filter(standing__happened_at__lt=_midnight(until) + timedelta(days=1))
    return rows


def _midnight(day: date) -> datetime:
    """The moment a day begins here; the edges of the calendar are far enough."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), time.min))


def _place(last: Contact) -> str:
    """Where a page ends, so that the next one goes on from there, whatever was written meanwhile."""
    return f"{last.standing.happened_at.isoformat()}~{last.pk}"


def _continued(rows: ContactQuerySet, place: str) -> ContactQuerySet:
    """From that place on; from the beginning when there is no such place."""
    moment, _tilde, pk = place.partition("~")
    try:
        return rows.before(_aware(moment), UUID(pk))
    except ValueError:
        return rows


def _aware(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or timezone.is_naive(moment) or not FIRST_DAY < moment.date() < LAST_DAY:
        raise ValueError(text)
    return moment


def _address(asked: dict) -> str:
    return f"?{urlencode(asked)}"
