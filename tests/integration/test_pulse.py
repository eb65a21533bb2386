"""A pulse: arrows, kept as they were, and nothing that anybody could add up."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.assessments import actions
from r2com.assessments.models import Pulse
from r2com.assessments.pulses import last_said, lines, said, worsened
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.instruments.reading import instrument
from r2com.people import actions as people
from r2com.people.models import Notice
from tests import factories
from tests.unit.test_pdf import alternatives, opened, says

SENSITIVE = {"C1", "C3"}


@pytest.fixture(autouse=True)
def a_guide(published):
    return published


@pytest.fixture
def told(case, practitioner, now):
    """The person was told what is kept and why."""
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    return people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def keep(case, practitioner, now):
    """Keep a pulse, some days ago."""

    def kept(days_ago=0, words="", by=None, **arrows):
        last = Pulse.objects.filter(case=case).standing().first()
        at = now - timedelta(days=days_ago)
        base = last.pk if last else None
        return actions.keep_pulse(
            case, arrows=arrows, own_words=words, base=base, by=by or practitioner, at=at
        )

    return kept


def address(name, *args):
    return reverse(name, args=args)


def test_a_pulse_keeps_what_was_tapped_and_its_version_of_the_guide(keep, published, practitioner):
    pulse = keep(A1="worsening", A3="", H1="unclear", words="It is a sofa.")

    kept = Pulse.objects.get()
    assert kept.arrows == {"A1": "worsening", "H1": "unclear"}
    assert (kept.published, kept.content_hash) == (published, published.content_hash)
    assert kept.own_words == "It is a sofa."
    assert Event.objects.filter(name="pulse.kept", subject=pulse.pk, by=practitioner.pk).count() == 1


def test_arrows_and_words_are_sealed(keep):
    keep(A1="worsening", words="It is a sofa.")

    raw = Pulse.objects.values_list("arrows", "own_words").get()

    assert not any(word in bytes(value) for value in raw for word in (b"worsening", b"sofa"))


@pytest.mark.parametrize("arrows", [{}, {"A1": ""}, {"A2": "easing"}, {"A1": "marked"}, {"Z9": "easing"}])
def test_only_what_the_guide_asks_in_its_own_words_is_kept(keep, arrows):
    with pytest.raises(Refused):
        keep(**arrows)

    assert not Pulse.objects.exists()
    assert not Event.objects.filter(name="pulse.kept").exists()


@pytest.mark.parametrize("who", ["friend", "supervisor", "colleague", "stranger", "administrator"])
def test_who_does_not_rate_keeps_no_pulse(request, keep, who):
    with pytest.raises(Refused):
        keep(A1="easing", by=request.getfixturevalue(who))

    assert not Pulse.objects.exists()


def test_what_is_sensitive_waits_until_the_person_was_told(keep, case, request):
    with pytest.raises(actions.NotHere) as refusal:
        keep(C1="worsening")
    unclear = keep(C1="unclear")
    request.getfixturevalue("told")
    kept = keep(C1="worsening")

    assert refusal.value.item == "C1"
    assert (unclear.arrows, kept.arrows) == ({"C1": "unclear"}, {"C1": "worsening"})


def test_sent_twice_it_is_kept_once(case, keep, practitioner, now):
    first = keep(A1="easing")

    again = actions.keep_pulse(case, arrows={"A1": "easing"}, base=None, by=practitioner, at=now)
    next_time = actions.keep_pulse(case, arrows={"A1": "easing"}, base=first.pk, by=practitioner, at=now)

    assert again == first
    assert next_time != first


def test_a_page_made_for_another_record_keeps_nothing_here(keep, case, team, practitioner, now):
    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)
    theirs = keep(A1="easing")

    with pytest.raises(Refused):
        actions.keep_pulse(other, arrows={"A1": "easing"}, base=theirs.pk, by=practitioner, at=now)

    assert list(Pulse.objects.all()) == [theirs]


def test_an_amendment_stands_beside_what_was_kept(keep, practitioner, now):
    pulse = keep(3, A1="worsening")

    anew = actions.amend_pulse(pulse, arrows={"A1": "steady"}, by=practitioner, at=now)

    assert Pulse.objects.get(pk=pulse.pk).arrows == {"A1": "worsening"}
    assert (anew.said_at, anew.published) == (pulse.said_at, pulse.published)
    assert list(Pulse.objects.standing()) == [anew]
    assert Event.objects.filter(name="pulse.amended", subject=anew.pk).count() == 1


def test_two_amendments_of_the_same_pulse_do_not_both_stand(keep, practitioner, now):
    pulse = keep(3, A1="worsening")
    actions.amend_pulse(pulse, arrows={"A1": "steady"}, by=practitioner, at=now)

    with pytest.raises(Changed):
        actions.amend_pulse(pulse, arrows={"A1": "easing"}, by=practitioner, at=now)

    assert Pulse.objects.standing().get().arrows == {"A1": "steady"}


def test_what_was_said_last_is_the_newest_arrow_of_each_item(keep, published):
    keep(5, A1="worsening", A3="new")
    keep(2, A1="easing")
    asked = instrument(published, "en").subset("pulse")

    last = last_said(Pulse.objects.standing().whole(), asked)

    assert {item: one.word.id for item, one in last.items()} == {"A1": "easing", "A3": "new"}


def test_silence_is_not_calm_and_items_keep_the_order_of_the_guide(keep):
    keep(5, H1="worsening", A1="easing")
    keep(2, A5="worsening", A1="worsening")
    kept = list(reversed(Pulse.objects.standing().whole()))

    told = {
        line.item.id: [word and word.id for _, word in line.said] for line in lines(kept, with_sensitive=True)
    }

    assert list(told) == ["A1", "A3", "A5", "B1", "C1", "C3", "D3", "E4", "G4", "G6", "H1"]
    assert told["H1"] == ["worsening", None]
    assert told["A1"] == ["easing", "worsening"]
    assert worsened(kept[1], with_sensitive=True) == ["A place to live", "Safety where they live and move"]


def test_who_does_not_read_sensitive_items_is_told_of_none(keep, told):
    pulse = keep(C1="worsening", C3="new", A1="worsening")

    seen = {item.id for item, _ in said(pulse, with_sensitive=False)}

    assert not seen & SENSITIVE
    assert worsened(pulse, with_sensitive=False) == ["A place to live"]


# The pages


def test_one_page_takes_it_and_the_next_names_what_worsened(keep, told, case, practitioner, sign_in):
    keep(4, A1="steady")
    client = sign_in(practitioner)

    asked = client.get(address("pulse", case.reference))
    sent = {"base": Pulse.objects.get().pk, "A1": "worsening", "A3": "-", "C1": "worsening"}
    kept = client.post(address("pulse", case.reference), sent, follow=True)

    assert asked.text.count("<fieldset") == 11
    assert "Last time: Steady, <time" in asked.text
    assert "checked" not in asked.text
    parts = kept.text.split("What was said")[0]
    assert "A place to live" in parts
    assert "Emotional and mental health" in parts
    assert "Talk this over with someone?" in parts
    assert reverse("ask_colleague", args=[case.reference]) in parts
    assert Pulse.objects.first().arrows == {"A1": "worsening", "C1": "worsening"}


def test_when_nothing_worsened_nothing_is_asked(keep, practitioner, sign_in):
    pulse = keep(A1="new", A3="easing")

    page = sign_in(practitioner).get(pulse.get_absolute_url())

    assert "Talk this over" not in page.text


def test_a_refusal_stands_at_its_arrow_and_nothing_typed_is_lost(case, practitioner, sign_in):
    sent = {"A1": "new", "C3": "worsening", "own_words": "Not a word lost"}

    page = sign_in(practitioner).post(address("pulse", case.reference), sent)

    assert 'href="#id_C3_0"' in page.text
    assert "Explain first" in page.text
    assert "Not a word lost" in page.text
    assert not Pulse.objects.exists()


def test_a_mentor_reads_without_what_is_sensitive_and_writes_nothing(keep, told, case, friend, sign_in):
    pulse = keep(C1="worsening", A1="worsening", words="I cannot sleep")
    client = sign_in(friend)

    pages = [client.get(address("pulse", case.reference), follow=True), client.get(pulse.get_absolute_url())]

    assert all("A place to live" in page.text for page in pages)
    assert not any("Emotional and mental" in page.text or "cannot sleep" in page.text for page in pages)
    assert client.get(address("pulses_pdf", case.reference)).status_code == 200
    assert client.post(address("pulse", case.reference), {"A1": "easing"}).status_code == 404
    assert client.get(address("amend_pulse", pulse.pk)).status_code == 404
    assert Pulse.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_for_somebody_outside_the_case_no_pulse_exists(request, keep, case, sign_in, who):
    pulse = keep(A1="worsening")
    client = sign_in(request.getfixturevalue(who))
    named = [("pulse", case.reference), ("pulses", case.reference), ("pulses_pdf", case.reference)]
    named += [("kept_pulse", pulse.pk), ("amend_pulse", pulse.pk)]

    assert [client.get(address(*one)).status_code for one in named] == [404] * 5
    assert client.post(address("pulse", case.reference), {"A1": "easing"}).status_code == 404
    assert client.post(address("amend_pulse", pulse.pk), {"A1": "easing"}).status_code == 404
    assert list(Pulse.objects.visible_to(request.getfixturevalue(who))) == []


def test_amending_in_two_tabs_shows_both_versions(keep, practitioner, now, sign_in):
    pulse = keep(A1="worsening", words="As I said")
    client = sign_in(practitioner)
    first = client.post(address("amend_pulse", pulse.pk), {"A1": "steady", "own_words": "The first tab"})

    second = client.post(address("amend_pulse", pulse.pk), {"A1": "easing", "own_words": "The second tab"})

    assert first.status_code == 302
    assert "The first tab" in second.text
    assert "The second tab" in second.text
    assert Pulse.objects.standing().get().own_words == "The first tab"


def test_what_was_amended_says_so_and_leads_on(keep, practitioner, now, sign_in):
    pulse = keep(3, A1="worsening")
    anew = actions.amend_pulse(pulse, arrows={"A1": "steady"}, by=practitioner, at=now)

    earlier = sign_in(practitioner).get(pulse.get_absolute_url())

    assert "This was amended since" in earlier.text
    assert anew.get_absolute_url() in earlier.text
    assert address("amend_pulse", pulse.pk) not in earlier.text


def test_arrows_over_time_are_a_drawing_and_a_table(keep, case, practitioner, sign_in):
    keep(5, A1="worsening")
    keep(2, A1="easing")

    page = sign_in(practitioner).get(address("pulses", case.reference))

    drawings = re.findall(r'<figure class="stave">.*?</figure>', page.text, re.DOTALL)
    assert len(drawings) == 11
    assert all('class="line dash"' in drawing for drawing in drawings[1:])
    assert 'class="line dash"' not in drawings[0]
    assert page.text.count('<tr role="row">') == 12
    assert "Left empty" in page.text


def test_without_a_pulse_the_pages_say_what_will_be_there(case, practitioner, sign_in):
    client = sign_in(practitioner)

    empty = client.get(address("pulses", case.reference))

    assert "No pulse yet" in empty.text
    assert client.get(address("pulses_pdf", case.reference)).status_code == 404


def test_the_trail_knows_of_a_printed_page(keep, case, practitioner, sign_in):
    keep(A1="worsening")

    printed = sign_in(practitioner).get(address("pulses_pdf", case.reference))

    assert opened(printed.content).open_metadata()["pdfuaid:part"] == "1"
    assert says(printed.content, "Worsening")
    assert any("A place to live" in words and "Worsening" in words for words in alternatives(printed.content))
    assert not any(says(printed.content, name) for name in ("Fernweh", "TV-RAT", "R2COM"))
    assert Event.objects.filter(name="pulses.printed", case=case.pk, by=practitioner.pk).count() == 1


@pytest.mark.parametrize("name", ["pulse", "pulses"])
def test_fifty_pulses_cost_no_more_queries_than_one(keep, case, practitioner, sign_in, count_queries, name):
    client = sign_in(practitioner)
    keep(60, A1="worsening")
    client.get(address(name, case.reference))
    with count_queries() as one:
        client.get(address(name, case.reference))
    for day in range(50):
        keep(50 - day, A1="steady" if day % 2 else "new")

    with count_queries() as fifty:
        client.get(address(name, case.reference))

    assert fifty.asked == one.asked
    assert len(one.asked) <= 12
