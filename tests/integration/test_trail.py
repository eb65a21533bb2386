"""The trail is written with what it tells about, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.people import actions


def test_an_action_and_its_event_stand_or_fall_together(person, practitioner, now):
    before = Event.objects.count()

    with pytest.raises(Refused):
        actions.correct(person, base=99, name="Other", by=practitioner, at=now)

    assert Event.objects.count() == before
    assert actions.correct(person, base=1, name="Other", by=practitioner, at=now).name == "Other"
    assert Event.objects.latest("at").name == "person.corrected"


@pytest.mark.parametrize("change", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_the_trail(person, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert Event.objects.filter(name="person.entered").exists()


def test_the_trail_holds_no_narrative(person, practitioner, now):
    actions.correct(person, base=1, matters="My own door", by=practitioner, at=now)

    assert not any("door" in str(event.facts) or "Milo" in str(event.facts) for event in Event.objects.all())
