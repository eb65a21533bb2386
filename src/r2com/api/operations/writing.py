"""What can be written. Each calls the same action as the page, and what it may not do it may not do here."""

from datetime import datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Status
from ninja.errors import ValidationError

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment
from r2com.assessments.responses import asked_items, instrument_of
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.contacts import actions as contacts
from r2com.contacts.models import Contact
from r2com.contacts.note import Note, Said
from r2com.contests.shown import shown
from r2com.core.refusals import Changed
from r2com.instruments import reading as instruments
from r2com.plans import actions as plans
from r2com.plans.models import Step
from r2com.tasks import actions as tasks
from r2com.tasks.forms import owners_in
from r2com.tasks.models import Task

from .. import said, telling
from ..models import Scope
from ..once import once
from ..problems import TwoVersions
from ..tokens import needs
from .addresses import router
from .finding import opened

Key = Header(None, alias="Idempotency-Key", max_length=200)


@router.post("/cases/{reference}/tasks", response={201: said.Made})
@needs(Scope.TASKS)
def make_task(request: HttpRequest, reference: str, sent: said.NewTask, key: str | None = Key):
    """Promise something, or turn what is not known into a question. Without an owner it is mine."""
    case = _case_to_write_in(request, reference)

    def do() -> UUID:
        return _made_task(request, case, sent, at=timezone.now()).pk

    return Status(201, {"id": once(request, do)})


@router.post("/tasks/{uuid:pk}/move", response=said.Made)
@needs(Scope.TASKS)
def move_task(request: HttpRequest, pk: UUID, sent: said.MovedTask, key: str | None = Key):
    """Give a task to somebody else, or to another day."""
    found = _task_to_change(request, pk)
    owner = owners_in(found.case_id, sensitive=found.is_sensitive).filter(pk=sent.owner).first()
    if owner is None:
        raise _does_not_fit("owner", _("Choose somebody who works with this person."))

    def do() -> UUID:
        return tasks.move(found, owner=owner, due=sent.due, time=_hour(sent.time), **_who(request)).pk

    return {"id": once(request, do)}


@router.post("/tasks/{uuid:pk}/done", response=said.Made)
@needs(Scope.TASKS)
def finish_task(request: HttpRequest, pk: UUID, sent: said.FinishedTask, key: str | None = Key):
    """Say that a task is done, and what came of it. Saying it twice changes nothing."""
    found = _task_to_change(request, pk)

    def do() -> UUID:
        return tasks.finish(found, words=sent.words, **_who(request)).task_id

    return {"id": once(request, do)}


@router.post("/steps/{uuid:pk}/done", response=said.Made)
@needs(Scope.STEPS)
def finish_step(request: HttpRequest, pk: UUID, sent: said.Nothing, key: str | None = Key):
    """Say that a step of a plan is done. Saying it twice changes nothing."""
    step = get_object_or_404(Step.objects.visible_to(request.user).with_case(), pk=pk)
    frame.must_allow(request, step.goal.plan.case_id, May.ADD_EVIDENCE)

    def do() -> UUID:
        return plans.finish_step(step, **_who(request)).step_id

    return {"id": once(request, do)}


@router.post("/assessments/{uuid:pk}/items/{item_id}/evidence", response={201: said.Made})
@needs(Scope.EVIDENCE)
def add_evidence(request: HttpRequest, pk: UUID, item_id: str, sent: said.NewPiece, key: str | None = Key):
    """Add one thing that was said, seen or read about an item."""
    rows = Assessment.objects.visible_to(request.user).with_instrument()
    found = get_object_or_404(rows.prefetch_related("handed_in__answer"), pk=pk)
    frame.must_allow(request, found.case_id, May.ADD_EVIDENCE)
    guide = instrument_of(found)
    item = next((one for one in asked_items(found, guide, to=request.user) if one.id == item_id), None)
    if item is None:
        raise Http404
    for name, scale in (("stance", "stance"), ("type", "evidence_type")):
        if getattr(sent, name) not in guide.scales[scale].words:
            raise _does_not_fit(name, _("Choose one of the words of the guide."))

    def do() -> UUID:
        return assessments.add_evidence(found, item, **sent.model_dump(), **_who(request)).pk

    return Status(201, {"id": once(request, do)})


@router.post("/cases/{reference}/contacts", response={201: said.Made})
@needs(Scope.CONTACTS)
def write_contact(request: HttpRequest, reference: str, sent: said.NewContact, key: str | None = Key):
    """Write down a visit, a call, a message or a chance meeting."""
    case = _case_to_write_in(request, reference)

    def do() -> UUID:
        return contacts.write(case, note=_note(sent), **_who(request)).pk

    return Status(201, {"id": once(request, do)})


@router.post("/contacts/{uuid:pk}/amend", response=said.Made)
@needs(Scope.CONTACTS)
def amend_contact(request: HttpRequest, pk: UUID, sent: said.AmendedContact, key: str | None = Key):
    """Write a new version over the one numbered `base`. The earlier one stays readable."""
    found = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=pk)
    frame.must_allow(request, found.case_id, May.ADD_EVIDENCE)

    def do() -> UUID:
        said_why = {"base": sent.base, "reason": sent.reason}
        return contacts.amend(found, note=_note(sent), **said_why, **_who(request)).contact_id

    try:
        return {"id": once(request, do)}
    except Changed as changed:
        raise _two_versions(request, found, sent, changed) from changed


def _who(request: HttpRequest) -> dict:
    return {"by": request.user, "at": timezone.now()}


def _case_to_write_in(request: HttpRequest, reference: str) -> Case:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.ADD_EVIDENCE)
    return case


def _task_to_change(request: HttpRequest, pk: UUID) -> Task:
    """A task of one's own, or anybody's for who plans with the person."""
    found = get_object_or_404(Task.objects.visible_to(request.user).select_related("case"), pk=pk)
    if found.owner_id != request.user.pk:
        frame.must_allow(request, found.case_id, May.RATE)
    return found


def _made_task(request: HttpRequest, case: Case, sent: said.NewTask, *, at: datetime) -> Task:
    owner = _owner(request, case, sent)
    told = {"words": sent.words, "owner": owner, "due": sent.due, "by": request.user, "at": at}
    if sent.time is not None and sent.kind != Task.Kind.MEETING:
        raise _does_not_fit("time", _("Only a meeting has an hour."))
    if sent.kind == Task.Kind.QUESTION:
        return tasks.ask(case, item=_item(request, case, sent.item), **told)
    if sent.item is not None:
        raise _does_not_fit("item", _("Only a question is about an item."))
    if sent.kind == Task.Kind.MEETING:
        return tasks.meet(case, time=_hour(sent.time), **told)
    return tasks.promise(case, **told)


def _hour(said: str | None) -> time | None:
    return None if said is None else time.fromisoformat(said)


def _owner(request: HttpRequest, case: Case, sent: said.NewTask) -> User:
    """Somebody who works in the case, and who may see what the question is about."""
    is_sensitive = sent.item in instruments.sensitive_items()
    owner = owners_in(case.pk, sensitive=is_sensitive).filter(pk=sent.owner or request.user.pk).first()
    if owner is None:
        raise _does_not_fit("owner", _("Choose somebody who works with this person."))
    return owner


def _item(request: HttpRequest, case: Case, item: str | None) -> str:
    """An item of the guide that the writer may know of, or none."""
    if item is None:
        return ""
    known = {one.id for one in instruments.instrument(instruments.newest(), "en").items}
    if not frame.may(request, case.pk, May.READ_SENSITIVE):
        known -= instruments.sensitive_items()
    if item not in known:
        raise _does_not_fit("item", _("There is no such item."))
    return item


def _note(sent: said.NewContact) -> Note:
    left_out = {"statements", "base", "reason"}
    statements = tuple(Said(one.type, one.words, one.who) for one in sent.statements)
    return Note(**sent.model_dump(exclude=left_out), statements=statements)


def _two_versions(
    request: HttpRequest, found: Contact, sent: said.AmendedContact, changed: Changed
) -> TwoVersions:
    """What was sent and what stands: the program, or the human behind it, decides."""
    now = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=found.pk)
    opened(request, now.case, "amend_contact")
    return TwoVersions(
        str(changed),
        yours=sent.model_dump(mode="json"),
        theirs=said.Contact(**telling.contact(now, shown(now.case, request.user))).model_dump(mode="json"),
    )


def _does_not_fit(field: str, sentence: str) -> ValidationError:
    return ValidationError([{"loc": ("body", field), "msg": sentence}])
