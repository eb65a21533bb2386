"""Wording the agency's letter templates, and writing letters from them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.content import read_json
from r2com.core.refusals import Changed, Refused
from r2com.organisations.models import Organisation

from ..models import Finish, Letter, LetterTemplate
from ..placeholders import DOTS, filled, unknown, values

WORDS = ("to", "subject", "words")


@transaction.atomic
def seed_letters(organisation: Organisation, *, by: User | None, at: datetime) -> None:
    """The templates that come with the software, in every language they are written in."""
    for language, templates in read_json("letters", "letters.json").items():
        for one in templates:
            add_template(organisation, language=language, **one, by=by, at=at)


@transaction.atomic
def add_template(
    organisation: Organisation,
    *,
    language: str,
    name: str,
    subject: str,
    text: str,
    by: User | None,
    at: datetime,
) -> LetterTemplate:
    """Add a template that counts from today. Raises Refused for a placeholder that is not on the list."""
    _must_be_fillable(subject, text)
    template = LetterTemplate.objects.create(
        organisation=organisation,
        language=language,
        name=name,
        subject=subject,
        text=text,
        starts=timezone.localdate(at),
    )
    trail.record("letter_template.added", subject=template, by=by, at=at, language=language)
    return template


@transaction.atomic
def reword_template(
    template: LetterTemplate, *, name: str, subject: str, text: str, by: User, at: datetime
) -> LetterTemplate:
    """Word a template anew from today on. Letters that were begun with the old one keep its words.

    Raises Changed when somebody else reworded or retired it meanwhile.
    """
    _must_be_fillable(subject, text)
    current = _current(template)
    current.ends = timezone.localdate(at)
    current.save(update_fields=["ends"])
    new = LetterTemplate.objects.create(
        organisation=current.organisation,
        language=current.language,
        name=name,
        subject=subject,
        text=text,
        starts=timezone.localdate(at),
    )
    trail.record("letter_template.reworded", subject=new, by=by, at=at, before=str(current.pk))
    return new


@transaction.atomic
def retire_template(template: LetterTemplate, *, by: User, at: datetime) -> None:
    """Offer a template no more from today on."""
    current = _current(template)
    current.ends = timezone.localdate(at)
    current.save(update_fields=["ends"])
    trail.record("letter_template.retired", subject=current, by=by, at=at)


@transaction.atomic
def begin_letter(
    case: Case, *, template: LetterTemplate | None, language: str = "en", by: User, at: datetime
) -> Letter:
    """A new letter with what the template says, its gaps filled; or an empty one."""
    _must_write(case.pk, by)
    language = template.language if template else language
    letter = Letter(case=case, template=template, language=language, begun_by=by, begun_at=at)
    if template is not None:
        said = values(case, language, by=by, at=at)
        letter.subject, letter.words = filled(template.subject, said), filled(template.text, said)
    letter.save(force_insert=True)
    trail.record("letter.begun", subject=letter, by=by, at=at)
    return letter


@transaction.atomic
def change_letter(letter: Letter, *, base: int, by: User, at: datetime, **words: str) -> Letter:
    """Write on at a letter. Raises Changed when it was changed since version `base`."""
    current = _open(letter, base, by)
    _write(current, words)
    trail.record("letter.changed", subject=current, by=by, at=at)
    return current


@transaction.atomic
def finish_letter(letter: Letter, *, base: int, by: User, at: datetime, **words: str) -> Letter:
    """Finish a letter with these words: from now on this version is kept as it is.

    Raises Refused while it is empty, or while dots wait to be filled in.
    """
    current = _open(letter, base, by)
    _write(current, words)
    if not (current.subject.strip() and current.words.strip()):
        raise Refused(_("Write what the letter is about, and the letter itself, before you finish it."))
    if DOTS in current.subject + current.words:
        raise Refused(_("There are dots in it still. Write what belongs there, or take them out."))
    Finish.objects.create(letter=current, finished_by=by, finished_at=at)
    trail.record("letter.finished", subject=current, by=by, at=at, number=current.number)
    return current


@transaction.atomic
def begin_version(letter: Letter, *, by: User, at: datetime) -> Letter:
    """A new version with the words of a finished one, or the new version that was begun already."""
    _must_write(letter.case_id, by)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if not current.is_finished:
        return current
    following = Letter.objects.filter(follows=current).first()
    if following is not None:
        return following
    new = Letter(
        case_id=current.case_id,
        template_id=current.template_id,
        language=current.language,
        follows=current,
        number=current.number + 1,
        begun_by=by,
        begun_at=at,
    )
    for name in WORDS:
        setattr(new, name, getattr(current, name))
    new.save(force_insert=True)
    trail.record("letter.begun", subject=new, by=by, at=at)
    return new


@transaction.atomic
def letter_printed(letter: Letter, *, by: User, at: datetime) -> None:
    """Write on the trail that a letter is about to leave the house on paper."""
    trail.record("letter.printed", subject=letter, by=by, at=at, number=letter.number)


def _must_be_fillable(subject: str, text: str) -> None:
    strange = unknown(f"{subject}\n{text}")
    if strange:
        raise Refused(
            _("Nothing can be put in for %(gap)s. Use one of the words in braces that are listed.")
            % {"gap": ", ".join(dict.fromkeys(strange))}
        )


def _current(template: LetterTemplate) -> LetterTemplate:
    """The template as it is now, if it is still in use."""
    current = LetterTemplate.objects.select_for_update(of=["self"]).select_related("organisation")
    found = current.get(pk=template.pk)
    if found.ends is not None:
        raise Changed(_("Somebody else changed this template meanwhile. Their wording is on the list."))
    return found


def _must_write(case_id: UUID, by: User) -> None:
    if not grants.allows(by, case_id, May.RATE):
        raise Refused(_("You may read this letter, but not write in it."))


def _open(letter: Letter, base: int, by: User) -> Letter:
    """The letter as it stands now, held until we are done, not finished, and as it was at `base`."""
    _must_write(letter.case_id, by)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    current.must_be_open()
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    return current


def _write(letter: Letter, words: dict[str, str]) -> None:
    for name in set(words) & set(WORDS):
        setattr(letter, name, words[name])
    letter.version += 1
    letter.save()
