"""The two forms of ours beside the guide: the person's own view, and our practice from above."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.assessments import actions as assessments
from r2com.assessments.models import Rating
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.config import installation
from r2com.core import instruments as engine
from r2com.core.refusals import Refused
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import OURS, packaged
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.questionnaires import actions, paper, practice, reading
from r2com.questionnaires.models import Chosen, Ending, Questionnaire

VIEW, PRACTICE = "my-own-view", "practice-helicopter-view"


@pytest.fixture
def ours(db, now):
    installation.publish_ours(at=now)
    return {one.instrument: one for one in PublishedInstrument.objects.all()}


@pytest.fixture
def told(case, practitioner, now):
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    return people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)


@pytest.mark.parametrize("name", [VIEW, PRACTICE])
def test_they_are_sound_and_say_that_they_are_drafts(name):
    definition, languages = packaged(name)

    assert engine.faults(definition, languages) == []
    assert "not validated" in definition["disclaimer"]
    assert languages["pt"]["questions"].keys() == {one["id"] for one in definition["questions"]}


@pytest.mark.parametrize("name", [VIEW, PRACTICE])
def test_nobody_is_asked_for_a_number_and_nothing_is_owed(name):
    definition, _languages = packaged(name)

    kinds = {one["kind"] for one in definition["questions"]}
    assert kinds <= {"note", "one", "many", "long_text"}
    assert not any(one.get("required") for one in definition["questions"])


def test_publishing_ours_again_changes_nothing(ours, now):
    installation.publish_ours(at=now)

    assert sorted(one.instrument for one in PublishedInstrument.objects.all()) == sorted(OURS)


def test_the_own_view_goes_through_every_area_and_may_stay_empty(
    sign_in, ours, case, told, practitioner, now
):
    begun = actions.begin(case, published=ours[VIEW], by=practitioner, at=now)

    client = sign_in(practitioner)
    pages = [client.get(reverse("questionnaire_page", args=[begun.pk, number])) for number in range(1, 11)]
    actions.finish(begun, by=practitioner, at=now)
    assert "Nothing happens by itself" in pages[0].content.decode()
    assert all(page.status_code == 200 for page in pages)


def test_the_own_view_is_only_for_a_person_who_was_told(ours, case, practitioner, now):
    with pytest.raises(actions.Refused, match="Explain first"):
        actions.begin(case, published=ours[VIEW], by=practitioner, at=now)


def test_our_practice_is_looked_at_without_any_case(ours, case, supervisor, practitioner, now):
    begun = actions.look_at_practice(case.organisation, published=ours[PRACTICE], by=supervisor, at=now)

    assert begun.case is None
    assert reading.guide_of(begun).for_whom == "organisation"
    with pytest.raises(actions.Refused):
        actions.begin(case, published=ours[PRACTICE], by=practitioner, at=now)


@pytest.fixture
def alone(ours, case, told, practitioner, now):
    return actions.begin(case, published=ours[VIEW], by=practitioner, at=now)


def said(questionnaire, answers, by, at):
    current = Questionnaire.objects.get(pk=questionnaire.pk)
    given = {"names": set(answers), "base": current.mark(set(answers)), "position": 1}
    actions.keep(current, answers=answers, **given, by=by, at=at)
    actions.finish(current, by=by, at=at)
    return Questionnaire.objects.whole().get(pk=questionnaire.pk)


def test_a_person_alone_sees_the_questions_and_no_way_to_anybody_else(sign_in, alone, practitioner):
    client, second = sign_in(practitioner), reverse("questionnaire_page", args=[alone.pk, 2])

    shown = client.get(second).content.decode()
    base = client.get(second).context["form"].initial["base"]
    after = client.post(second, {"base": base, "go": "stop", "a/A_place": "fine"})

    assert "page 2 of 10" in shown
    for elsewhere in ("today", "people", "mfa_index"):
        assert f'href="{reverse(elsewhere)}"' not in shown
    assert after.url == reverse("thank_you", args=[alone.pk])
    assert "Give the device back" in client.get(after.url).content.decode()
    assert Questionnaire.objects.get().answers == {"A_place": "fine"}


def test_only_who_may_write_is_thanked_and_only_after_a_form_of_ones_own(
    sign_in, alone, ours, stranger, supervisor, case, now
):
    practice = actions.look_at_practice(case.organisation, published=ours[PRACTICE], by=supervisor, at=now)

    assert sign_in(stranger).get(reverse("thank_you", args=[alone.pk])).status_code == 404
    assert sign_in(supervisor).get(reverse("thank_you", args=[practice.pk])).status_code == 404


def test_what_they_said_is_read_beside_the_items_of_that_area_and_rates_nothing(
    sign_in, alone, case, practitioner, stranger, now
):
    talk = assessments.begin(case, kind="first_look", by=practitioner, at=now)
    said(alone, {"A_place": "hard", "A_words": "A door that shuts."}, practitioner, now)
    client, area = sign_in(practitioner), reverse("own_view", args=[case.reference, "A"])

    item = client.get(reverse("item", args=[talk.pk, "A1"])).content.decode()

    assert area in item
    assert "A door that shuts." in client.get(area).content.decode()
    none = client.get(reverse("own_view", args=[case.reference, "Z"])).content.decode()
    assert "Nothing about this area yet" in none
    assert sign_in(stranger).get(area).status_code == 404
    assert not Rating.objects.exists()


def test_a_mentor_does_not_read_the_own_view(sign_in, alone, case, mentor, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    assert sign_in(mentor).get(reverse("own_view", args=[case.reference, "A"])).status_code == 404


def test_the_paper_to_fill_in_is_in_the_persons_language_and_names_nobody(
    sign_in, ours, case, practitioner, stranger
):
    case.person.language = "pt"
    case.person.save()
    address = reverse("blank_questionnaire", args=[case.reference, VIEW])

    answer = sign_in(practitioner).get(address)

    words = paper.blank_words(case, ours[VIEW])
    assert answer.content.startswith(b"%PDF")
    assert (words["language"], words["title"]) == ("pt", "O meu próprio olhar")
    assert words["house"] == case.organisation.neutral_name
    assert case.person.name not in str(words)
    asks = [ask for section in words["sections"] for ask in section["asks"]]
    assert {len(ask["boxes"]) for ask in asks} >= {0, 4}
    assert any(ask["lines"] == 3 for ask in asks)
    assert Event.objects.filter(name="questionnaire.blank_printed").count() == 1
    assert sign_in(stranger).get(address).status_code == 404


@pytest.fixture
def twice(ours, case, supervisor, now):
    """Our practice looked at two times, a season apart."""
    begun = [
        actions.look_at_practice(case.organisation, published=ours[PRACTICE], by=supervisor, at=day)
        for day in (now - timedelta(days=90), now)
    ]
    first = {"welcome_1_change": "now", "welcome_1_importance": "very", "trust_next": "A second room"}
    second = {"welcome_1_change": "none", "welcome_1_importance": "very"}
    return [said(one, answers, supervisor, now) for one, answers in zip(begun, (first, second), strict=True)]


def test_what_changed_since_last_time_is_said_with_both_answers(sign_in, twice, supervisor, today):
    found = practice.changes(*twice, today)

    met = "A person who comes for the first time is met by somebody who has time for them."
    assert [(one.statement, one.then, one.now) for one in found] == [
        (met, "A change now", "It works; no change needed"),
        ("", "A second room", ""),
    ]
    shown = sign_in(supervisor).get(twice[1].get_absolute_url()).content.decode()
    assert "A second room" in shown
    assert (
        "Changed since last time" not in sign_in(supervisor).get(twice[0].get_absolute_url()).content.decode()
    )
    assert sign_in(supervisor).get(reverse("questionnaire_pdf", args=[twice[1].pk])).status_code == 200


def test_people_choose_what_to_change_who_sees_to_it_and_note_how_it_ended(
    sign_in, twice, supervisor, administrator, today
):
    client, choose = sign_in(supervisor), reverse("choose_change", args=[twice[1].pk])
    sent = {"about": "trust_1", "words": "A curtain for the front room", "owner": str(administrator.pk)}
    client.post(choose, {**sent, "by_when": today.isoformat()})
    chosen = Chosen.objects.get()

    end = reverse("end_change", args=[chosen.pk])
    client.post(end, {"how": "done", "words": "It hangs."})

    shown = client.get(reverse("practice")).content.decode()
    for words in ("A curtain for the front room", "There is a room where nobody else", "It hangs."):
        assert words in shown
    assert "ended already" in client.post(end, {"how": "done", "words": "Again"}).content.decode()
    assert Event.objects.get(name="practice.chosen").facts["about"] == "trust_1"


def test_nothing_is_chosen_for_whoever_does_not_see_it_nor_before_it_is_finished(
    sign_in, twice, ours, practitioner, stranger, supervisor, now, today
):
    given = {"about": "", "words": "A lamp", "by_when": today, "by": supervisor, "at": now}
    with pytest.raises(Refused, match="sees this list"):
        actions.choose(twice[1], owner=practitioner, **given)
    with pytest.raises(Refused, match="today"):
        actions.choose(twice[1], owner=supervisor, **given | {"by_when": today - timedelta(days=1)})
    open_one = actions.look_at_practice(
        twice[0].organisation, published=ours[PRACTICE], by=supervisor, at=now
    )
    with pytest.raises(Refused, match="Finish"):
        actions.choose(open_one, owner=supervisor, **given)
    chosen = actions.choose(twice[1], owner=supervisor, **given)

    for user in (practitioner, stranger):
        for address in (
            reverse("choose_change", args=[twice[1].pk]),
            reverse("end_change", args=[chosen.pk]),
        ):
            assert sign_in(user).get(address).status_code == 404
    assert not Ending.objects.exists()


def test_our_practice_asks_the_same_with_one_and_many_chosen(
    sign_in, twice, supervisor, now, today, count_queries
):
    client = sign_in(supervisor)

    def asked(many):
        for _ in range(many):
            given = {"about": "", "words": "A lamp", "owner": supervisor, "by_when": today}
            actions.choose(twice[1], **given, by=supervisor, at=now)
        client.get(reverse("practice"))
        with count_queries() as counted:
            client.get(reverse("practice"))
        return counted.asked

    one, many = asked(1), asked(19)

    assert len(one) == len(many) <= 6, many
