"""Making sense, handing in, and the supervisor's answer."""

from datetime import timedelta
from decimal import Decimal

import pytest

from r2com.assessments import actions
from r2com.assessments.models import Assessment, Box, Formulation, Future
from r2com.core.refusals import Changed, Refused

from .test_rating import guide_item


@pytest.fixture
def assessment(case, published, practitioner, now):
    begun = actions.begin(case, kind="full", by=practitioner, at=now - timedelta(days=2))
    judgements = {"vulnerability": "none", "strength": "strong", "person_view": "agrees"}
    actions.rate(begun, guide_item(begun, "A1"), judgements=judgements, base=0, by=practitioner, at=now)
    return begun


def posted(**changed):
    """A whole formulation as the form posts it."""
    boxes = {f"{box}_words": f"Words about {box}" for box in Box} | {f"{box}_items": ["A1"] for box in Box}
    futures = {
        f"{f}_{line}": "Words" for f in Future for line in ("first_signs", "who_notices", "who_does_what")
    }
    choices = {
        "priority_needs": ["A1"],
        "key_strengths": ["A1"],
        "support": "standard",
        "hours_a_week": "2.5",
    }
    return {"base": 0, **boxes, **futures, **choices, "support_because": "Two visits a week", **changed}


def sense(**changed):
    boxes = {str(box): ("Words", ["A1"]) for box in Box}
    futures = {str(future): ("a", "b", "c") for future in Future}
    whole = {
        "priority_needs": ["A1"],
        "support": "standard",
        "hours_a_week": Decimal(2),
        "support_because": "Why",
    }
    return actions.Sense(boxes=boxes, futures=futures, **{**whole, **changed})


def test_a_formulation_is_kept_with_the_items_it_rests_on(sign_in, practitioner, assessment):
    client = sign_in(practitioner)

    client.post(f"/assessments/{assessment.pk}/sense/", posted())

    kept = Formulation.objects.get()
    box = kept.boxes.get(box="holds")
    assert (box.words, box.items) == ("Words about holds", ["A1"])
    assert kept.hours_a_week == Decimal("2.5")
    assert "Words about holds" in client.get(f"/assessments/{assessment.pk}/sense/").content.decode()


def test_six_needs_or_four_strengths_are_too_many(assessment, practitioner, now):
    with pytest.raises(Refused, match="up to five"):
        actions.make_sense(assessment, sense(priority_needs=["A1"] * 6), base=0, by=practitioner, at=now)
    with pytest.raises(Refused, match="up to three"):
        actions.make_sense(assessment, sense(key_strengths=["A1"] * 4), base=0, by=practitioner, at=now)

    assert actions.make_sense(assessment, sense(), base=0, by=practitioner, at=now)


def test_a_formulation_changed_meanwhile_is_not_overwritten(sign_in, assessment, practitioner, now):
    actions.make_sense(assessment, sense(support_because="Theirs"), base=0, by=practitioner, at=now)
    client = sign_in(practitioner)

    answer = client.post(f"/assessments/{assessment.pk}/sense/", posted(support_because="Mine"))

    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    assert Formulation.objects.get().support_because == "Theirs"
    with pytest.raises(Changed):
        actions.make_sense(assessment, sense(), base=0, by=practitioner, at=now)


def test_it_is_not_handed_in_before_sense_was_made(sign_in, practitioner, assessment, now):
    client = sign_in(practitioner)

    page = client.get(f"/assessments/{assessment.pk}/hand-in/").content.decode()

    assert "the six boxes are empty" in page
    with pytest.raises(Refused):
        actions.hand_in(assessment, words="", by=practitioner, at=now)


def test_it_is_not_handed_in_before_the_person_was_heard(assessment, practitioner, now):
    actions.rate(
        assessment,
        guide_item(assessment, "A2"),
        judgements={"vulnerability": "none"},
        base=0,
        by=practitioner,
        at=now,
    )
    actions.make_sense(assessment, sense(), base=0, by=practitioner, at=now)

    with pytest.raises(actions.Owing, match="how the person sees this"):
        actions.hand_in(Assessment.objects.get(), words="", by=practitioner, at=now)


@pytest.fixture
def handed_in(assessment, practitioner, now):
    actions.make_sense(assessment, sense(), base=0, by=practitioner, at=now)
    actions.hand_in(assessment, words="Look at A1", by=practitioner, at=now)
    return Assessment.objects.get()


def test_nobody_writes_in_it_once_it_is_handed_in(handed_in, practitioner, now):
    with pytest.raises(Refused, match="was handed in"):
        actions.rate(
            handed_in,
            guide_item(handed_in, "A2"),
            judgements={"vulnerability": "none"},
            base=0,
            by=practitioner,
            at=now,
        )


def test_the_supervisor_signs_it_off(sign_in, supervisor, handed_in):
    client = sign_in(supervisor)
    assert "Look at A1" in client.get(f"/assessments/{handed_in.pk}/sign-off/").content.decode()

    client.post(f"/assessments/{handed_in.pk}/sign-off/", {"go": "sign", "comments": ""})

    assert Assessment.objects.get().is_signed_off


def test_the_supervisor_returns_it_with_comments_and_it_opens_again(
    sign_in, supervisor, practitioner, handed_in, now
):
    client = sign_in(supervisor)
    without = client.post(f"/assessments/{handed_in.pk}/sign-off/", {"go": "return", "comments": ""})
    assert "Write what to look at again" in without.content.decode()

    client.post(f"/assessments/{handed_in.pk}/sign-off/", {"go": "return", "comments": "Ask about papers"})

    returned = Assessment.objects.get()
    assert not returned.is_handed_in
    assert actions.rate(
        returned,
        guide_item(returned, "A2"),
        judgements={"vulnerability": "none"},
        base=0,
        by=practitioner,
        at=now,
    )


def test_the_worker_cannot_sign_off_their_own_work(sign_in, practitioner, handed_in, now):
    client = sign_in(practitioner)

    assert client.get(f"/assessments/{handed_in.pk}/sign-off/").status_code == 404
    with pytest.raises(Refused):
        actions.sign_off(handed_in, comments="", by=practitioner, at=now)


def test_the_print_is_a_tagged_pdf_and_on_the_trail(sign_in, practitioner, handed_in):
    from r2com.audit.models import Event

    client = sign_in(practitioner)

    answer = client.get(f"/assessments/{handed_in.pk}/print/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "Milo" not in answer["Content-Disposition"]
    assert Event.objects.filter(name="assessment.printed", by=practitioner.pk).exists()
