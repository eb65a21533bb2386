"""Who somebody is and what matters to them. When two people write at once, both versions are shown."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.forms.profile import ProfileForm, TwoVersionsForm
from r2com.cases.models import Case
from r2com.core.refusals import Changed
from r2com.drafts.forms import remembered
from r2com.people import actions
from r2com.people.actions import PROFILE
from r2com.people.models import Person


@require_http_methods(["GET", "POST"])
def profile(request, reference):
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    memory = remembered(request, f"profile:{case.pk}", case=case)
    start = {**{name: getattr(case.person, name) for name in PROFILE}, "base": case.person.version}
    form_class = TwoVersionsForm if "seen" in request.POST else ProfileForm
    form = form_class(request.POST or None, person=case.person, initial=memory.initial(ProfileForm, start))
    if form.is_valid():
        try:
            _keep(case, form, by=request.user)
        except Changed as change:
            form = _both_versions(request, case, change)
        else:
            memory.forget()
            messages.success(request, _("Kept."))
            return redirect(case)
    return frame.record(request, case, "cases/profile.html", {"form": form, "memory": memory}, tab="person")


def _keep(case: Case, form: ProfileForm, *, by) -> None:
    """Keep what was changed, and only that."""
    changed = {name: words for name, words in form.profile().items() if words != getattr(case.person, name)}
    actions.correct(case.person, base=form.stands_on(), **changed, by=by, at=timezone.now(), case=case)


def _both_versions(request, case: Case, change: Changed) -> TwoVersionsForm:
    """The form once more with every field that differs from the version that stands now."""
    person = Person.objects.visible_to(request.user).get(pk=case.person_id)
    typed = request.POST.copy()
    typed["seen"] = person.version
    form = TwoVersionsForm(typed, person=person)
    form.add_error(None, str(change))
    return form
