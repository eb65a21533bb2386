"""Whoever reads a record in an emergency changes nothing in it, whatever they send."""

import dataclasses
from datetime import timedelta

import pytest

from r2com.guards import actions as guards
from tests import factories

from .forms import FORMS
from .sending import browser, filled, read, send, taken_back
from .test_closed_record import closed as records
from .test_closed_record import of_the_record, state


@pytest.fixture
def rushed(ours):
    """A colleague who reads each of the records in an emergency."""
    with taken_back():
        place = factories.membership(ours.colleague)
        for case in records(ours):
            said = {
                "reference": case.reference,
                "reason": "life",
                "words": "Somebody stands at his door now.",
            }
            guards.open_in_emergency(place, **said, by=ours.colleague, at=ours.now - timedelta(seconds=5))
        yield ours


def test_nothing_that_is_sent_in_an_emergency_changes_the_record(rushed):
    seen = 0
    for form in [*of_the_record(rushed), *(form for form in FORMS if form.name in {"withdraw", "reopen"})]:
        form, before = dataclasses.replace(form, who="colleague", first=None), state()

        answer = send(browser(rushed, form), form.address(rushed), filled(form, rushed))

        read(answer)
        assert state() == before, f"{form} {answer.status_code}"
        seen += 1
    assert seen > 50
