"""The main job, walked in a browser: from the door to an agreed, printed plan, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from r2com.assessments.models import Assessment
from r2com.audit.models import Event
from r2com.plans.models import Plan

from . import walking
from .walking import (
    Walk,
    explain_and_agree,
    hand_in,
    make_sense,
    plan_and_answer,
    sign_off,
    talk_and_rate,
    through_the_door,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]


@pytest.fixture
def cast(transactional_db, now):
    return walking.cast(now - timedelta(days=1))


@pytest.mark.parametrize("language", ["en", "pt"])
def test_from_the_door_to_an_agreed_printed_plan(page, live_server, cast, language, today):
    walk = Walk(page, live_server.url, language)
    walk.sign_in(cast["Ines"])

    case = through_the_door(walk, today - timedelta(days=3))
    explain_and_agree(walk, case, today)
    assessment = talk_and_rate(walk, case, today)
    make_sense(walk, assessment)
    hand_in(walk, assessment)
    walk.sign_out()
    walk.sign_in(cast["Rut"])
    sign_off(walk, assessment)
    walk.sign_out()
    walk.sign_in(cast["Ines"])
    plan_and_answer(walk, case, today)
    printed(walk, case, language)

    walk.go("/")
    walk.look("today")
    walk.go(case.get_absolute_url())
    walk.look("person")
    assert Event.objects.filter(case=case.pk, name="plan.answered").exists()


def printed(walk, case, language):
    """The paper comes, once for reading and once on the trail."""
    for path in (
        f"/plans/{Plan.objects.get().pk}/print/",
        f"/assessments/{Assessment.objects.get().pk}/print/",
    ):
        answer = walk.page.request.get(walk.base + path)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF")
    assert Event.objects.filter(case=case.pk, name="assessment.printed").exists()
    assert timezone.now() >= case.opened_at
