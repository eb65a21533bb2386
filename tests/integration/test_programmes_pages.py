"""The pages of programmes: read, ask, write about a meeting, rest, end, print."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.content import folder
from r2com.core import programmes as core
from r2com.drafts.models import Draft
from r2com.programmes import actions, library, paper, reading
from r2com.programmes.models import Offer, SessionEntry
from tests.unit.test_pdf import opened, says


@pytest.fixture
def offer(case, published, practitioner, now):
    given = {"programme": "mentoring", "says": "yes", "words": "“Let’s see.”", "leader": practitioner}
    return actions.choose(case, **given, first_on=now.date(), by=practitioner, at=now)


@pytest.fixture
def pages(practitioner, sign_in):
    return sign_in(practitioner)


def write(offer, *, session, by, at, **more):
    given = {"what": "held", "day": at.date(), "base": 0, **more}
    return actions.write_session(offer, session=session, **given, by=by, at=at)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "pt"])
def test_everything_that_comes_with_the_software_can_be_read(pages, practitioner, language):
    practitioner.language = language
    practitioner.save(update_fields=["language"])
    pages.cookies["django_language"] = language

    assert pages.get(reverse("programmes")).status_code == 200
    for id in library.ids():
        programme = library.newest(id).in_language(language)
        assert pages.get(reverse("programme", args=[id])).status_code == 200
        assert programme.status in ("Draft, not evaluated", "Rascunho, não avaliado")
        assert not programme.gaps


def test_an_unknown_programme_is_not_there(pages, case, published):
    assert pages.get(reverse("programme", args=["nothing"])).status_code == 404
    assert pages.get(reverse("choose_programme", args=[case.reference, "nothing"])).status_code == 404


def test_choosing_in_a_page_makes_the_goal_they_want(case, published, pages):
    address = reverse("choose_programme", args=[case.reference, "mentoring"])
    assert "Somebody I can go places with" in text(pages.get(address))
    given = {"says": "yes", "words": "“All right.”", "wants_goal": "yes"}
    given |= {"goal_words": "Somebody who turns up", "item": "E5", "strength_item": "E4", "steps": "Meet\nGo"}

    answer = pages.post(address, given)

    offer = Offer.objects.get()
    assert answer.url == offer.get_absolute_url()
    assert [step.words for step in offer.goal.steps.all()] == ["Meet", "Go"]
    assert not Draft.objects.exists()


def test_a_goal_that_is_half_said_is_asked_for_and_nothing_typed_is_lost(case, published, pages):
    address = reverse("choose_programme", args=[case.reference, "mentoring"])
    given = {"says": "yes", "words": "“All right.”", "wants_goal": "yes", "goal_words": "Somebody"}

    page = text(pages.post(address, given))

    assert "Fill this in" in page
    assert "“All right.”" in page
    assert not Offer.objects.exists()


def test_a_no_leads_back_and_stands_there(case, published, pages):
    address = reverse("choose_programme", args=[case.reference, "mentoring"])

    answer = pages.post(address, {"says": "no", "words": "“Not with a stranger.”", "wants_goal": "no"})

    assert "said no" in text(pages.get(answer.url))
    assert "“Not with a stranger.”" in text(pages.get(Offer.objects.get().get_absolute_url()))


def test_writing_about_a_meeting_and_what_comes_next(offer, pages, today):
    address = reverse("programme_session", args=[offer.pk, "choosing"])
    given = {"base": 1, "what": "held", "day": today.isoformat(), "took": "A name", "note": "Sat outside"}

    answer = pages.post(address, given)
    page = text(pages.get(answer.url))

    assert "A name" in page
    assert "Next: The first meeting, the three of us. No day has been set yet." in page


def test_what_somebody_else_wrote_meanwhile_is_shown_and_a_second_press_adds_to_it(
    offer, pages, practitioner, now
):
    address = reverse("programme_session", args=[offer.pk, "first"])
    write(offer, session="first", note="Theirs", by=practitioner, at=now)
    given = {"base": 0, "what": "held", "day": now.date().isoformat(), "note": "Mine"}

    page = text(pages.post(address, given))
    assert "Theirs" in page
    assert "Mine" in page
    pages.post(address, {**given, "base": 1})

    assert SessionEntry.objects.filter(session="first").count() == 2


def test_a_meeting_that_is_not_in_it_is_not_there(offer, pages):
    assert pages.get(reverse("programme_session", args=[offer.pk, "gave"])).status_code == 404


def test_resting_and_ending_in_pages(offer, pages):
    pages.post(reverse("pause_programme", args=[offer.pk]), {"reason": "away", "words": "Hospital"})
    assert "Paused" in text(pages.get(offer.get_absolute_url()))
    pages.post(reverse("resume_programme", args=[offer.pk]))

    pages.post(reverse("end_programme", args=[offer.pk]), {"reason": "person", "words": "Enough now"})

    page = text(pages.get(offer.get_absolute_url()))
    assert "The person wants to stop" in page
    assert "Enough now" in page


def test_taking_up_what_does_not_rest_says_so(offer, pages):
    answer = pages.post(reverse("resume_programme", args=[offer.pk]), follow=True)

    assert "It is not paused." in text(answer)


def test_a_mentor_writes_but_reads_no_note_of_others_and_ends_nothing(
    case, offer, mentor, practitioner, sign_in, now
):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    write(offer, session="first", note="For case workers", by=practitioner, at=now)
    client = sign_in(mentor)

    page = text(client.get(offer.get_absolute_url()))

    assert "For case workers" not in page
    assert reverse("programme_session", args=[offer.pk, "agreement"]) in page
    write(offer, session="agreement", note="My own note", by=mentor, at=now)
    assert "My own note" in text(client.get(offer.get_absolute_url()))
    for name in ("pause_programme", "end_programme", "resume_programme"):
        assert client.post(reverse(name, args=[offer.pk])).status_code == 404
    assert client.get(reverse("choose_programme", args=[case.reference, "mentoring"])).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_whoever_does_not_work_with_the_person_finds_nothing(case, offer, who, request, sign_in):
    client = sign_in(request.getfixturevalue(who))

    for name in ("chosen_programme", "pause_programme", "end_programme", "programme_pdf"):
        assert client.get(reverse(name, args=[offer.pk])).status_code == 404
    assert client.get(reverse("case_programmes", args=[case.reference])).status_code == 404
    assert client.get(reverse("programme_session", args=[offer.pk, "first"])).status_code == 404


def test_the_paper_speaks_to_the_person_in_their_language_and_carries_no_note(
    case, offer, pages, practitioner, now
):
    write(offer, session="first", note="For case workers", by=practitioner, at=now)
    case.person.language = "pt"
    case.person.save()

    answer = pages.get(reverse("programme_pdf", args=[offer.pk]))

    assert answer["Cache-Control"] == "no-store"
    assert opened(answer.content).open_metadata()["pdfuaid:part"] == "1"
    assert says(answer.content, "Caminhar ao lado")
    assert says(answer.content, "Lantern")
    assert not says(answer.content, "For case workers")


def test_what_is_left_out_is_not_on_the_paper(offer, practitioner, now):
    write(offer, session="ordinary", what="dropped", day=None, by=practitioner, at=now)

    course = reading.course(Offer.objects.whole().get())
    titles = [one["title"] for one in paper.words(course, by=practitioner, at=now)["meetings"]]

    assert "An ordinary afternoon" not in titles
    assert len(titles) == 8


def test_a_list_asks_as_few_queries_at_many_meetings_as_at_one(
    case, offer, pages, practitioner, now, count_queries
):
    addresses = [offer.get_absolute_url(), reverse("case_programmes", args=[case.reference])]
    pages.get(addresses[0])
    before = [_asked(pages, address, count_queries) for address in addresses]
    for number in range(30):
        write(
            offer, session="last", base=number, note="n", by=practitioner, at=now + timedelta(seconds=number)
        )

    after = [_asked(pages, address, count_queries) for address in addresses]

    assert [len(asked) for asked in after] == [len(asked) for asked in before]
    assert all(len(asked) <= 12 for asked in after), after


def test_every_programme_of_ours_has_its_sources_and_its_draft_word():
    for id in library.ids():
        definition, languages = library.packaged(id)
        assert core.faults(definition, languages) == []
        assert set(languages) == {"pt"}
        assert definition["sources"]
        assert definition["status"] == "Draft, not evaluated"
        assert definition["version"] in [e.name for e in folder("programmes", id).iterdir()]


def _asked(pages, address, count_queries):
    with count_queries() as counted:
        pages.get(address)
    return counted.asked
