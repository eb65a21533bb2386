"""The two forms of ours beside the guide: the person's own view, and our practice from above."""

import pytest
from django.urls import reverse

from r2com.config import installation
from r2com.core import instruments as engine
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import OURS, packaged
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.questionnaires import actions, reading

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
