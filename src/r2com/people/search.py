"""Search before create: is this person known to us already?"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from r2com.vault import blind, keyring
from r2com.vault.models import Owner

from .models import NameFingerprint, Person

MOST = 20


def known(organisation, name: str, born: date | None, *, to) -> list[Person]:
    """People with a like name whom `to` may see, the surest first by name, never by anything else.

    Candidates come from the fingerprints; they are opened and compared only after scoping.
    """
    found = blind.fingerprints(organisation.pk, name, born)
    like_it = NameFingerprint.objects.filter(
        person=OuterRef("pk"), organisation=organisation, fingerprint__in=found
    )
    candidates = Person.objects.visible_to(to).filter(Exists(like_it), organisation=organisation)[:MOST]
    people = list(candidates)
    keyring.warm(Owner.PERSON, [person.pk for person in people])
    return sorted(people, key=lambda person: blind.plain(person.name))


def already_here(organisation, wanted: Iterable[tuple[str, date]], *, to) -> dict[tuple[str, date], UUID]:
    """Which of these names and birth dates belong to somebody whom `to` may see, and to whom.

    For lists: two queries, however many are asked for. The order of the words, accents and particles do not
    matter; another spelling does. Names are given back in the shape of `blind.same`.
    """
    asked = {(blind.same(name), born) for name, born in wanted}
    prints = {blind.whole(organisation.pk, name) for name, _born in asked if name}
    candidates = list(
        Person.objects.visible_to(to)
        .filter(fingerprints__organisation=organisation, fingerprints__fingerprint__in=prints)
        .distinct()
    )
    keyring.warm(Owner.PERSON, [person.pk for person in candidates])
    found = {(blind.same(name), one.birthday): one.pk for one in candidates for name in _names(one)}
    return {key: person for key, person in found.items() if key in asked}


def _names(person: Person) -> list[str]:
    return [person.name, *person.other_names.splitlines()]
