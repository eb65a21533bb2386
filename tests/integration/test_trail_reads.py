"""What is read is written down first, for good; where that fails, nothing is shown and nothing is changed."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from r2com.audit import trail
from r2com.audit.models import Event
from r2com.cases.models import Case
from r2com.people import actions as people
from tests import factories


@contextmanager
def broken_trail():
    """A database that takes everything but entries of the trail."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "audit_event"'):
            raise DatabaseError("the trail is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("page", ["", "contacts/", "my-record/", "team/"])
def test_a_page_is_not_shown_when_the_trail_cannot_be_written(sign_in, practitioner, case, page):
    client = sign_in(practitioner)
    address = f"/people/{case.reference}/{page}"
    shown = client.get(address)

    with broken_trail():
        refused = client.get(address)

    assert shown.status_code == 200
    assert "Milo" in shown.content.decode()
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "Milo" not in refused.content.decode()
    assert case.reference not in refused.content.decode()


@pytest.mark.parametrize("page", ["/", "/people/"])
def test_a_list_is_not_shown_either(sign_in, practitioner, case, page):
    client = sign_in(practitioner)

    with broken_trail():
        refused = client.get(page)

    assert refused.status_code == 503
    assert "Milo" not in refused.content.decode()


def test_no_paper_leaves_either(sign_in, practitioner, case):
    client = sign_in(practitioner)

    with broken_trail():
        refused = client.get(f"/people/{case.reference}/my-record.pdf")

    assert refused.status_code == 503
    assert refused["Content-Type"].startswith("text/html")


def test_nothing_is_changed_that_is_not_written_down(person, practitioner, now):
    with broken_trail(), pytest.raises(trail.NotWritten), transaction.atomic():
        people.correct(person, base=1, name="Other", by=practitioner, at=now)

    person.refresh_from_db()
    assert person.name == "Milo Fernweh"


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_a_reading_cannot_be_taken_back_with_something_else(case, practitioner):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        trail.opened("person", subject=case, by=practitioner)

    assert not Event.objects.filter(name="record.opened").exists()


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_the_reading_is_committed_before_the_first_byte(client, case, practitioner):
    """When the answer is there and nothing of it is read yet, no transaction is open any more."""
    signed_in = factories.sign_in(client, practitioner)

    answer = signed_in.get(f"/people/{case.reference}/")

    assert answer.status_code == 200
    assert not connection.in_atomic_block
    assert Event.objects.filter(name="record.opened", case=case.pk, by=practitioner.pk).count() == 1
    assert Case.objects.filter(pk=case.pk).exists()
