"""What can be done for and with a person: write down who they are, tell them, and ask what they choose."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.content import read_text
from r2com.core.refusals import Changed, Refused
from r2com.organisations.models import ListEntry, ListName, Organisation
from r2com.vault import blind, keyring
from r2com.vault.models import Owner

from .models import Choice, NameFingerprint, Notice, NoticeGiven, Person, Purpose, Withdrawal

PROFILE = (
    "name",
    "called",
    "other_names",
    "born",
    "phone",
    "safe_contact",
    "language",
    "interpreter",
    "access_needs",
    "matters",
    "works",
)


class BeyondNotice(Refused):
    """A choice would go further than the notice that the person was shown."""


@transaction.atomic
def enter(
    organisation: Organisation,
    *,
    name: str,
    born: date | None,
    language: str,
    by: User,
    at: datetime,
    **profile: str,
) -> Person:
    """Write down who somebody is, sealed under a key of their own."""
    person = Person(organisation=organisation, language=language, made_at=at, name=name, **profile)
    person.born = born.isoformat() if born else ""
    keyring.make(Owner.PERSON, person.pk, of=organisation.pk)
    person.save(force_insert=True)
    _fingerprint(person)
    trail.record("person.entered", subject=person, by=by, at=at)
    return person


@transaction.atomic
def correct(
    person: Person, *, base: int, by: User, at: datetime, case: Model | None = None, **profile: str
) -> Person:
    """Change what is written about somebody. Raises Changed when it was changed since version `base`."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    for name in set(profile) & set(PROFILE):
        setattr(current, name, profile[name])
    current.version += 1
    current.save()
    _fingerprint(current)
    trail.record("person.corrected", subject=current, by=by, at=at, case=case, fields=sorted(profile))
    return current


@transaction.atomic
def publish_notice(
    organisation: Organisation, *, language: str, text: str, covers: list, by: User | None, at: datetime
) -> Notice:
    """A new wording of the notice in a language. The one before ends on this day and stays readable."""
    earlier = Notice.objects.filter(organisation=organisation, language=language)
    version = max(earlier.values_list("version", flat=True), default=0) + 1
    earlier.filter(ends__isnull=True).update(ends=at.date())
    notice = Notice.objects.create(
        organisation=organisation,
        language=language,
        text=text,
        covers=covers,
        version=version,
        starts=at.date(),
    )
    trail.record("notice.published", subject=notice, by=by, at=at, language=language, version=version)
    return notice


@transaction.atomic
def seed_notices(organisation: Organisation, *, by: User | None, at: datetime) -> None:
    """Publish the notices that come with the software, covering every recipient on the agency's list."""
    recipients = ListEntry.objects.filter(organisation=organisation, list=ListName.RECIPIENT)
    covers = [[purpose.value, str(entry.pk)] for entry in recipients for purpose in Purpose]
    for language in ("en", "pt"):
        text = read_text("notices", f"{language}.md")
        publish_notice(organisation, language=language, text=text, covers=covers, by=by, at=at)


@transaction.atomic
def give_notice(
    person: Person,
    notice: Notice,
    *,
    how: str,
    proof: str,
    interpreter: str = "",
    witness: str = "",
    by: User,
    at: datetime,
    case: Model | None = None,
) -> NoticeGiven:
    """Record that the person was told, how, and what shows it."""
    given = NoticeGiven.objects.create(
        person=person,
        notice=notice,
        how=how,
        proof=proof,
        interpreter=interpreter,
        witness=witness,
        given_by=by,
        given_at=at,
    )
    trail.record("notice.given", subject=given, by=by, at=at, case=case, how=how, proof=proof)
    return given


@transaction.atomic
def record_choice(
    given: NoticeGiven,
    *,
    recipient: ListEntry,
    purpose: str,
    agreed: bool,
    until: date | None,
    how: str,
    stands_in: str = "",
    stands_in_why: str = "",
    by: User,
    at: datetime,
    case: Model | None = None,
) -> Choice:
    """Write down a yes or a no, in place of an earlier yes about the same.

    Raises BeyondNotice when the notice did not speak of it.
    """
    if not given.notice.speaks_of(purpose, recipient):
        raise BeyondNotice(
            _("The notice that was given does not speak of this. Give a notice that does, then ask again.")
        )
    if agreed and (until is None or until <= at.date()):
        raise Refused(_("A yes needs a day on which it ends, and that day lies ahead."))
    _replace(given.person, recipient, purpose, how=how, by=by, at=at, case=case)
    choice = Choice.objects.create(
        person=given.person,
        given=given,
        recipient=recipient,
        purpose=purpose,
        agreed=agreed,
        until=until if agreed else None,
        how=how,
        stands_in=stands_in,
        stands_in_why=stands_in_why,
        recorded_by=by,
        made_at=at,
    )
    trail.record("choice.recorded", subject=choice, by=by, at=at, case=case, purpose=purpose, agreed=agreed)
    grants.rebuild_of(given.person_id)
    return choice


@transaction.atomic
def withdraw(choice: Choice, *, how: str, by: User, at: datetime, case: Model | None = None) -> Withdrawal:
    """Take a yes back, at once. Taking it back twice changes nothing."""
    said = {"how": how, "recorded_by": by, "withdrawn_at": at}
    withdrawal, is_first = Withdrawal.objects.get_or_create(choice=choice, defaults=said)
    if is_first:
        trail.record("choice.withdrawn", subject=choice, by=by, at=at, case=case, purpose=choice.purpose)
        grants.rebuild_of(choice.person_id)
    return withdrawal


def _replace(
    person: Person,
    recipient: ListEntry,
    purpose: str,
    *,
    how: str,
    by: User,
    at: datetime,
    case: Model | None,
) -> None:
    """What is said now stands in place of the yes that was said before."""
    earlier = Choice.objects.filter(
        person=person,
        recipient=recipient,
        purpose=purpose,
        agreed=True,
        until__gte=at.date(),
        withdrawal__isnull=True,
    )
    for choice in earlier:
        withdraw(choice, how=how, by=by, at=at, case=case)


def _fingerprint(person: Person) -> None:
    """Write anew under which fingerprints the person's names are found."""
    names = [person.name, person.called, *person.other_names.splitlines()]
    found = set().union(
        *(blind.fingerprints(person.organisation_id, name, person.birthday) for name in names)
    )
    person.fingerprints.all().delete()
    NameFingerprint.objects.bulk_create(
        NameFingerprint(organisation_id=person.organisation_id, person=person, fingerprint=f)
        for f in sorted(found)
    )
