"""Who is let near a record: restricting it to named people, and keeping a colleague out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access import grants
from r2com.cases import frame
from r2com.cases.deciding import decides
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.models import Membership

from .. import actions
from ..forms import ExcludeForm, RestrictForm
from ..models import Exclusion, Restriction


@require_http_methods(["GET", "POST"])
def let_near(request, reference):
    case = frame.find(request, reference)
    if not decides(request.user, case, timezone.now()):
        raise Http404
    memory = remembered(request, f"near:{case.pk}", case=case)
    restrict, exclude = _forms(request, case, memory)
    if request.method == "POST" and _done(request, case, restrict, exclude):
        memory.forget()
        still_there = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
        return redirect("let_near", case.reference) if still_there else redirect("people")
    standing = Restriction.objects.visible_to(request.user).standing().filter(case=case)
    out = Exclusion.objects.visible_to(request.user).standing().filter(case=case)
    context = {
        "restrict": restrict,
        "exclude": exclude,
        "memory": memory,
        "restriction": standing.select_related("set_by").prefetch_related("named__user").first(),
        "kept_out": out.select_related("user", "excluded_by"),
    }
    return frame.record(request, case, "guards/let_near.html", context, tab="team")


def _forms(request, case: Case, memory) -> tuple[RestrictForm, ExcludeForm]:
    """Both forms of the page. What was sent belongs to the one whose button was used."""
    go = request.POST.get("go")
    today = timezone.localdate()
    places = Membership.objects.on(today).filter(organisation=case.organisation_id).select_related("user")
    people = [place.user for place in places.order_by("user__name")]
    works_here = grants.who_works_with(case.pk)
    near = [user for user in people if user.pk in works_here]
    others = [user for user in people if user.pk != request.user.pk]
    return (
        RestrictForm(request.POST if go == "restrict" else None, people=near),
        ExcludeForm(
            request.POST if go == "exclude" else None, people=others, initial=memory.initial(ExcludeForm)
        ),
    )


def _done(request, case: Case, restrict: RestrictForm, exclude: ExcludeForm) -> bool:
    go = request.POST.get("go", "")
    if go == "restrict":
        return restrict.is_valid() and _tried(restrict, lambda: _restrict(request, case, restrict))
    if go == "exclude":
        return exclude.is_valid() and _tried(exclude, lambda: _exclude(request, case, exclude))
    return _undone(request, case, go)


def _tried(form, do) -> bool:
    try:
        do()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _restrict(request, case: Case, form: RestrictForm) -> None:
    given = {"reason": form.cleaned_data["restricted_because"], "named": form.cleaned_data["named"]}
    actions.restrict(case, **given, by=request.user, at=timezone.now())
    messages.info(request, _("From now on only those you named see this record."))


def _exclude(request, case: Case, form: ExcludeForm) -> None:
    actions.exclude(case, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.info(request, _("From now on they see nothing of this person."))


def _undone(request, case: Case, go: str) -> bool:
    """End the restriction that stands, or let somebody back in."""
    now, user = timezone.now(), request.user
    restriction = Restriction.objects.visible_to(user).standing().filter(case=case).first()
    out = Exclusion.objects.visible_to(user).standing().filter(case=case)
    exclusion = next((one for one in out if str(one.pk) == go), None)
    if go == "open_up" and restriction:
        actions.end_restriction(restriction, by=user, at=now)
        messages.info(request, _("Everybody who works with the person sees this record again."))
    elif exclusion:
        actions.let_back_in(exclusion, by=user, at=now)
        messages.info(request, _("They are not kept out any more."))
    else:
        raise Http404
    return True
