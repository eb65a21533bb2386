"""A clock that jumps changes nothing about what came first, and lets nobody in again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from r2com.audit import log, verifying
from r2com.audit.models import Leaf
from r2com.tasks import actions as tasks
from tests import factories

JUMPS = [timedelta(hours=-1), timedelta(hours=-24), timedelta(hours=24)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_what_came_first_stays_first_when_a_clock_jumps(case, practitioner, now, jump):
    for words, clock in (("Before", now), ("After", now + jump)):
        with time_machine.travel(clock, tick=False):
            said = {"words": words, "owner": practitioner, "due": now.date()}
            tasks.promise(case, **said, by=practitioner, at=timezone.now())
            log.take_in()

    made = [leaf.event.at for leaf in Leaf.objects.filter(event__name="task.made").order_by("index")]
    assert made == [now, now + jump]
    assert verifying.verify().broken is None


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_session_that_was_ended_does_not_come_back_with_the_clock(case, practitioner, now, jump):
    browser = factories.sign_in(Client(), practitioner)
    before = browser.get("/").status_code
    key = browser.cookies["sid"].value
    browser.post("/account/sign-out/")
    browser.cookies["sid"] = key

    with time_machine.travel(now + jump, tick=False):
        after = browser.get("/").status_code

    assert (before, after) == (200, 302)
