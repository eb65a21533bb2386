"""What is written later on can be read in My record and contested, too, and shows it wherever it stands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.contests import actions, kinds
from r2com.instruments import actions as instruments
from r2com.landing import actions as landing
from r2com.landing.models import Light, Line
from r2com.my_record import actions as my_record
from r2com.observations import actions as observations
from r2com.programmes import actions as programmes
from r2com.programmes import paper as programme_paper
from r2com.programmes import reading
from r2com.programmes.models import Offer
from r2com.questionnaires import actions as questionnaires
from r2com.questionnaires import paper as questionnaire_paper
from r2com.questionnaires.models import Questionnaire
from r2com.reviews import actions as reviews
from r2com.reviews import paper as review_paper
from r2com.reviews.models import Review
from r2com.threads import actions as threads
from tests.unit.question_sample import arrival

from .test_contests import contest, rated


@pytest.fixture
def entries(case, published, practitioner, supervisor, now):
    """One entry of each later kind, the words in it, and the pages on which it stands."""
    by = {"by": practitioner, "at": now}
    observed = observations.observe(
        case, kind="well", seen_at=now, place="Here", words="Helped somebody", told_how="said", **by
    )
    thread = threads.ask(case, words="Who has the key", colleagues=[supervisor], **by)
    offer = programmes.choose(case, programme="mentoring", says="yes", words="Let us try", **by)
    session = reading.course(offer).meetings[0].session.id
    held = {"what": "held", "day": now.date(), "took": "A number", "note": "Tea"}
    met = programmes.write_session(offer, session=session, base=0, **held, **by)
    asking = instruments.publish(arrival(sensitive=False), {}, by=None, at=now)
    form = questionnaires.begin(case, published=asking, **by)
    landing.confirm(case, line="papers", who="The desk", how="letter", on=now.date(), **by)
    landing.light(case, lamp="met", note="At the gate", **by)
    review = reviews.begin(case, occasion="other", talk_again=False, **by)
    said = {"says": "continue", "reasons": "It holds", "view": "agrees"}
    reviews.keep(review, **said, next_on=now.date() + timedelta(30), **by)
    line, light = Line.objects.get(), Light.objects.get()
    return {
        "observation": (observed, "Helped somebody", observed.get_absolute_url()),
        "post": (thread.entries.get(), "Who has the key", thread.get_absolute_url()),
        "programme": (offer, "Let us try", offer.get_absolute_url()),
        "meeting": (met, "A number", offer.get_absolute_url()),
        "questionnaire": (form, "", form.get_absolute_url()),
        "gate_line": (line, "The desk", reverse("gate_line", args=[case.reference, "papers"])),
        "lamp": (light, "At the gate", reverse("lamp", args=[case.reference, "met"])),
        "review": (review, "It holds", review.get_absolute_url()),
    }


def read(client, address):
    return client.get(address).content.decode()


def test_it_stands_in_my_record(entries, case, sign_in, practitioner):
    page = read(sign_in(practitioner), reverse("my_record", args=[case.reference]))

    assert [kind for kind, (_thing, words, _page) in entries.items() if words not in page] == []


def test_a_contested_entry_says_so_on_its_page_and_in_my_record(entries, case, sign_in, practitioner, now):
    client, record = sign_in(practitioner), reverse("my_record", args=[case.reference])
    for kind, (thing, _words, _page) in entries.items():
        contest(practitioner, kind, thing, at=now, words=f"Not this {kind}.")

    everything = read(client, record)

    assert [kind for kind in entries if f"Not this {kind}." not in everything] == []
    assert [
        kind for kind, (_t, _w, page) in entries.items() if f"Not this {kind}." not in read(client, page)
    ] == []


def test_the_papers_say_it_too(entries, case, practitioner, now):
    for kind in ("review", "programme", "questionnaire"):
        contest(practitioner, kind, entries[kind][0], at=now, words=f"Not this {kind}.")
    offer = Offer.objects.whole().get()
    form, review = Questionnaire.objects.whole().get(), Review.objects.whole().get()

    papers = [
        review_paper.whole(review, practitioner, at=now),
        programme_paper.words(reading.course(offer), by=practitioner, at=now),
        questionnaire_paper.words(form, {}, by=practitioner, at=now),
    ]

    for kind, words in zip(("review", "programme", "questionnaire"), papers, strict=True):
        assert f"Not this {kind}." in str(words)


def test_a_contested_judgement_stands_at_the_review(case, published, sign_in, practitioner, now):
    talk = rated(case, practitioner, now)
    review = reviews.begin(case, occasion="week_6", talk_again=True, by=practitioner, at=now)
    rating = talk.ratings.get()

    contest(practitioner, "rating", rating, at=now, words="It is no sofa")

    assert "It is no sofa" in read(sign_in(practitioner), review.get_absolute_url())


def test_the_end_is_read_and_contested_before_it_comes(case, sign_in, practitioner, supervisor, now):
    by = {"by": practitioner, "at": now}
    account = reviews.Account(reason="settled", view="agrees", waits="The curtains")
    closing = reviews.prepare(case, account, base=0, **by)
    contest(practitioner, "closing", closing, asks="remark", at=now, words="Not settled")
    reviews.close(closing, reviews.LetterWords("en", ring="000", keeping="Until then"), base=1, **by)
    client = sign_in(supervisor)

    assert "Not settled" in read(client, reverse("closing", args=[case.reference]))
    assert "The curtains" in read(client, reverse("my_record", args=[case.reference]))


def test_nobody_contests_what_they_may_not_see(entries, stranger, mentor):
    for kind, (thing, _words, _page) in entries.items():
        assert kinds.find(stranger, kind, thing.pk) is None, kind
        assert kinds.find(mentor, kind, thing.pk) is None, kind


def test_each_of_them_can_be_held_back(entries, case, sign_in, practitioner, now):
    for kind, (thing, _words, _page) in entries.items():
        entry = kinds.find(practitioner, kind, thing.pk)
        my_record.hold_back(entry, reason="other_person", words="Promised", by=practitioner, at=now)

    page = read(sign_in(practitioner), reverse("my_record", args=[case.reference]))

    assert [kind for kind, (_thing, words, _page) in entries.items() if words and words in page] == []


def test_no_author_of_something_later_answers(entries, practitioner, supervisor, now):
    made = contest(practitioner, "observation", entries["observation"][0], at=now)

    assert made.decider != practitioner
    assert actions.deciders(kinds.find(supervisor, "review", entries["review"][0].pk))[0] == supervisor
