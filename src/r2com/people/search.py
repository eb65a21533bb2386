"""Search before create: is this person known to us already?"""

from datetime import date

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
