"""The lists that the agency words for itself."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, forms
from ..frame import agency
from ..models import ListEntry, ListName
from ..permission import only


@only(May.SET_UP)
@require_safe
def lists(request):
    on_lists = (
        ListEntry.objects.visible_to(request.user).on(timezone.localdate()).values_list("list", flat=True)
    )
    counted = list(on_lists.order_by())
    shown = [{"name": name, "label": name.label, "entries": counted.count(name)} for name in ListName]
    return agency(request, "organisations/lists.html", {"lists": shown}, tab="agency_lists")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def one_list(request, name):
    """A list, with a line for another entry."""
    _must_be_a_list(name)
    organisation = request.membership.organisation
    form_class = forms.wording(organisation.language)
    memory = remembered(request, f"agency:list:{name}")
    form = form_class(request.POST or None, initial=memory.initial(form_class))
    if form.is_valid():
        actions.add_entry(organisation, name=name, words=_filled(form), by=request.user, at=timezone.now())
        memory.forget()
        return redirect("agency_list", name)
    context = {**_entries(request, name), "form": form, "memory": memory}
    return agency(request, "organisations/list.html", context, tab="agency_lists")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def entry(request, name, entry_id):
    """Say an entry in other words. If somebody else did so meanwhile, both wordings are shown."""
    form_class = forms.wording(request.membership.organisation.language)
    kept = _entry(request, name, entry_id)
    if request.method == "GET" and kept.ends is not None:
        return redirect("agency_list", name)
    memory = remembered(request, f"agency:entry:{entry_id}")
    form = form_class(request.POST or None, initial=memory.initial(form_class, kept.words))
    if form.is_valid():
        try:
            actions.reword(kept, words=_filled(form), by=request.user, at=timezone.now())
        except Changed as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            messages.info(
                request, _("Said in other words from today on. What was written before keeps the old ones.")
            )
            return redirect("agency_list", name)
    context = {"entry": kept, "label": ListName(name).label, "name": name, "form": form, "memory": memory}
    context["newer"] = _newer(kept) if form.errors else None
    return agency(request, "organisations/entry.html", context, tab="agency_lists")


@only(May.SET_UP)
@require_POST
def retire(request, name, entry_id):
    try:
        actions.retire(_entry(request, name, entry_id), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("agency_list", name)


@only(May.SET_UP)
@require_POST
def shift(request, name, entry_id):
    steps = {"up": -1, "down": 1}.get(request.POST.get("where", ""), 0)
    try:
        actions.shift(_entry(request, name, entry_id), steps=steps, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("agency_list", name)


def _must_be_a_list(name):
    if name not in ListName.values:
        raise Http404


def _entry(request, name, entry_id) -> ListEntry:
    _must_be_a_list(name)
    return get_object_or_404(ListEntry.objects.visible_to(request.user).filter(list=name), pk=entry_id)


def _newer(entry) -> dict | None:
    """What stands in an ended entry's position today."""
    today = ListEntry.objects.on(timezone.localdate())
    now = today.filter(organisation=entry.organisation_id, list=entry.list, position=entry.position)
    found = None if entry.ends is None else now.first()
    return found and _wordings(found, entry.organisation.language)


def _filled(form) -> dict[str, str]:
    return {language: words for language, words in form.cleaned_data.items() if words}


def _entries(request, name) -> dict:
    """A list's wordings of today, and the older ones with their days."""
    today, own = timezone.localdate(), request.membership.organisation.language
    rows = list(ListEntry.objects.visible_to(request.user).filter(list=name))
    return {
        "name": name,
        "label": ListName(name).label,
        "is_recipients": name == ListName.RECIPIENT,
        "entries": [_wordings(row, own) for row in rows if row.ends is None],
        "older": [_wordings(row, own) for row in rows if row.ends is not None and row.ends <= today],
    }


def _wordings(entry, own: str) -> dict:
    """An entry with its words in each language, the agency's `own` first; a missing one stays empty."""
    languages = sorted(settings.LANGUAGES, key=lambda language: language[0] != own)
    wordings = [
        {"language": code, "name": name, "words": entry.words.get(code, "")} for code, name in languages
    ]
    return {"entry": entry, "wordings": wordings}
