"""What a mentor, a colleague at the same browser, a thief of a password or a page elsewhere might try."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from r2com.access.roles import Role
from r2com.accounts.models import Session
from r2com.assessments import actions as assessments
from r2com.assessments.actions import Sense
from r2com.assessments.models import Assessment, Box, Future, HandingIn
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.organisations import actions as organisations
from r2com.people import actions as people
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.plans.models import Step, StepDone
from r2com.tasks import actions as tasks
from r2com.tasks.models import Done, Task
from tests import factories
from tests.integration.test_sign_in import code

SENSITIVE, OPEN = "G1", "A1"


@pytest.fixture
def friend(mentor, practitioner, case, now):
    """A mentor who walks beside Milo."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=1))
    return mentor


@pytest.fixture
def assessment(case, published, practitioner, now):
    return assessments.begin(case, kind="full", by=practitioner, at=now)


@pytest.fixture
def title(assessment):
    """How a sensitive item is called."""
    return instrument_of(assessment, "en").item(SENSITIVE).title


@pytest.fixture
def question(assessment, practitioner, now):
    """A sensitive item was left open, so there is a question about it."""
    item = instrument_of(assessment, "en").item(SENSITIVE)
    return assessments.leave_open(
        assessment, item, base=0, owner=practitioner, due=None, by=practitioner, at=now
    )


# What a mentor does not see: that sensitive items exist


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_a_question_about_a_sensitive_item_is_there_for_those_who_read_such(
    sign_in, request, who, case, question, title
):
    client = sign_in(request.getfixturevalue(who))

    assert title in client.get(f"/people/{case.reference}/").text
    assert client.get(f"/tasks/{question.pk}/").status_code == 200


@pytest.mark.parametrize("is_done", [False, True])
def test_for_a_mentor_a_question_about_a_sensitive_item_does_not_exist(
    sign_in, friend, practitioner, case, question, title, now, is_done
):
    if is_done:
        tasks.finish(question, by=practitioner, at=now)
    client = sign_in(friend)

    assert title not in client.get(f"/people/{case.reference}/").text
    assert client.get(f"/tasks/{question.pk}/").status_code == 404
    assert client.post(f"/tasks/{question.pk}/", {"go": "done"}).status_code == 404


def test_other_questions_and_promises_are_there_for_a_mentor(sign_in, friend, practitioner, case, now, today):
    tasks.promise(case, words="Bring the boxing gloves", owner=friend, due=today, by=practitioner, at=now)

    assert "Bring the boxing gloves" in sign_in(friend).get("/").text


def test_a_question_about_a_sensitive_item_goes_only_to_somebody_who_reads_such(
    sign_in, friend, practitioner, question, today
):
    client = sign_in(practitioner)
    given = {"go": "move", "due": today.isoformat()}

    refused = client.post(f"/tasks/{question.pk}/", {**given, "owner": friend.pk})
    moved = client.post(f"/tasks/{question.pk}/", {**given, "owner": practitioner.pk})

    assert (refused.status_code, moved.status_code) == (200, 302)
    assert Task.objects.get().owner == practitioner


@pytest.fixture
def sense(assessment, question, practitioner, now):
    """One box rests on a sensitive item, the others on an open one."""
    boxes = {str(box): ("Still waits for an answer", [OPEN]) for box in Box}
    boxes["draws"] = ("The letter that never came back", [OPEN, SENSITIVE])
    futures = {str(future): ("signs", "who", "what") for future in Future}
    made = Sense(boxes, futures, [OPEN, SENSITIVE], [SENSITIVE], "standard", 2, "Because.")
    return assessments.make_sense(assessment, made, base=0, by=practitioner, at=now)


@pytest.mark.parametrize("page", ["sense", "print"])
def test_the_formulation_and_the_whole_print_are_not_there_for_a_mentor(
    sign_in, friend, supervisor, assessment, sense, page
):
    address = f"/assessments/{assessment.pk}/{page}/"

    assert sign_in(supervisor).get(address).status_code == 200
    assert sign_in(friend).get(address).status_code == 404


def test_no_page_offers_a_mentor_what_is_not_there_for_them(sign_in, friend, case, assessment, sense):
    client = sign_in(friend)

    for address in (
        f"/assessments/{assessment.pk}/",
        f"/assessments/{assessment.pk}/map/",
        case.get_absolute_url(),
    ):
        page = client.get(address).text
        assert "make-sense" not in page
        assert "/sense/" not in page
        assert "/print/" not in page


@pytest.fixture
def returned(assessment, sense, supervisor, practitioner, now):
    """The supervisor returned it, and named a sensitive item in the comments."""
    HandingIn.objects.create(assessment=assessment, by=practitioner, at=now)
    found = Assessment.objects.get()
    return assessments.give_back(found, comments="Look at the grievance again", by=supervisor, at=now)


@pytest.mark.parametrize(("who", "expected"), [("practitioner", True), ("friend", False)])
def test_a_mentor_does_not_read_what_the_supervisor_wrote_to_the_worker(
    sign_in, request, who, expected, assessment, returned
):
    body = sign_in(request.getfixturevalue(who)).get(f"/assessments/{assessment.pk}/").text

    assert ("Look at the grievance again" in body) is expected


# A second factor cannot be borrowed


@pytest.fixture
def newcomer(team, now):
    cache.clear()
    return factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)


def with_password_alone(user):
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": factories.PASSWORD})
    assert client.get("/").url == "/account/second-factor/"
    return client


def set_up_app(client, callbacks):
    key = client.get("/account/second-factor/app/").context["form"].secret
    with callbacks(execute=True):
        client.post("/account/second-factor/app/", {"code": code(key)})


def test_who_got_in_with_a_password_alone_is_out_once_a_second_factor_is_set_up(
    newcomer, django_capture_on_commit_callbacks
):
    thief, owner = with_password_alone(newcomer), with_password_alone(newcomer)

    set_up_app(owner, django_capture_on_commit_callbacks)

    assert owner.get("/").status_code == 200
    assert thief.get("/").url.startswith("/sign-in/")
    assert thief.get("/account/second-factor/codes/").url.startswith("/sign-in/")
    assert Session.objects.filter(user=newcomer).count() == 1


# Two people at one browser


@pytest.fixture
def worker(newcomer):
    TOTP.activate(newcomer, generate_totp_secret())
    RecoveryCodes.activate(newcomer)
    return newcomer


def typed_too_late(client, user):
    """Somebody writes a form, and sends it when their session has run out."""
    factories.sign_in(client, user).get("/door/")
    Session.objects.all().delete()
    client.post("/door/", {"step": "search", "name": "Milo Fernweh"})


def test_words_that_came_too_late_wait_for_whoever_wrote_them(client, practitioner):
    typed_too_late(client, practitioner)

    body = factories.sign_in(client, practitioner).get("/door/").text

    assert "Milo Fernweh" in body


def test_words_that_came_too_late_are_not_shown_to_the_next_person_at_the_browser(
    client, practitioner, colleague
):
    typed_too_late(client, practitioner)

    body = factories.sign_in(client, colleague).get("/door/").text

    assert "Milo Fernweh" not in body
    assert "parked" not in client.session


def test_choosing_a_language_on_the_way_back_loses_no_words(client, practitioner):
    typed_too_late(client, practitioner)
    client.post("/language/", {"language": "en", "next": "/sign-in/"})

    body = factories.sign_in(client, practitioner).get("/door/").text

    assert "Milo Fernweh" in body


# A page elsewhere


@pytest.mark.parametrize(
    ("site", "expected"), [("same-origin", True), ("none", True), ("cross-site", False), ("same-site", False)]
)
def test_only_our_own_pages_empty_the_browser(client, site, expected):
    answer = client.get("/leave/", headers={"Sec-Fetch-Site": site})

    assert ("Clear-Site-Data" in answer) is expected


# Twice at the same moment


def test_a_task_is_done_once_however_often_it_is_sent(case, practitioner, now, today):
    task = tasks.promise(case, words="Ring", owner=practitioner, due=today, by=practitioner, at=now)
    here, there = (Task.objects.select_related("done").get(pk=task.pk) for _ in range(2))

    tasks.finish(here, words="Rang", by=practitioner, at=now)
    done = tasks.finish(there, words="Rang again", by=practitioner, at=now)

    assert done.words == "Rang"
    assert Done.objects.count() == Event.objects.filter(name="task.done").count() == 1


def test_a_step_is_done_once_however_often_it_is_sent(case, published, practitioner, now):
    plan = plans.begin(case, None, by=practitioner, at=now)
    goal = {"words": "A room", "item": "A1", "strength_item": "A1", "steps": [NextStep("Ring")]}
    plans.add_goal(plan, **goal, by=practitioner, at=now)
    here, there = (Step.objects.select_related("done", "goal__plan").get() for _ in range(2))

    for step in (here, there):
        plans.finish_step(step, by=practitioner, at=now)

    assert StepDone.objects.count() == Event.objects.filter(name="step.done").count() == 1


def test_a_yes_is_taken_back_once_however_often_it_is_sent(person, practitioner, now, today):
    notice = person.organisation.notices.filter(language="en").get()
    given = people.give_notice(person, notice, how="read", proof="signed", by=practitioner, at=now)
    purpose, recipient = notice.covers[0]
    entry = person.organisation.list_entries.get(pk=recipient)
    until = today + timedelta(days=90)
    said = {"recipient": entry, "purpose": purpose, "agreed": True, "until": until, "how": "said"}
    choice = people.record_choice(given, **said, by=practitioner, at=now)
    here, there = (type(choice).objects.select_related("withdrawal").get(pk=choice.pk) for _ in range(2))

    for row in (here, there):
        people.withdraw(row, how="said", by=practitioner, at=now)

    assert Event.objects.filter(name="choice.withdrawn").count() == 1


def fresh():
    return Assessment.objects.prefetch_related("handed_in__answer").get()


def test_two_answers_at_once_do_not_both_count(assessment, sense, supervisor, practitioner, now):
    HandingIn.objects.create(assessment=assessment, by=practitioner, at=now)
    here, there = fresh(), fresh()
    assert not here.is_signed_off
    assert not there.is_signed_off

    assessments.sign_off(here, comments="", by=supervisor, at=now)
    with pytest.raises(Refused, match="does not wait"):
        assessments.give_back(there, comments="No", by=supervisor, at=now)

    assert fresh().is_signed_off


def test_nobody_writes_in_what_was_handed_in_a_moment_ago(assessment, sense, practitioner, now):
    here = fresh()
    assert not here.is_handed_in
    HandingIn.objects.create(assessment=assessment, by=practitioner, at=now)

    item = instrument_of(here, "en").item(OPEN)
    with pytest.raises(Refused, match="handed in"):
        assessments.hear(here, item, words="Too late", base=0, by=practitioner, at=now)
    with pytest.raises(Refused, match="handed in"):
        assessments.make_sense(here, Sense({}, {}), base=1, by=practitioner, at=now)


# Who stepped back, and what was read


def test_the_trail_knows_who_stepped_back_for_another(case, practitioner, colleague, now):
    cases.place(case, colleague, part=CaseMember.Part.LEAD, by=practitioner, at=now)

    left = Event.objects.get(name="member.left", case=case.pk)
    assert left.facts["user"] == str(practitioner.pk)


@pytest.mark.parametrize(
    ("address", "facts"),
    [
        ("/people/{case}/profile/", {"page": "person", "address": "profile"}),
        ("/assessments/{assessment}/items/G1/", {"page": "assessments", "address": "item", "item": "G1"}),
    ],
)
def test_the_trail_says_which_page_was_read(sign_in, practitioner, case, assessment, address, facts):
    sign_in(practitioner).get(address.format(case=case.reference, assessment=assessment.pk))

    assert Event.objects.filter(name="record.opened").latest("at").facts == facts


# Who becomes an administrator


def test_a_worker_who_becomes_an_administrator_sees_no_record_any_more(
    sign_in, practitioner, colleague, administrator, case, now
):
    part = CaseMember.Part.DEPUTY
    cases.place(case, colleague, part=part, by=practitioner, at=now - timedelta(hours=1))
    assert sign_in(colleague).get(f"/people/{case.reference}/").status_code == 200

    place = factories.membership(colleague)
    organisations.move(place, role=Role.ADMINISTRATOR, team=None, by=administrator, at=now)

    assert sign_in(colleague).get(f"/people/{case.reference}/").status_code == 404
    assert not Case.objects.visible_to(colleague).exists()


# Partner agencies, mentors and supervisors


@pytest.fixture
def agency(team, now):
    return factories.user("Pia Partnerhouse", Role.PARTNER, team, at=now - timedelta(days=9))


def test_a_partner_agency_sees_a_record_only_while_the_person_says_yes(
    case, agency, practitioner, now, today
):
    with pytest.raises(Refused, match="has not said yes"):
        cases.place(case, agency, part="partner", by=practitioner, at=now)
    choice = factories.yes(case, by=practitioner, at=now)
    cases.place(case, agency, part="partner", by=practitioner, at=now - timedelta(minutes=1))
    assert Case.objects.visible_to(agency).exists()

    people.withdraw(choice, how="said", by=practitioner, at=now)

    assert not Case.objects.visible_to(agency).exists()


def test_a_yes_that_has_ended_shows_a_partner_agency_nothing_more(
    case, agency, practitioner, now, today, time_machine
):
    factories.yes(case, by=practitioner, at=now)
    cases.place(case, agency, part="partner", by=practitioner, at=now - timedelta(minutes=1))

    time_machine.move_to(now + timedelta(days=12))

    assert not Case.objects.visible_to(agency).exists()


@pytest.mark.parametrize("part", ["lead", "deputy"])
def test_somebody_who_may_not_rate_is_not_made_lead_or_deputy(case, friend, practitioner, now, part):
    with pytest.raises(Refused, match="role fits"):
        cases.place(case, friend, part=part, by=practitioner, at=now)


def test_nobody_signs_off_what_they_handed_in(assessment, sense, supervisor, now):
    HandingIn.objects.create(assessment=assessment, by=supervisor, at=now)

    with pytest.raises(Refused, match="Somebody else has to answer"):
        assessments.sign_off(Assessment.objects.get(), comments="", by=supervisor, at=now)


def test_a_mentor_finishes_their_own_tasks_only(sign_in, friend, practitioner, case, now, today):
    theirs = tasks.promise(case, words="Ring", owner=practitioner, due=today, by=practitioner, at=now)
    own = tasks.promise(case, words="Walk", owner=friend, due=today, by=practitioner, at=now)
    client = sign_in(friend)

    assert client.post(f"/tasks/{theirs.pk}/", {"go": "done"}).status_code == 404
    assert client.post(f"/tasks/{own.pk}/", {"go": "done"}).status_code == 302


def test_no_message_waits_in_the_browser(sign_in, practitioner, assessment):
    client = sign_in(practitioner)

    client.post(f"/assessments/{assessment.pk}/items/G1/not-known/")

    assert "messages" not in client.cookies
