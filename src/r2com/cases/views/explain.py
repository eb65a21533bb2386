"""Meet and explain: what somebody was told, and what they chose about sharing, one by one."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.forms.explain import ChoiceForm, NoticeForm, WithdrawForm
from r2com.cases.forms.languages import language_name
from r2com.cases.forms.rows import worded
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.models import ListEntry, ListName
from r2com.people import actions
from r2com.people.models import Choice, Notice, NoticeGiven
from r2com.people.notice_text import as_html, notice_paragraphs

TAB = "explain"


@require_safe
def explain(request, reference):
    case = frame.find(request, reference)
    given = _given(request, case)
    notice = given[0].notice if given else _suited(case, _notices(case))
    context = {
        "notice": notice,
        "languages": _languages(case, notice),
        "given": [_told(one) for one in given],
        "choices": _choices(request, case) if given else [],
        "may_edit": frame.may(request, case.pk, May.RATE),
        "may_withdraw": _may_withdraw(request, case),
    }
    return frame.record(request, case, "cases/explain/explain.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def give_notice(request, reference):
    """The notice, large enough to read together, and how it was given."""
    case = _to_edit(request, reference)
    notices = _notices(case)
    shown = _suited(case, notices, asked=request.GET.get("language", ""))
    memory = remembered(request, f"notice:{case.pk}", case=case)
    form = NoticeForm(request.POST or None, notices=notices, initial=memory.initial(NoticeForm))
    if form.is_valid():
        actions.give_notice(case.person, **form.cleaned_data, by=request.user, at=timezone.now(), case=case)
        memory.forget()
        messages.success(request, _("Written down. Now ask what they choose about sharing, one by one."))
        return redirect("explain", case.reference)
    others = [{"code": one.language, "name": language_name(one.language)} for one in notices if one != shown]
    context = {"form": form, "memory": memory, "notice": shown, "others": others}
    context |= {"languages": _languages(case, shown), "words": _words(case, shown)}
    return frame.record(request, case, "cases/explain/give_notice.html", context, tab=TAB)


@require_safe
def print_notice(request, reference):
    """The notice and the choices on paper, with room to sign. The paper names no programme."""
    case = frame.find(request, reference)
    notice = _suited(case, _notices(case), asked=request.GET.get("language", ""))
    chosen = [one for one in _choices(request, case) if one["is_last_word"]]
    context = {"notice": notice, "words": _words(case, notice, carried=True), "choices": chosen}
    return frame.record(request, case, "cases/explain/print_notice.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def choice(request, reference):
    """Ask about one sharing. Only what the notice spoke of can be asked."""
    case = _to_edit(request, reference)
    given = next(iter(_given(request, case)), None)
    if given is None:
        return frame.record(request, case, "cases/explain/choice.html", {}, tab=TAB)
    memory = remembered(request, f"choice:{case.pk}", case=case)
    offered = {"notice": given.notice, "recipients": _recipients(case), "today": timezone.localdate()}
    form = ChoiceForm(request.POST or None, initial=memory.initial(ChoiceForm), **offered)
    if form.is_valid():
        try:
            actions.record_choice(given, **form.cleaned_data, by=request.user, at=timezone.now(), case=case)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            messages.success(request, _("Their choice is written down."))
            return redirect("explain", case.reference)
    context = {"form": form, "memory": memory, "given": _told(given)}
    return frame.record(request, case, "cases/explain/choice.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def withdraw(request, reference, choice_id):
    """Take a yes back: one press on the record, one here, where the effect is said."""
    case = frame.find(request, reference)
    if not _may_withdraw(request, case):
        raise Http404
    taken = get_object_or_404(
        Choice.objects.visible_to(request.user).select_related("recipient", "withdrawal"),
        pk=choice_id,
        person=case.person,
        agreed=True,
    )
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(taken, **form.cleaned_data, by=request.user, at=timezone.now(), case=case)
        messages.success(request, _("Taken back. Nothing more is shared from now on."))
        return redirect("explain", case.reference)
    context = {"form": form, "choice": taken, "recipient": worded(taken.recipient)}
    return frame.record(request, case, "cases/explain/withdraw.html", context, tab=TAB)


def _may_withdraw(request, case: Case) -> bool:
    """A yes can be taken back on any day, also after the support has ended."""
    return frame.may(request, case.pk, May.RATE) or frame.may(request, case.pk, May.FOLLOW_UP)


def _to_edit(request, reference) -> Case:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    return case


def _notices(case: Case) -> list[Notice]:
    """The wordings in force today, the newest of each language."""
    live = Notice.objects.on(timezone.localdate()).filter(organisation=case.organisation)
    newest = {}
    for one in live:
        newest.setdefault(one.language, one)
    return list(newest.values())


def _suited(case: Case, notices: list[Notice], asked: str = "") -> Notice | None:
    """The notice in the language asked for, else the person's, else the house's, else any."""
    by_language = {one.language: one for one in notices}
    wanted = (asked, case.person.language, case.organisation.language, *by_language)
    return next((by_language[code] for code in wanted if code in by_language), None)


def _words(case: Case, notice: Notice | None, carried: bool = False) -> str:
    """The notice as it is read, with the house's name and whom it speaks of."""
    return as_html(_filled(notice, case, carried)) if notice else ""


def _filled(notice: Notice, case: Case, carried: bool):
    return notice_paragraphs(notice, case.organisation, notice.language, carried=carried)


def _languages(case: Case, shown: Notice | None) -> dict:
    """The language they speak, the language shown, and whether those are the same."""
    speaks = case.person.language
    shows = shown.language if shown else ""
    return {
        "speaks": language_name(speaks),
        "shows": language_name(shows),
        "fits": speaks == shows,
        "code": shows,
    }


def _given(request, case: Case) -> list[NoticeGiven]:
    """What they were told, the latest first."""
    rows = NoticeGiven.objects.visible_to(request.user).filter(person=case.person)
    return list(rows.with_notice(timezone.localdate()))


def _recipients(case: Case) -> list[ListEntry]:
    today = ListEntry.objects.on(timezone.localdate())
    return list(today.filter(organisation=case.organisation, list=ListName.RECIPIENT))


def _told(given: NoticeGiven) -> dict:
    return {"row": given, "language": language_name(given.notice.language)}


def _choices(request, case: Case) -> list[dict]:
    """Every choice with what it is today, in the order in which they were made."""
    rows = list(
        Choice.objects.visible_to(request.user)
        .filter(person=case.person)
        .select_related("recipient", "recorded_by", "withdrawal__recorded_by")
    )
    alike = defaultdict(list)
    for row in rows:
        alike[row.recipient_id, row.purpose].append(row)
    return [_stands(row, alike[row.recipient_id, row.purpose]) for row in rows]


def _stands(row: Choice, alike: list[Choice]) -> dict:
    """One choice and what it is today; `alike` is all that was ever said about the same."""
    is_live = row.is_live(timezone.localdate())
    gone = row.withdrawal if row.is_withdrawn else None
    return {
        "row": row,
        "recipient": worded(row.recipient),
        "is_live": is_live,
        "is_last_word": row == alike[-1] and (is_live or not row.agreed),
        "withdrawn": gone,
        "is_replaced": gone is not None and any(one.made_at == gone.withdrawn_at for one in alike),
    }
