"""The people in somebody's corner."""

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.corner import actions, drawing
from r2com.corner.models import Supporter

JOSS = {"name": "Uncle Joss", "relation": "Uncle", "ring": "1", "helps": "A sofa", "phone": "5550192"}
POSTED = {**JOSS, "contact": "yes", "base": 0}


@pytest.fixture
def joss(case, practitioner, now):
    return actions.name(case, **JOSS, contact="yes", by=practitioner, at=now)


def test_somebody_is_named_and_stands_in_the_circle_and_in_the_list(sign_in, practitioner, case):
    client = sign_in(practitioner)

    answer = client.post(reverse("add_supporter", args=[case.reference]), POSTED)
    page = client.get(reverse("corner", args=[case.reference])).content.decode()

    assert answer.status_code == 302
    assert page.count("Uncle Joss") == 3  # on a bead, in the words of the drawing, in the list
    assert "5550192" in page
    assert Event.objects.filter(name="supporter.named", by=practitioner.pk).exists()


def test_before_anybody_is_named_the_page_says_what_to_ask(sign_in, practitioner, case):
    page = sign_in(practitioner).get(reverse("corner", args=[case.reference])).content.decode()

    assert "who would you ring at midnight" in page


def test_the_number_of_somebody_who_is_left_out_is_not_shown(sign_in, practitioner, case, now):
    actions.name(case, **JOSS, contact="no", by=practitioner, at=now)

    page = sign_in(practitioner).get(reverse("corner", args=[case.reference])).content.decode()

    assert "leave them out of it" in page
    assert "5550192" not in page


def test_names_are_sealed(joss):
    row = Supporter.objects.filter(pk=joss.pk).values().get()

    assert not any(b"Joss" in value for value in row.values() if isinstance(value, bytes))
    assert not any("Joss" in value for value in row.values() if isinstance(value, str))


def test_two_people_who_write_at_once_both_see_what_the_other_wrote(sign_in, practitioner, joss, now):
    actions.correct(joss, base=1, **{**JOSS, "helps": "A bed"}, contact="ask", by=practitioner, at=now)

    page = sign_in(practitioner).post(
        reverse("supporter", args=[joss.pk]), {**POSTED, "helps": "A couch", "base": 1}
    )

    assert "A bed" in page.content.decode()
    assert "A couch" in page.content.decode()
    with pytest.raises(Changed):
        actions.correct(joss, base=1, **JOSS, contact="ask", by=practitioner, at=now)


def test_somebody_leaves_the_corner_and_comes_back(sign_in, practitioner, joss, case):
    client, page = sign_in(practitioner), reverse("corner", args=[case.reference])

    client.post(reverse("let_go", args=[joss.pk]))
    without = client.get(page)
    client.post(reverse("take_back_in", args=[joss.pk]))

    assert without.context["left"] == [joss]
    assert client.get(page).context["left"] == []


def test_a_mentor_reads_and_does_not_write(sign_in, practitioner, mentor, joss, case, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=case.opened_at)
    client = sign_in(mentor)

    page = client.get(reverse("corner", args=[case.reference]))

    assert "Uncle Joss" in page.content.decode()
    assert "Add somebody" not in page.content.decode()
    assert client.get(reverse("supporter", args=[joss.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.let_go(joss, by=mentor, at=now)


def test_a_stranger_and_a_colleague_outside_the_case_find_nothing(sign_in, stranger, colleague, joss, case):
    for somebody in (stranger, colleague):
        client = sign_in(somebody)
        assert client.get(reverse("corner", args=[case.reference])).status_code == 404
        assert client.get(reverse("supporter", args=[joss.pk])).status_code == 404
        assert client.post(reverse("let_go", args=[joss.pk])).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(sign_in, practitioner, case, joss, now, count_queries):
    client, page = sign_in(practitioner), reverse("corner", args=[case.reference])
    with count_queries() as one:
        client.get(page)
    for number in range(50):
        actions.name(case, **{**JOSS, "name": f"Friend {number}"}, contact="ask", by=practitioner, at=now)

    with count_queries() as many:
        client.get(page)

    assert len(one.asked) == len(many.asked) <= 6


def test_the_circle_is_the_same_on_paper(case, joss):
    paper = str(drawing.picture([joss], "Milo", standalone=True))

    assert "Uncle Joss" in paper
    assert "class=" not in paper
