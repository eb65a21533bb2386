"""A restorative step: nothing starts before the victim's safety is answered for, and anybody can stop it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.programmes import actions, gate
from r2com.programmes.models import Offer, SafetyCheck
from r2com.sharing import actions as sharing

STEP = "restorative-step"
ANSWERS = {
    "victim": "asked",
    "service": "The victims’ service, on the third",
    "rules": "allow",
    "rules_words": "The court’s letter",
    "facilitator": "Marta Ferrow",
    "training": "Mediation house; supervised there",
}


def answered(case, *, by, at, base=0, **changed):
    return actions.answer_check(case, **{**ANSWERS, **changed}, base=base, by=by, at=at)


def say(check, *, by, at, says="yes", reason="I know both sides are ready"):
    return actions.consent(check, says=says, reason=reason, base=check.version, by=by, at=at)


def everything(case, practitioner, supervisor, now):
    check = answered(case, by=practitioner, at=now)
    say(check, by=practitioner, at=now)
    say(check, by=supervisor, at=now)
    actions.own_answer(check, says="agrees", words="“If they want it.”", by=practitioner, at=now)
    return check


def opened(case, *, by, at):
    return actions.choose(case, programme=STEP, says="yes", words="“Yes.”", by=by, at=at)


@pytest.fixture(autouse=True)
def authority(organisation, administrator, now):
    """The agency may keep what belongs to an offence (GDPR Art. 10)."""
    return sharing.add_basis(
        organisation,
        category="offence",
        purpose="Support",
        basis="GDPR Art. 10",
        provision="A law",
        starts=now.date(),
        by=administrator,
        at=now,
    )


@pytest.fixture
def check(case, published, practitioner, supervisor, now):
    return everything(case, practitioner, supervisor, now)


def test_with_every_answer_it_may_be_opened(case, check, practitioner, now):
    assert gate.of_case(case.pk).missing == []
    assert opened(case, by=practitioner, at=now).is_chosen


def test_without_any_answer_nothing_starts(case, published, practitioner, now):
    with pytest.raises(Refused):
        opened(case, by=practitioner, at=now)

    assert len(gate.of_case(case.pk).missing) == 7
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"victim": "not_known"},
        {"victim": "declined"},
        {"victim": "by_us"},
        {"service": " "},
        {"rules": "forbid"},
        {"rules": "not_known"},
        {"facilitator": ""},
        {"training": ""},
    ],
)
def test_each_answer_is_needed(case, published, practitioner, supervisor, now, changed):
    check = answered(case, **changed, by=practitioner, at=now)
    say(check, by=practitioner, at=now)
    say(check, by=supervisor, at=now)
    actions.own_answer(check, says="agrees", words="Yes", by=practitioner, at=now)

    assert len(gate.of_case(case.pk).missing) == 1
    with pytest.raises(Refused):
        opened(case, by=practitioner, at=now)


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_one_yes_is_not_enough(case, published, practitioner, now, who, request):
    check = answered(case, by=practitioner, at=now)
    actions.own_answer(check, says="agrees", words="Yes", by=practitioner, at=now)

    say(check, by=request.getfixturevalue(who), at=now)

    assert len(gate.of_case(case.pk).missing) == 1


def test_the_persons_own_answer_is_apart_and_needed(case, published, practitioner, supervisor, now):
    check = answered(case, by=practitioner, at=now)
    say(check, by=practitioner, at=now)
    say(check, by=supervisor, at=now)

    assert gate.of_case(case.pk).missing == ["The person has to agree themselves, in their own words."]


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_either_of_the_two_stops_it_at_any_time(case, check, practitioner, now, who, request):
    offer = opened(case, by=practitioner, at=now)

    say(check, says="stop", by=request.getfixturevalue(who), at=now + timedelta(minutes=1))

    with pytest.raises(Refused):
        actions.write_session(offer, session="asked", what="held", day=now.date(), by=practitioner, at=now)


def test_the_person_takes_it_back_and_nothing_goes_on(case, check, practitioner, now):
    offer = opened(case, by=practitioner, at=now)

    actions.own_answer(check, says="declines", words="", by=practitioner, at=now + timedelta(minutes=1))

    with pytest.raises(Refused):
        actions.write_session(offer, session="asked", what="planned", day=now.date(), by=practitioner, at=now)


def test_a_changed_answer_asks_both_for_their_yes_anew(case, check, practitioner, now):
    answered(case, facilitator="Noa Wintergreen", base=1, by=practitioner, at=now)

    assert len(gate.of_case(case.pk).missing) == 2


def test_a_yes_to_answers_that_were_changed_meanwhile_is_refused(case, check, practitioner, supervisor, now):
    answered(case, facilitator="Noa Wintergreen", base=1, by=practitioner, at=now)

    with pytest.raises(Changed):
        say(check, by=supervisor, at=now)


def test_a_stop_needs_no_newest_version(case, check, practitioner, supervisor, now):
    answered(case, base=1, by=practitioner, at=now)

    assert say(check, says="stop", by=supervisor, at=now).says == "stop"


def test_two_who_answer_at_once_both_learn_of_it(case, check, practitioner, now):
    with pytest.raises(Changed):
        answered(case, base=0, by=practitioner, at=now)


def test_nobody_else_says_yes(case, check, mentor, colleague, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    for other in (mentor, colleague):
        with pytest.raises(Refused):
            say(check, by=other, at=now)


def test_a_reason_is_needed(case, check, supervisor, now):
    with pytest.raises(Refused):
        say(check, reason=" ", by=supervisor, at=now)


def test_the_page_says_what_is_missing_and_offers_nothing_else(case, published, practitioner, sign_in):
    page = sign_in(practitioner).get(reverse("restorative", args=[case.reference])).content.decode()

    assert "We never ask them." in page
    assert reverse("choose_programme", args=[case.reference, STEP]) not in page


def test_choosing_it_leads_to_what_is_missing(case, published, practitioner, sign_in):
    client = sign_in(practitioner)

    answer = client.get(reverse("choose_programme", args=[case.reference, STEP]))

    assert answer.url == reverse("restorative", args=[case.reference])


def test_from_the_first_answer_to_an_open_step_in_pages(case, published, practitioner, supervisor, sign_in):
    before = reverse("restorative", args=[case.reference])
    consent = reverse("restorative_consent", args=[case.reference])
    client = sign_in(practitioner)
    client.post(before, {**ANSWERS, "base": 0})
    client.post(consent, {"says": "yes", "reason": "They are ready", "base": 1})
    client.post(
        reverse("restorative_person", args=[case.reference]), {"own_says": "agrees", "own_words": "Yes"}
    )
    sign_in(supervisor).post(consent, {"says": "yes", "reason": "I have read it", "base": 1})

    page = sign_in(practitioner).get(before).content.decode()

    assert "Everything is there." in page
    given = {"says": "yes", "words": "“Yes.”", "wants_goal": "no"}
    choose = reverse("choose_programme", args=[case.reference, STEP])
    client.post(choose, given)
    step = Offer.objects.get()
    say(SafetyCheck.objects.get(), says="stop", by=supervisor, at=step.at + timedelta(minutes=1))
    assert "It stands still" in client.get(step.get_absolute_url()).content.decode()


def test_a_mentor_finds_nothing_of_it(case, check, mentor, practitioner, sign_in, now):
    offer = opened(case, by=practitioner, at=now)
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    client = sign_in(mentor)

    assert client.get(reverse("restorative", args=[case.reference])).status_code == 404
    assert client.get(offer.get_absolute_url()).status_code == 404
    listed = client.get(reverse("case_programmes", args=[case.reference])).content.decode()
    assert offer.get_absolute_url() not in listed


def test_nobody_carries_a_paper_about_it(case, check, practitioner, sign_in, now):
    offer = opened(case, by=practitioner, at=now)

    assert sign_in(practitioner).get(reverse("programme_pdf", args=[offer.pk])).status_code == 404


def test_a_stranger_finds_nothing(case, check, stranger, sign_in):
    client = sign_in(stranger)

    for name in ("restorative", "restorative_consent", "restorative_person"):
        assert client.post(reverse(name, args=[case.reference])).status_code == 404


def test_what_was_typed_stands_beside_what_somebody_else_kept(case, check, practitioner, sign_in):
    sent = {**ANSWERS, "facilitator": "Somebody Else", "base": 0}

    page = sign_in(practitioner).post(reverse("restorative", args=[case.reference]), sent).content.decode()

    assert "Somebody Else" in page
    assert "Marta Ferrow" in page


def test_without_authority_for_offences_nothing_is_written_and_nothing_is_shown(
    case, authority, supervisor, practitioner, administrator, now
):
    answered = actions.answer_check(case, base=0, by=practitioner, at=now, **ANSWERS)
    assert SafetyCheck.objects.visible_to(practitioner).filter(pk=answered.pk).exists()

    sharing.end_basis(authority, ends=now.date(), by=administrator, at=now)

    assert not SafetyCheck.objects.visible_to(practitioner).exists()
    with pytest.raises(Refused):
        actions.answer_check(case, base=1, by=practitioner, at=now, **ANSWERS)
