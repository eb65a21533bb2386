"""Erasing: the keys are destroyed, so that no copy of the data opens any more, and the rows go, too.

Rows go by their links: everything that leads to the record, however far, and nothing else. What only mentions
it (a complaint, a line of a list that moved in) stays and forgets it.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import connections, models

from r2com.access import grants
from r2com.cases.models import Case, Door
from r2com.drafts.models import Draft
from r2com.people.models import Person
from r2com.vault import keyring
from r2com.vault.models import Owner

from .marks import mark

STORES = ("default", "keyring")


def erase(case: Case) -> list[tuple[str, str]]:
    """Destroy a record, and the person when nothing else of them is left. Gives kind and mark of each."""
    person, gone = case.person_id, [(Owner.CASE, case.pk)]
    erase_case(case.pk)
    if not (Case.objects.filter(person=person).exists() or Door.objects.filter(person=person).exists()):
        erase_person(person)
        gone.append((Owner.PERSON, person))
    return [(str(kind.value), mark(kind, owner)) for kind, owner in gone]


def erase_case(case: UUID) -> None:
    keyring.destroy(Owner.CASE, [case])
    Draft.objects.filter(case=case).delete()
    remove(Case, case)
    grants.rebuild([case])


def erase_person(person: UUID) -> None:
    keyring.destroy(Owner.PERSON, [person])
    remove(Person, person)


def remove(model: type[models.Model], key: UUID) -> None:
    """Delete a row and everything that leads to it. Links are looked at when the transaction ends."""
    found: dict[type[models.Model], set] = {model: {key}}
    waiting = [(model, {key})]
    while waiting:
        below, keys = waiting.pop()
        for relation in _relations(below):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            if relation.on_delete is models.SET_NULL:
                rows.update(**{relation.field.name: None})
                continue
            known = found.setdefault(relation.related_model, set())
            if fresh := set(rows.values_list("pk", flat=True)) - known:
                known |= fresh
                waiting.append((relation.related_model, fresh))
    for below, keys in found.items():
        rows = below._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db)


def _relations(model: type[models.Model]) -> Iterator:
    """The links that lead here, also those of tables that only join two others."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation


def settle() -> None:
    """Bring SQLite's log home and empty it, so that no earlier page of a file holds what was deleted."""
    for store in STORES:
        connection = connections[store]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
