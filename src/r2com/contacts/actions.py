"""Writing down a contact, for one person or for several, and amending what was written."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.contests.answering import ANSWERS
from r2com.core.refusals import Changed, Refused
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .models import Contact, Statement, Towards, Version
from .note import SAID, SEALED, Note, Promise, as_it_stands, bare


@transaction.atomic
def write(
    case: Case,
    *,
    note: Note,
    promise: Promise | None = None,
    done: Iterable[Task] = (),
    in_group: bool = False,
    by: User,
    at: datetime,
) -> Contact:
    """Write down a contact. What is due next becomes a task; what was promised before may be done with it.

    Raises Refused when the writer brings nothing to this case, or when the note says two things at once.
    """
    grants.must_allow(by, case.pk, May.ADD_EVIDENCE)
    note.must_be_whole(at)
    note.must_be_about(case.pk)
    contact = Contact(case=case, in_group=in_group, written_by=by, written_at=at)
    if promise is not None:
        contact.promised = _promised(case, promise, by=by, at=at)
    contact.save(force_insert=True)
    _let_stand(contact, note, number=1, at=at)
    for task in done:
        tasks.finish(task, by=by, at=at)
    trail.record("contact.written", subject=contact, by=by, at=at, **_facts(note))
    return contact


@transaction.atomic
def amend(contact: Contact, *, base: int, note: Note, reason: str, by: User, at: datetime) -> Version:
    """Write a new version over the one numbered `base`, and say why. The earlier one stays as it is.

    Only the one who wrote a note amends it: it is their view, and their eyes. Raises Changed when another
    version was written meanwhile.
    """
    grants.must_allow(by, contact.case_id, May.ADD_EVIDENCE)
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    if current.written_by_id != by.pk:
        raise Refused(_("Only the one who wrote this note can amend it. Write a note of your own."))
    if current.standing is None or current.standing.number != base:
        raise Changed(_("This note was amended meanwhile. Both versions are shown below."))
    if not reason.strip():
        raise Refused(_("Say why you amend it. The earlier version stays readable."))
    note.must_be_whole(at)
    note.must_be_about(current.case_id)
    version = _let_stand(current, note, number=base + 1, reason=reason, at=at)
    trail.record("contact.amended", subject=current, by=by, at=at, number=version.number, **_facts(note))
    return version


@transaction.atomic
def correct(contact: Contact, *, words: str, reason: str, by: User, at: datetime) -> Version:
    """Let other words stand in a note, because the person asked for it."""
    current = _held(contact, by)
    return _write(current, replace(as_it_stands(current), words=words), reason=reason, by=by, at=at)


@transaction.atomic
def correct_statement(
    contact: Contact, *, position: int, words: str, reason: str, by: User, at: datetime
) -> Version:
    """Let other words stand in one statement of a note, because the person asked for it."""
    current = _held(contact, by)
    stands = as_it_stands(current)
    statements = [
        replace(said, words=words) if number == position else said
        for number, said in enumerate(stands.statements, 1)
    ]
    return _write(current, replace(stands, statements=tuple(statements)), reason=reason, by=by, at=at)


@transaction.atomic
def write_for_several(notes: list[tuple[Case, Note]], *, by: User, at: datetime) -> list[Contact]:
    """One session with several people: a note for each, in which nobody else appears."""
    if not notes:
        raise Refused(_("Choose who was expected."))
    return [write(case, note=note, in_group=True, by=by, at=at) for case, note in notes]


def _held(contact: Contact, by: User) -> Contact:
    grants.must_allow_any(by, contact.case_id, *ANSWERS)
    return Contact.objects.select_for_update(of=("self",)).select_related("standing").get(pk=contact.pk)


def _write(contact: Contact, note: Note, *, reason: str, by: User, at: datetime) -> Version:
    note.must_be_whole(at)
    why = _("Corrected by %(name)s, because the person asked: %(reason)s") % {
        "name": by.name,
        "reason": reason,
    }
    number = contact.versions.count() + 1
    version = _let_stand(contact, note, number=number, reason=why, at=at)
    trail.record("contact.corrected", subject=contact, by=by, at=at, number=number)
    return version


def _promised(case: Case, promise: Promise, *, by: User, at: datetime) -> Task:
    if promise.meets:
        due, hour = promise.due, promise.hour
        return tasks.meet(case, words=promise.words, owner=by, due=due, time=hour, by=by, at=at)
    return tasks.promise(case, words=promise.words, owner=by, due=promise.due, by=by, at=at)


def _facts(note: Note) -> dict[str, str]:
    return {"kind": str(note.kind), "attendance": str(note.attendance), "readers": str(note.readers)}


def _let_stand(contact: Contact, note: Note, *, number: int, at: datetime, reason: str = "") -> Version:
    """Keep a version with its statements and goals, and let it be the one that stands."""
    words = {name: getattr(note, name).strip() for name in SEALED}
    kept = {name: getattr(note, name) for name in SAID}
    version = Version.objects.create(
        case_id=contact.case_id, contact=contact, number=number, reason=reason, at=at, **kept, **words
    )
    Statement.objects.bulk_create(
        Statement(
            case_id=contact.case_id,
            version=version,
            position=position,
            type=said.type,
            words=bare(said),
            who=said.who.strip(),
        )
        for position, said in enumerate(note.statements, 1)
    )
    Towards.objects.bulk_create(
        Towards(version=version, goal=one.goal, step=one.step) for one in dict.fromkeys(note.towards)
    )
    contact.standing = version
    contact.save(update_fields=["standing"])
    return version
