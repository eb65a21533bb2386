"""Today, the people I support, and the person's page."""

from datetime import timedelta

import pytest

from r2com.assessments import actions as assessments
from r2com.assessments.models import HandingIn
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.plans import actions as plans
from r2com.plans.models import Step
from r2com.tasks import actions as tasks

from .. import factories


@pytest.fixture
def busy(practitioner, team, now):
    """Makes more people with a task each."""

    def made(many):
        for number in range(many):
            case = factories.case(
                team, by=practitioner, name=f"Person Number{number}", at=now - timedelta(hours=number)
            )
            tasks.promise(
                case, words=f"Ring {number}", owner=practitioner, due=now.date(), by=practitioner, at=now
            )

    return made


def test_today_shows_my_people_and_what_is_due_and_nobody_elses(sign_in, practitioner, colleague, case, now):
    tasks.promise(case, words="Ring the bank", owner=practitioner, due=now.date(), by=practitioner, at=now)

    mine = sign_in(practitioner).get("/").content.decode()
    theirs = sign_in(colleague).get("/").content.decode()

    assert "Milo Fernweh" in mine
    assert "Ring the bank" in mine
    assert "Milo" not in theirs
    assert "Ring the bank" not in theirs


def test_the_persons_page_opens_for_the_worker_and_is_nothing_for_others(
    sign_in, practitioner, colleague, stranger, case
):
    assert "Milo Fernweh" in sign_in(practitioner).get(case.get_absolute_url()).content.decode()
    for other in (colleague, stranger):
        assert sign_in(other).get(case.get_absolute_url()).status_code == 404


def test_page_titles_name_nobody(sign_in, practitioner, case):
    page = sign_in(practitioner).get(case.get_absolute_url()).content.decode()

    title = page[page.index("<title>") : page.index("</title>")]

    assert "Milo" not in title
    assert "Fernweh" not in title


def test_opening_a_record_is_on_the_trail_before_the_page_is_made(sign_in, practitioner, case, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the page broke")

    client = sign_in(practitioner)
    client.raise_request_exception = False
    monkeypatch.setattr("r2com.cases.frame.page", broken)

    client.get(case.get_absolute_url())

    assert Event.objects.filter(name="record.opened", by=practitioner.pk, case=case.pk).count() == 1


def test_an_unseen_record_leaves_no_reading_on_the_trail(sign_in, stranger, case):
    sign_in(stranger).get(case.get_absolute_url())

    assert not Event.objects.filter(name="record.opened", by=stranger.pk, case=case.pk).exists()


@pytest.fixture
def busy_for(practitioner, mentor, busy, now):
    """Makes more people whom this role sees."""

    def made(role, many):
        busy(many)
        for case in Case.objects.all() if role == "mentor" else []:
            cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    return made


@pytest.mark.parametrize("role", ["practitioner", "supervisor", "mentor", "administrator"])
@pytest.mark.parametrize("address", ["/", "/people/"])
def test_lists_ask_the_same_number_of_queries_at_one_and_at_fifty_for_every_role(
    request, sign_in, role, busy_for, address, count_queries
):
    busy_for(role, 1)
    client = sign_in(request.getfixturevalue(role))
    with count_queries() as few:
        client.get(address)
    busy_for(role, 49)

    with count_queries() as many:
        client.get(address)

    assert many.asked == few.asked
    assert len(many.asked) <= 6


def test_finding_asks_the_same_number_of_queries_whomever_it_finds(
    sign_in, practitioner, busy, count_queries
):
    busy(2)
    client = sign_in(practitioner)
    found = client.post("/people/", {"name": "Person Number1"}).url
    with count_queries() as few:
        client.get(found)
    busy(30)

    with count_queries() as many:
        page = client.get(found).content.decode()

    assert page.count('<li><p class="when">') > 1
    assert len(many.asked) == len(few.asked) <= 6


def search(client, name: str) -> str:
    return client.post("/people/", {"name": name}, follow=True).content.decode()


def test_somebody_is_found_among_my_people_by_a_name_like_theirs(sign_in, practitioner, supervisor, case):
    for user in (practitioner, supervisor):
        for name in ("Milo Fernweh", "fernweh, milo", "Mylo Fernwey"):
            assert case.reference in search(sign_in(user), name)


def test_nobody_is_found_who_is_not_mine(sign_in, colleague, stranger, practitioner, case):
    for user in (colleague, stranger):
        page = search(sign_in(user), "Milo Fernweh")
        assert case.reference not in page
        assert "Nobody found" in page
    assert "Nobody found" in search(sign_in(practitioner), "Oda")


def test_the_name_one_looks_for_is_in_no_address_and_not_on_the_trail(sign_in, practitioner, case):
    client = sign_in(practitioner)
    answer = client.post("/people/", {"name": "Milo Fernweh"})
    page = client.get(answer.url)

    assert answer.url == "/people/?show=found"
    assert "Milo" not in str(answer.headers) + str(page.headers)
    read = Event.objects.filter(name="record.opened", by=practitioner.pk).latest("at")
    assert read.facts == {"page": "people", "cases": [str(case.pk)]}


def test_the_way_back_leads_to_the_people_who_were_found(sign_in, practitioner, case, busy):
    busy(2)
    client = sign_in(practitioner)
    search(client, "Milo Fernweh")
    client.get(case.get_absolute_url())

    page = client.get("/people/?show=found").content.decode()

    assert case.reference in page
    assert page.count('<li><p class="when">') == 1
    assert 'value="Milo Fernweh"' in page
    assert page_of_everybody(client) > 1


def page_of_everybody(client) -> int:
    return client.get("/people/").content.decode().count('<li><p class="when">')


def test_whoever_looked_for_nobody_sees_everybody_there(sign_in, practitioner, colleague, case):
    search(sign_in(colleague), "Oda")

    page = sign_in(practitioner).get("/people/?show=found").content.decode()

    assert case.reference in page
    assert "With a name like the one you typed." not in page


def test_the_name_one_looked_for_lies_sealed_in_the_session(sign_in, practitioner, case):
    client = sign_in(practitioner)
    search(client, "Milo Fernweh")

    held = dict(client.session.items())

    assert held["searched"]
    assert "Milo" not in str(held)
    assert b"Milo".hex() not in held["searched"]


def test_whoever_types_no_name_is_told_so_and_sees_everybody(sign_in, practitioner, case):
    page = sign_in(practitioner).post("/people/", {"name": ""}).content.decode()

    assert "Fill in “Find somebody by name”." in page
    assert case.reference in page


def test_today_shows_what_is_due_first_and_says_that_it_goes_on(sign_in, practitioner, busy):
    busy(52)

    page = sign_in(practitioner).get("/").content.decode()

    assert page.count("Promised · <a") == 50
    assert "More is promised for the days after these." in page
    assert "?after=" in page


def test_today_asks_a_supervisor_no_more_queries_however_much_waits(
    sign_in, supervisor, practitioner, busy, count_queries, published, now
):
    client = sign_in(supervisor)
    busy(12)
    for case in Case.objects.all():
        assessment = assessments.begin(case, kind="full", by=practitioner, at=now)
        HandingIn(assessment=assessment, by=practitioner, at=now).save(force_insert=True)

    with count_queries() as counted:
        page = client.get("/").content.decode()

    assert page.count("from Ines Lindqvarn") == 12
    assert len(counted.asked) <= 6, "\n".join(counted.asked)


def test_the_persons_page_asks_at_most_twelve_queries_however_much_there_is(
    sign_in, practitioner, case, planned, now, count_queries
):
    client = sign_in(practitioner)
    with count_queries() as few:
        client.get(case.get_absolute_url())
    assessments.begin(case, kind="full", by=practitioner, at=now)
    for number in range(50):
        task = tasks.promise(
            case, words=f"Ring {number}", owner=practitioner, due=now.date(), by=practitioner, at=now
        )
        if number % 2:
            tasks.finish(task, words="Done", by=practitioner, at=now)

    with count_queries() as many:
        client.get(case.get_absolute_url())

    assert len(many.asked) <= 12, "\n".join(many.asked)
    assert len(many.asked) - len(few.asked) <= 3, "an assessment adds what belongs to it, tasks add nothing"


def test_a_task_is_done_and_leaves_today(sign_in, practitioner, case, now):
    task = tasks.promise(
        case, words="Ring the bank", owner=practitioner, due=now.date(), by=practitioner, at=now
    )
    client = sign_in(practitioner)

    client.post(f"/tasks/{task.pk}/", {"go": "done", "words": "They said yes"})

    assert "Ring the bank" not in client.get("/").content.decode()
    assert "They said yes" in client.get(f"/tasks/{task.pk}/").content.decode()


def test_a_task_of_somebody_else_is_nothing(sign_in, practitioner, colleague, case, now):
    task = tasks.promise(
        case, words="Ring the bank", owner=practitioner, due=now.date(), by=practitioner, at=now
    )

    assert sign_in(colleague).get(f"/tasks/{task.pk}/").status_code == 404


@pytest.fixture
def planned(case, practitioner, published, now):
    """A plan with one step for the practitioner, today."""
    plan = plans.begin(case, None, by=practitioner, at=now)
    step = plans.NextStep("Hand in the form", "Milo, Ines", practitioner, now.date())
    goal = {"words": "A room", "item": "A1", "strength_item": "E1", "helps": "", "steps": [step]}
    plans.add_goal(plan, **goal, by=practitioner, at=now)
    return Step.objects.get()


def test_a_step_of_the_plan_stands_on_today_until_it_is_done(sign_in, practitioner, planned):
    client = sign_in(practitioner)
    assert "Hand in the form" in client.get("/").content.decode()

    client.post(f"/plans/steps/{planned.pk}/done/")

    assert "Hand in the form" not in client.get("/").content.decode()
    assert Event.objects.filter(name="step.done", by=practitioner.pk).count() == 1


def test_nobody_else_finishes_a_step(sign_in, colleague, stranger, planned):
    for other in (colleague, stranger):
        assert sign_in(other).post(f"/plans/steps/{planned.pk}/done/").status_code == 404
    assert not Step.objects.get().is_done
