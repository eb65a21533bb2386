"""The file a person asks for: its page in the record, and what is due in the agency."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access import wall
from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused
from r2com.my_record import actions as my_record
from r2com.my_record.models import HeldBack
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import actions, file, receipts
from ..forms import AskForm, GiveForm, LongerForm
from ..models import FileRequest

AT_ONCE = 50


@only(May.SIGN_OFF, May.READ_REGISTERS)
@require_safe
def file_requests(request):
    """Who asked for their file and has not got it, by reference, in the order of the days."""
    return page(request, "rights/file_requests.html", {"waiting": _waiting(request.user)})


@wall.for_the_house("data protection sees what is due by reference, without a grant")
def _waiting(user) -> list[FileRequest]:
    rows = FileRequest.objects.visible_to(user).filter(given__isnull=True).whole()[:AT_ONCE]
    return sorted(rows, key=lambda one: one.due_on)


@require_http_methods(["GET", "POST"])
def person_file(request, reference):
    """Enter that the person asked; what is left out, and who has to look at that; give the file."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    form = AskForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if form.is_valid():
        try:
            actions.ask(case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("person_file", reference)
    asked = list(FileRequest.objects.visible_to(request.user).filter(case=case).whole())
    held = HeldBack.objects.visible_to(request.user).filter(case=case).standing().with_people()
    context = {
        "form": form,
        "waiting": [one for one in asked if not one.is_given],
        "given": [one for one in asked if one.is_given],
        "held": held.select_related("held_by", "second_look__by"),
        "longer": LongerForm(),
        "give": GiveForm(),
    }
    return frame.record(request, case, "rights/person_file.html", context, tab="my_record")


@require_POST
def look_again(request, pk):
    held = get_object_or_404(HeldBack.objects.visible_to(request.user).standing(), pk=pk)
    _told(request, lambda: actions.look_again(held, by=request.user, at=timezone.now()))
    return redirect("person_file", held.case.reference)


@require_POST
def take_longer(request, pk):
    asked = _find(request, pk)
    form = LongerForm(request.POST)
    if _is_filled(request, form):
        _told(
            request,
            lambda: actions.take_longer(asked, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
    return redirect("person_file", asked.case.reference)


@require_POST
def give_file(request, pk):
    """The file, once the trail knows that it leaves the house."""
    asked, form, at = _find(request, pk), GiveForm(request.POST), timezone.now()
    given = _is_filled(request, form) and _told(
        request, lambda: actions.give(asked, **form.cleaned_data, by=request.user, at=at)
    )
    if not given:
        return redirect("person_file", asked.case.reference)
    headers = {"Content-Disposition": 'attachment; filename="file.zip"', "Cache-Control": "no-store"}
    content = file.packed(asked, by=request.user, at=at)
    return HttpResponse(content, content_type="application/zip", headers=headers)


@require_safe
def consent_receipts(request, reference):
    """What the person said about sharing, as a file for machines, once the trail knows that it leaves."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    at = timezone.now()
    my_record.take_away(case, form="receipts", by=request.user, at=at)
    found = receipts.receipts(case, by=request.user, at=at)
    headers = {"Content-Disposition": 'attachment; filename="receipts.json"', "Cache-Control": "no-store"}
    return JsonResponse(found, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _find(request, pk) -> FileRequest:
    """A request of a record that this reader sees and may hand over."""
    asked = get_object_or_404(FileRequest.objects.visible_to(request.user).whole(), pk=pk)
    frame.must_allow(request, asked.case_id, who_helps(asked.case))
    return asked


def _is_filled(request, form) -> bool:
    if not form.is_valid():
        messages.warning(request, _("Choose one of the answers."))
    return form.is_valid()


def _told(request, act) -> bool:
    """Do it, or say why not."""
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
