"""How long things are kept, and why."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.drafts.forms import remembered

from .. import actions, forms
from ..frame import agency
from ..models import RetentionRule
from ..permission import only


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def retention(request):
    rules = list(RetentionRule.objects.visible_to(request.user).order_by("-starts", "-pk"))
    kinds = [
        {
            "kind": kind,
            "label": kind.label,
            "rule": next((rule for rule in rules if rule.kind == kind and rule.ends is None), None),
            "older": [rule for rule in rules if rule.kind == kind and rule.ends is not None],
        }
        for kind in RetentionRule.Kind
    ]
    return agency(request, "organisations/retention.html", {"kinds": kinds}, tab="agency_retention")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def change_rule(request, kind):
    if kind not in RetentionRule.Kind.values:
        raise Http404
    memory = remembered(request, f"agency:retention:{kind}")
    form = forms.Rule(request.POST or None, initial=memory.initial(forms.Rule, _now_kept(request, kind)))
    if form.is_valid():
        organisation = request.membership.organisation
        actions.keep_for(organisation, kind=kind, **form.cleaned_data, by=request.user, at=timezone.now())
        memory.forget()
        return redirect("agency_retention")
    context = {"label": RetentionRule.Kind(kind).label, "form": form, "memory": memory}
    return agency(request, "organisations/retention_rule.html", context, tab="agency_retention")


def _now_kept(request, kind) -> dict:
    """The rule of today, to be changed from."""
    rules = RetentionRule.objects.visible_to(request.user).on(timezone.localdate())
    return rules.filter(kind=kind).values("months", "reason").first() or {}
