"""Talking and rating one item at a time."""

from datetime import timedelta

import pytest

from r2com.assessments import actions
from r2com.assessments.models import Assessment, Evidence, HandingIn, Rating
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.drafts.models import Draft
from r2com.organisations.actions import NotCertified
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.sharing import actions as sharing
from r2com.sharing.models import NoBasis
from r2com.tasks.models import Task
from tests import factories

WORDS = "“My uncle says till New Year.”"


@pytest.fixture
def assessment(case, published, practitioner, now):
    return actions.begin(case, kind="full", by=practitioner, at=now - timedelta(days=2))


@pytest.fixture
def explained(case, practitioner, now):
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    return people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)


@pytest.fixture
def certified(practitioner, colleague, organisation, now):
    """Both are trained for the judgements that need two people."""
    for somebody in (practitioner, colleague):
        factories.certified(somebody, organisation, at=now - timedelta(days=10))


def url(assessment, item="A1", rest=""):
    return f"/assessments/{assessment.pk}/items/{item}/{rest}"


def line(today, **changed):
    """A line of evidence as the form posts it."""
    posted = {
        "words": WORDS,
        "stance": "for",
        "type": "said_by_person",
        "source": "Milo",
        "dated": today.isoformat(),
    }
    return {f"evidence_{name}": value for name, value in {**posted, **changed}.items()}


def guide_item(assessment, item):
    from r2com.assessments.responses import instrument_of

    return instrument_of(assessment).item(item)


def test_a_judgement_with_evidence_is_kept_in_one_press(sign_in, practitioner, assessment, today):
    client = sign_in(practitioner)

    answer = client.post(
        url(assessment), {"base": 0, "vulnerability": "some", "strength": "some", **line(today)}
    )

    assert answer.status_code == 302
    rating = Rating.objects.get(assessment=assessment, item="A1")
    assert rating.judgements == {"vulnerability": "some", "strength": "some"}
    assert Evidence.objects.get().words == WORDS


def test_what_is_seen_without_evidence_is_not_kept_and_nothing_is_lost(sign_in, practitioner, assessment):
    client = sign_in(practitioner)

    answer = client.post(url(assessment), {"base": 0, "vulnerability": "marked", "own_words": "It is a sofa"})

    assert not Rating.objects.exists()
    assert "Add at least one piece of evidence" in answer.content.decode()
    assert "It is a sofa" in answer.content.decode()


def test_not_known_is_one_tap_and_becomes_a_question_with_owner_and_date(
    sign_in, practitioner, assessment, today
):
    client = sign_in(practitioner)

    client.post(url(assessment, "A2", "not-known/"))

    question = Task.objects.get()
    assert (question.owner, question.kind, question.item) == (practitioner, "question", "A2")
    assert question.due == today + timedelta(days=7)
    assert Rating.objects.get(item="A2").judgements == {"vulnerability": "unknown"}


def test_stopping_anywhere_goes_on_exactly_there(sign_in, practitioner, assessment, today):
    client = sign_in(practitioner)
    client.post(url(assessment, "A1"), {"base": 0, "vulnerability": "none"})

    page = client.get(f"/assessments/{assessment.pk}/").content.decode()

    assert "Go on with “Papers and civil status”" in page
    assert "1 of 38 talked about" in page


def test_two_workers_see_both_versions_and_neither_is_overwritten(sign_in, practitioner, assessment, now):
    item = guide_item(assessment, "A1")
    actions.rate(
        assessment,
        item,
        judgements={"vulnerability": "none"},
        own_words="Theirs",
        base=0,
        by=practitioner,
        at=now,
    )
    client = sign_in(practitioner)

    answer = client.post(url(assessment), {"base": 0, "vulnerability": "none", "own_words": "Mine"})

    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert Rating.objects.get().own_words == "Theirs"
    client.post(url(assessment), {"base": 1, "vulnerability": "none", "own_words": "Theirs and mine"})
    assert Rating.objects.get().own_words == "Theirs and mine"


def test_a_stale_version_is_refused_in_the_action_too(assessment, practitioner, now):
    item = guide_item(assessment, "A1")
    actions.rate(assessment, item, judgements={"vulnerability": "none"}, base=0, by=practitioner, at=now)

    with pytest.raises(Changed):
        actions.rate(
            assessment, item, judgements={"vulnerability": "unknown"}, base=0, by=practitioner, at=now
        )


def test_a_sensitive_item_waits_for_the_explanation(assessment, practitioner, now, case):
    item = guide_item(assessment, "F5")

    with pytest.raises(Refused, match="Explain first"):
        actions.rate(assessment, item, judgements={"vulnerability": "none"}, base=0, by=practitioner, at=now)

    notice = Notice.objects.get(organisation=case.organisation, language="en")
    people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)
    assert actions.rate(
        assessment, item, judgements={"vulnerability": "none"}, base=0, by=practitioner, at=now
    )


def test_a_sensitive_item_may_stay_open_without_explanation(assessment, practitioner, now):
    item = guide_item(assessment, "F5")

    task = actions.leave_open(assessment, item, base=0, owner=practitioner, due=None, by=practitioner, at=now)

    assert task.item == "F5"


def test_offence_data_stays_closed_without_an_entry_in_the_register(assessment, explained, practitioner, now):
    item = guide_item(assessment, "G3")

    with pytest.raises(NoBasis):
        actions.rate(assessment, item, judgements={"vulnerability": "none"}, base=0, by=practitioner, at=now)


def test_a_mentor_brings_evidence_but_does_not_rate(
    sign_in, practitioner, mentor, assessment, case, now, today
):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(hours=1))
    client = sign_in(mentor)

    client.post(
        url(assessment),
        {"base": 0, "vulnerability": "some", **line(today, source="Rafe, a visit", type="observed")},
    )

    assert Evidence.objects.get().added_by == mentor
    assert not Rating.objects.exists()


def test_sensitive_items_are_not_there_for_a_mentor(sign_in, practitioner, mentor, assessment, case, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(hours=1))
    client = sign_in(mentor)

    contents = client.get(f"/assessments/{assessment.pk}/").content.decode()

    assert "A place to live" in contents
    assert "Emotional and mental health" not in contents
    assert client.get(url(assessment, "C1")).status_code == 404
    assert client.get(url(assessment, "A1")).status_code == 200


@pytest.mark.parametrize("who", ["colleague", "administrator", "stranger"])
def test_for_others_the_assessment_does_not_exist(sign_in, request, assessment, who):
    client = sign_in(request.getfixturevalue(who))

    for address in (
        f"/assessments/{assessment.pk}/",
        url(assessment),
        f"/assessments/{assessment.pk}/print/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(url(assessment), {"base": 0, "vulnerability": "none"}).status_code == 404
    assert not Rating.objects.exists()


def test_the_last_rating_is_shown_only_after_ones_own(sign_in, practitioner, assessment, case, now):
    item = guide_item(assessment, "A1")
    actions.rate(
        assessment,
        item,
        judgements={"vulnerability": "none"},
        own_words="Earlier words",
        base=0,
        by=practitioner,
        at=now,
    )
    again = Assessment.objects.create(
        case=case,
        published=assessment.published,
        content_hash=assessment.content_hash,
        kind="review",
        earlier=assessment,
        begun_by=practitioner,
        begun_at=now,
    )
    client = sign_in(practitioner)

    before = client.get(url(again)).content.decode()
    answer = client.post(url(again), {"base": 0, "vulnerability": "unknown"}, follow=True)

    assert "Last time" not in before
    assert "Which way is it going?" not in before
    assert "Last time" in answer.content.decode()
    assert "Which way is it going?" in answer.content.decode()


def test_own_words_from_reading_together_are_kept(sign_in, practitioner, assessment):
    client = sign_in(practitioner)
    page = client.get(url(assessment, rest="together/")).content.decode()

    client.post(
        url(assessment, rest="together/"),
        {"base": 0, "nearest": guide_item(assessment, "A1").together["some"], "own_words": "It is family"},
    )

    assert guide_item(assessment, "A1").together["question"] in page.replace("&#x27;", "'")
    assert "It is family" in Rating.objects.get().own_words


def test_evidence_can_be_taken_back_and_counts_no_more(sign_in, practitioner, assessment, today):
    client = sign_in(practitioner)
    client.post(url(assessment), {"base": 0, "go": "evidence", **line(today)})
    piece = Evidence.objects.get()

    client.post(f"/assessments/{assessment.pk}/evidence/{piece.pk}/take-back/")

    assert WORDS not in client.get(url(assessment)).content.decode()
    client.post(url(assessment), {"base": 0, "vulnerability": "some"})
    assert not Rating.objects.exists()


def test_evidence_does_not_lie_in_the_future(sign_in, practitioner, assessment, today):
    client = sign_in(practitioner)

    answer = client.post(url(assessment), {"base": 0, "go": "evidence", **line(today + timedelta(days=3))})

    assert "has happened already" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_adding_a_line_keeps_what_stands_in_the_other_fields(sign_in, practitioner, assessment, today):
    client = sign_in(practitioner)

    answer = client.post(
        url(assessment),
        {"base": 0, "go": "evidence", "own_words": "Half a sentence", **line(today)},
        follow=True,
    )

    assert "Half a sentence" in answer.content.decode()
    assert not Rating.objects.exists()


def test_the_instruments_name_and_what_it_is_not_stand_on_its_screens(sign_in, practitioner, assessment):
    client = sign_in(practitioner)

    for address in (f"/assessments/{assessment.pk}/", url(assessment), f"/assessments/{assessment.pk}/map/"):
        page = client.get(address).content.decode()
        assert "independent" in page
        assert "not validated" in page


def test_a_page_asks_the_same_number_of_queries_with_one_rating_or_many(
    sign_in, practitioner, assessment, now, count_queries
):
    client = sign_in(practitioner)
    actions.rate(
        assessment,
        guide_item(assessment, "A1"),
        judgements={"vulnerability": "none"},
        base=0,
        by=practitioner,
        at=now,
    )
    with count_queries() as few:
        client.get(f"/assessments/{assessment.pk}/map/")
    for item in ("A2", "A3", "A4", "A5", "B1", "D1", "D2", "E1"):
        actions.rate(
            assessment,
            guide_item(assessment, item),
            judgements={"vulnerability": "none"},
            base=0,
            by=practitioner,
            at=now,
        )

    with count_queries() as many:
        client.get(f"/assessments/{assessment.pk}/map/")

    assert many.asked == few.asked
    assert len(many.asked) <= 12


@pytest.fixture
def open_register(case, practitioner, now):
    """The register allows offence data, citing a provision."""
    sharing.add_basis(
        case.organisation,
        category="offence",
        purpose="Support",
        basis="GDPR Art. 10",
        provision="A law",
        starts=now.date(),
        by=practitioner,
        at=now,
    )


def test_marked_on_violence_wants_two_sources_and_a_second_person(
    assessment, explained, open_register, certified, practitioner, colleague, case, now, today
):
    item = guide_item(assessment, "G3")
    mark = {"judgements": {"vulnerability": "marked"}, "by": practitioner, "at": now}
    seen = {
        "stance": "for",
        "type": "observed",
        "words": WORDS,
        "dated": today,
        "by": practitioner,
        "at": now,
    }
    actions.add_evidence(assessment, item, source="A letter", **seen)
    with pytest.raises(actions.Owing):
        actions.rate(assessment, item, base=0, **mark)
    actions.add_evidence(assessment, item, source="A visit", **seen)

    rating = actions.rate(assessment, item, base=0, **mark)

    assert [owed.kind for owed in actions.still_owed(assessment)].count("countersignature") == 1
    with pytest.raises(Refused, match="Somebody else"):
        actions.countersign(rating, by=practitioner, at=now)
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(minutes=5))
    actions.countersign(rating, by=colleague, at=now)
    assert "countersignature" not in [owed.kind for owed in actions.still_owed(assessment)]


def test_only_certified_workers_judge_what_may_need_two_people(
    assessment, explained, open_register, practitioner, now
):
    item, said = guide_item(assessment, "G3"), {"judgements": {"vulnerability": "none"}, "base": 0}
    with pytest.raises(NotCertified):
        actions.rate(assessment, item, **said, by=practitioner, at=now)

    factories.certified(practitioner, assessment.case.organisation, at=now - timedelta(days=10))

    assert actions.rate(assessment, item, **said, by=practitioner, at=now).rated_by == practitioner


def test_who_is_not_certified_is_told_so_loses_nothing_and_may_leave_it_open(
    sign_in, assessment, explained, open_register, practitioner
):
    client = sign_in(practitioner)

    answer = client.post(url(assessment, "G3"), {"base": 0, "vulnerability": "none", "own_words": "Not me"})
    client.post(url(assessment, "G3", "not-known/"))

    assert "Only a certified worker judges this" in client.get(url(assessment, "G3")).content.decode()
    assert "Only a certified worker" not in client.get(url(assessment, "A1")).content.decode()
    assert "Not me" in answer.content.decode()
    assert Rating.objects.get().judgements == {"vulnerability": "unknown"}


def test_the_second_person_is_certified_too(
    assessment, explained, open_register, practitioner, colleague, case, now, today
):
    factories.certified(practitioner, case.organisation, at=now - timedelta(days=10))
    item = guide_item(assessment, "G3")
    seen = {"stance": "for", "type": "observed", "words": WORDS, "dated": today}
    for source in ("A letter", "A visit"):
        actions.add_evidence(assessment, item, source=source, **seen, by=practitioner, at=now)
    marked = {"judgements": {"vulnerability": "marked"}, "base": 0}
    rating = actions.rate(assessment, item, **marked, by=practitioner, at=now)
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(minutes=5))

    with pytest.raises(NotCertified):
        actions.countersign(rating, by=colleague, at=now)

    factories.certified(colleague, case.organisation, at=now - timedelta(days=1))
    assert actions.countersign(rating, by=colleague, at=now).countersigned_by == colleague


def test_a_certification_that_is_over_does_not_hold(
    assessment, explained, open_register, practitioner, now, today
):
    held = factories.certified(practitioner, assessment.case.organisation, at=now - timedelta(days=10))
    held.ends = today
    held.save()

    with pytest.raises(NotCertified):
        actions.rate(
            assessment,
            guide_item(assessment, "G3"),
            judgements={"vulnerability": "some"},
            base=0,
            by=practitioner,
            at=now,
        )


def test_a_colleague_reads_the_evidence_and_countersigns(
    sign_in, assessment, explained, open_register, certified, practitioner, colleague, case, now, today
):
    item = guide_item(assessment, "G3")
    seen = {
        "stance": "for",
        "type": "observed",
        "words": WORDS,
        "dated": today,
        "by": practitioner,
        "at": now,
    }
    for source in ("A letter", "A visit"):
        actions.add_evidence(assessment, item, source=source, **seen)
    actions.rate(assessment, item, judgements={"vulnerability": "marked"}, base=0, by=practitioner, at=now)
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(minutes=5))
    address = url(assessment, "G3", "countersign/")
    own = sign_in(practitioner).post(address).content.decode()

    page = sign_in(colleague).get(address).content.decode()
    sign_in(colleague).post(address)

    assert "Somebody else has to countersign" in own
    assert "A letter" in page
    assert Rating.objects.get().countersigned_by == colleague


def test_before_the_first_talk_the_map_says_what_comes_first(sign_in, practitioner, case, published):
    for tab in ("map", "make-sense"):
        page = sign_in(practitioner).get(f"/people/{case.reference}/{tab}/").content.decode()
        assert "Nothing has been talked about yet" in page


def test_hearing_the_person_does_not_take_over_who_judged(assessment, practitioner, colleague, case, now):
    item = guide_item(assessment, "A1")
    actions.rate(assessment, item, judgements={"vulnerability": "none"}, base=0, by=practitioner, at=now)
    cases.place(case, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now - timedelta(minutes=5))

    rating = actions.hear(assessment, item, words="Theirs", base=1, by=colleague, at=now)

    assert rating.rated_by == practitioner


def test_keeping_nothing_makes_no_judgement_and_goes_on(sign_in, practitioner, assessment):
    client = sign_in(practitioner)

    answer = client.post(url(assessment), {"base": 0}, follow=True)

    assert not Rating.objects.exists()
    assert "stays open" in answer.content.decode()
    assert "Papers and civil status" in answer.content.decode()


def test_a_line_that_was_added_does_not_come_back_when_the_rest_was_refused(
    sign_in, practitioner, assessment, today
):
    client = sign_in(practitioner)
    draft = Draft(user=practitioner.pk, key=f"rate:{assessment.pk}:A1", case=assessment.case_id, version=1)
    draft.saved_at, draft.fields = assessment.begun_at, {"evidence_words": [WORDS], "own_words": ["Half"]}
    draft.save(force_insert=True)
    against = line(today, stance="against")

    client.post(url(assessment), {"base": 0, "vulnerability": "marked", "own_words": "Half", **against})

    page = client.get(url(assessment))
    assert not page.context["evidence_form"]["evidence_words"].value()
    assert page.context["rating_form"]["own_words"].value() == "Half"
    assert Evidence.objects.count() == 1


def test_the_list_of_talks_asks_at_most_six_queries_however_many_there_are(
    sign_in, practitioner, assessment, case, now, count_queries
):
    client = sign_in(practitioner)
    address = f"/people/{case.reference}/assessments/"
    with count_queries() as one:
        client.get(address)
    for _ in range(20):
        again = Assessment.objects.create(
            case=case,
            published=assessment.published,
            content_hash=assessment.content_hash,
            kind="review",
            begun_by=practitioner,
            begun_at=now,
        )
        HandingIn(assessment=again, by=practitioner, at=now).save(force_insert=True)

    with count_queries() as many:
        client.get(address)

    assert many.asked == one.asked
    assert len(many.asked) <= 6, "\n".join(many.asked)
