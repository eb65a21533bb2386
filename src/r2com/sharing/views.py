"""The lawful-basis register: why the agency may keep what it keeps."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.drafts.forms import remembered
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from . import actions, forms
from .models import Category, LawfulBasis


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def bases(request):
    today = timezone.localdate()
    rows = list(LawfulBasis.objects.visible_to(request.user))
    live = [row for row in rows if row.ends is None or row.ends > today]
    categories = [
        {"category": one, "label": one.label, "entries": [row for row in live if row.category == one]}
        for one in Category
    ]
    context = {
        "categories": categories,
        "ended": [row for row in rows if row not in live],
        "offences_closed": not any(row.category == Category.OFFENCE and row.starts <= today for row in live),
    }
    return agency(request, "sharing/bases.html", context, tab="bases")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def add_basis(request):
    memory = remembered(request, "agency:basis")
    start = memory.initial(forms.Basis, {"starts": timezone.localdate()})
    form = forms.Basis(request.POST or None, initial=start)
    if form.is_valid():
        organisation = request.membership.organisation
        actions.add_basis(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        memory.forget()
        messages.info(request, _("The entry is in the register."))
        return redirect("bases")
    return agency(request, "sharing/add_basis.html", {"form": form, "memory": memory}, tab="bases")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def end_basis(request, basis_id):
    today = timezone.localdate()
    entry = get_object_or_404(LawfulBasis.objects.visible_to(request.user).open(today), pk=basis_id)
    form = forms.End(request.POST or None, initial={"ends": today})
    if form.is_valid():
        actions.end_basis(entry, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.info(request, _("The entry ends on that day. Records that rest on it keep pointing to it."))
        return redirect("bases")
    return agency(request, "sharing/end_basis.html", {"entry": entry, "form": form}, tab="bases")
