"""What somebody on the front line saw or heard: told, answered, looked at, and only then it counts."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from r2com.assessments import actions as assessments
from r2com.assessments.models import Evidence
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.keeping import months_after
from r2com.cases.models import CaseMember
from r2com.config import worker
from r2com.core.refusals import Refused
from r2com.observations import actions, delicate
from r2com.observations.models import Observation
from r2com.organisations import actions as organisations
from r2com.tasks import reminders
from tests import factories


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    return mentor


@pytest.fixture
def trained(practitioner, organisation, now):
    factories.certified(practitioner, organisation, at=now - timedelta(days=1))
    return practitioner


def given(now, **changed):
    return {
        "kind": "no_place",
        "seen_at": now - timedelta(hours=3),
        "place": "At the front desk",
        "words": "He said that he slept in the station.",
        "told_how": "said",
    } | changed


@pytest.fixture
def seen(case, friend, now):
    return actions.observe(case, **given(now), by=friend, at=now)


@pytest.fixture
def talk(case, published, practitioner, now):
    return assessments.begin(case, kind="first_look", by=practitioner, at=now)


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def may_see(user):
    return list(Observation.objects.visible_to(user))


def test_a_mentor_writes_and_a_stranger_cannot(sign_in, case, friend, stranger, now):
    moment = (now - timedelta(hours=26)).strftime("%Y-%m-%dT%H:%M")
    sent = given(now, seen_at=moment)

    sign_in(friend).post(reverse("observe", args=[case.reference]), sent)

    assert Observation.objects.get().written_by == friend
    assert sign_in(stranger).get(reverse("observe", args=[case.reference])).status_code == 404


def test_before_somebody_looked_only_the_writer_and_the_trained_see_it(
    seen, friend, practitioner, supervisor, organisation, stranger, now
):
    assert may_see(friend) == [seen]
    assert may_see(practitioner) == may_see(supervisor) == may_see(stranger) == []

    factories.certified(practitioner, organisation, at=now - timedelta(days=1))
    assert may_see(practitioner) == [seen]


def test_only_what_counts_becomes_evidence(seen, talk, trained, now):
    item = instrument_of(talk).items[0]
    with pytest.raises(Refused, match="trained colleague"):
        actions.take_over(seen, into=talk, item=item, stance="for", by=trained, at=now)
    assert not Evidence.objects.exists()

    actions.look(seen, base=1, says="validated", by=trained, at=now)
    for stance in ("for", "against"):
        actions.take_over(seen, into=talk, item=item, stance=stance, by=trained, at=now)

    assert {(one.type, one.stance) for one in Evidence.objects.all()} == {
        ("observed", "for"),
        ("observed", "against"),
    }


def test_nobody_looks_at_their_own_and_nobody_untrained_looks(case, seen, trained, supervisor, now):
    own = actions.observe(case, **given(now), by=trained, at=now)

    with pytest.raises(Refused, match="Somebody else"):
        actions.look(own, base=1, says="validated", by=trained, at=now)
    with pytest.raises(Refused):
        actions.look(seen, base=1, says="validated", by=supervisor, at=now)


def test_what_is_not_kept_is_hidden_from_others(seen, friend, trained, now):
    with pytest.raises(Refused, match="why"):
        actions.look(seen, base=1, says="not_kept", by=trained, at=now)

    actions.look(seen, base=1, says="not_kept", words="It is hearsay.", by=trained, at=now)

    assert may_see(trained) == []
    with pytest.raises(Refused, match="decided"):
        actions.reword(seen, base=1, words="Otherwise", by=friend, at=now)


def test_sent_back_it_is_worded_anew_and_waits_again(seen, friend, trained, now):
    actions.look(seen, base=1, says="sent_back", words="Who said so?", by=trained, at=now)
    actions.reword(seen, base=1, words="He told me himself.", by=friend, at=now)

    current = Observation.objects.get()
    assert (current.state, current.words) == ("", "He told me himself.")
    with pytest.raises(Refused, match="anew"):
        actions.look(seen, base=1, says="validated", by=trained, at=now)


def test_the_person_is_told_or_it_says_why_not_and_by_when(case, friend, now):
    with pytest.raises(Refused, match="not yet"):
        actions.observe(case, **given(now, told_how=""), by=friend, at=now)

    later = given(now, told_how="", why_not_yet="He had left.", tell_by=now.date() + timedelta(days=2))
    seen = actions.observe(case, **later, by=friend, at=now)
    with pytest.raises(Refused, match="first"):
        actions.answer(seen, words="That is so.", by=friend, at=now)
    actions.tell(seen, how="said", by=friend, at=now)
    actions.answer(seen, words="That is so.", by=friend, at=now)

    assert Observation.objects.get().answers.get().words == "That is so."


@pytest.mark.parametrize("words", ["He grew a beard.", "Foi à mesquita.", "Her VEIL was wet"])
def test_some_words_are_asked_about_and_the_text_is_kept(sign_in, case, friend, now, words):
    moment = (now - timedelta(hours=26)).strftime("%Y-%m-%dT%H:%M")
    sent = given(now, seen_at=moment, words=words)
    client, address = sign_in(friend), reverse("observe", args=[case.reference])

    asked = client.post(address, sent).content.decode()
    assert words in asked
    assert "what the person needs or did" in asked
    assert not Observation.objects.exists()

    client.post(address, sent | {"looked_again": "on"})
    assert Observation.objects.get().words == words


def test_plain_words_are_not_asked_about():
    assert delicate.found("She fetched bread for a neighbour.") == []


def test_what_has_not_happened_yet_is_not_observed(case, friend, now):
    with pytest.raises(Refused, match="happened already"):
        actions.observe(case, **given(now, seen_at=now + timedelta(hours=1)), by=friend, at=now)


def test_the_pages_show_what_one_may_do(sign_in, case, seen, talk, friend, trained, stranger, now):
    page = reverse("observation", args=[seen.pk])
    client = sign_in(trained)
    assert list(client.get(page).context["forms"]) == ["look", "answer"]

    client.post(page, {"go": "look", "base": 1, "says": "validated"})
    assert list(client.get(page).context["forms"]) == ["answer", "take"]
    item = instrument_of(talk).items[0].id
    client.post(page, {"go": "take", "item": item, "stance": "against"})
    client.post(page, {"go": "answer", "words": "Yes, two nights."})

    assert Evidence.objects.get().item == item
    assert "Yes, two nights." in client.get(page).content.decode()
    assert "No place to sleep" in client.get(reverse("observations", args=[case.reference])).content.decode()
    assert list(sign_in(friend).get(page).context["forms"]) == ["answer"]
    assert sign_in(stranger).get(page).status_code == 404


def test_earlier_words_stay_and_two_versions_are_both_shown(sign_in, seen, friend, trained, now):
    actions.look(seen, base=1, says="sent_back", words="Who said so?", by=trained, at=now)
    client, page = sign_in(friend), reverse("observation", args=[seen.pk])
    client.post(page, {"go": "reword", "base": 1, "words": "He told me himself."})

    late = {"go": "reword", "base": 1, "words": "He told me at the desk."}
    both = client.post(page, late)
    shown = both.content.decode()
    client.post(page, late | {"base": both.context["wrong"]["base"].value()})

    assert "He told me himself." in shown
    assert "He told me at the desk." in shown
    current = Observation.objects.get()
    assert current.words == "He told me at the desk."
    earlier = [one.words for one in current.earlier_words.all()]
    assert earlier == ["He said that he slept in the station.", "He told me himself."]
    assert "He said that he slept in the station." in client.get(page).content.decode()


def test_what_is_not_for_the_record_goes_after_its_time(seen, case, friend, trained, now):
    kept = actions.observe(case, **given(now), by=friend, at=now)
    actions.look(kept, base=1, says="validated", by=trained, at=now)
    actions.look(seen, base=1, says="not_kept", words="It is hearsay.", by=trained, at=now)
    last = Observation.objects.get(pk=seen.pk).forget_after

    worker.forget_observations(noon(last))
    with pytest.raises(Refused, match="not passed"):
        actions.forget(kept, at=now + timedelta(days=900))
    assert Observation.objects.count() == 2

    worker.forget_observations(noon(last) + timedelta(days=1))
    assert list(Observation.objects.all()) == [kept]
    event = Event.objects.get(name="observation.forgotten")
    assert (event.by, "station" in str(event.facts)) == (None, False)


def test_the_agency_says_how_long_that_is(seen, organisation, trained, administrator, now):
    organisations.keep_for(organisation, kind="not_kept", months=2, reason="Ours", by=administrator, at=now)

    actions.look(seen, base=1, says="not_kept", words="It is hearsay.", by=trained, at=now)

    assert Observation.objects.get().forget_after == months_after(now.date(), 2)


def test_the_form_says_what_never_belongs_on_it_and_asks_how_the_person_was_told(
    sign_in, published, case, friend, now
):
    moment = (now - timedelta(hours=26)).strftime("%Y-%m-%dT%H:%M")
    client, address = sign_in(friend), reverse("observe", args=[case.reference])

    shown = client.get(address).content.decode()
    answer = client.post(address, given(now, seen_at=moment, told_how=""))

    assert "Religion or conviction" in shown
    assert "told_how" in answer.context["form"].errors
    assert not Observation.objects.exists()


def test_the_list_asks_the_same_with_one_and_twenty(sign_in, case, friend, now, count_queries):
    client, address = sign_in(friend), reverse("observations", args=[case.reference])

    def asked(many):
        for _ in range(many):
            actions.observe(case, **given(now), by=friend, at=now)
        client.get(address)
        with count_queries() as counted:
            client.get(address)
        return counted.asked

    one, twenty = asked(1), asked(19)

    assert len(one) == len(twenty) <= 6, twenty


def test_today_asks_to_tell_the_person_and_to_look_until_it_is_done(
    case, seen, friend, trained, supervisor, now, today
):
    later = given(now, told_how="", why_not_yet="He had left.", tell_by=today + timedelta(days=2))
    untold = actions.observe(case, **later, by=friend, at=now)

    def asked(user):
        return sorted(one.kind for one in reminders.of(user, today) if one.kind in ("tell", "look"))

    assert (asked(friend), asked(trained), asked(supervisor)) == (["tell"], ["look", "look"], [])

    actions.tell(untold, how="said", by=friend, at=now)
    for one in (seen, untold):
        actions.look(one, base=1, says="validated", by=trained, at=now)
    assert asked(friend) == asked(trained) == []
