"""Fields that are closed to somebody are empty for them, and stay as they are."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access import reading
from r2com.access.categories import NOT_THEIR_OWN, Category
from r2com.access.models import Grant
from r2com.access.reading import Reader, become, read_as
from r2com.assessments import actions as assessments
from r2com.assessments.models import Evidence
from r2com.assessments.responses import instrument_of
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.conditions import actions as conditions
from r2com.conditions.models import Condition
from r2com.core.refusals import Refused
from r2com.my_record import actions as my_record
from r2com.my_record.door import reader as who_reads
from r2com.my_record.models import Opening
from r2com.sharing import actions as sharing
from r2com.sharing.models import NoBasis
from tests import factories

SOURCE, WORDS, VIOLENCE = "Aunt Zwirbelwind", "Heard of a fight", "G3"


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def talk(case, published, practitioner, now):
    factories.yes(case, by=practitioner, at=now)
    return assessments.begin(case, kind="full", by=practitioner, at=now)


@pytest.fixture
def heard(talk, authority, practitioner, now):
    """What was heard about an item that anybody in the case talks about, and about one on violence."""

    def hear(item):
        said = {"stance": "for", "type": "reported", "source": SOURCE, "words": WORDS, "dated": now.date()}
        guide = instrument_of(talk, "en")
        return assessments.add_evidence(talk, guide.item(item), **said, by=practitioner, at=now)

    return hear("A1"), hear(VIOLENCE)


@pytest.fixture
def curfew(case, authority, practitioner, now):
    return conditions.write(case, words="At home at ten", by=practitioner, at=now)


def end(authority, administrator, now):
    sharing.end_basis(authority, ends=now.date(), by=administrator, at=now)


def page_of(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_who_said_it_is_closed_to_a_mentor_and_open_to_the_case_worker(
    heard, talk, sign_in, friend, practitioner
):
    as_practitioner = page_of(sign_in(practitioner), "item", talk.pk, "A1")
    as_mentor = page_of(sign_in(friend), "item", talk.pk, "A1")

    assert SOURCE in as_practitioner
    assert SOURCE not in as_mentor
    assert WORDS in as_mentor
    assert "***" not in as_mentor


def test_outside_of_a_request_everything_opens(heard, friend):
    assert Evidence.objects.get(item="A1").source == SOURCE

    with read_as(Reader(friend)):
        assert Evidence.objects.get(item="A1").source == ""


def test_whoever_the_request_becomes_reads_with_their_own_eyes(heard, friend, practitioner):
    with read_as(Reader(friend)):
        closed = Evidence.objects.get(item="A1").source
        become(practitioner)

        assert (closed, Evidence.objects.get(item="A1").source) == ("", SOURCE)


def test_what_is_closed_is_not_written_over_and_stays_when_the_row_is_kept(heard, friend):
    with read_as(Reader(friend)):
        row = Evidence.objects.get(item="A1")
        with pytest.raises(Refused):
            row.source = "Somebody else"
        row.source = ""
        row.words = "Heard of a quarrel"
        row.save()

    kept = Evidence.objects.get(item="A1")
    assert (kept.source, kept.words) == (SOURCE, "Heard of a quarrel")


def test_a_mentor_brings_what_they_do_not_read_back(talk, friend, now):
    said = {"stance": "for", "type": "reported", "source": SOURCE, "words": WORDS, "dated": now.date()}
    item = instrument_of(talk, "en").item("A1")

    with read_as(Reader(friend)):
        assessments.add_evidence(talk, item, **said, by=friend, at=now)

    assert Evidence.objects.get().source == SOURCE


def test_without_authority_nothing_about_offences_is_read_by_anybody(
    heard, curfew, authority, practitioner, administrator, now
):
    with read_as(Reader(practitioner)):
        before = [row.words for row in Evidence.objects.order_by("item")]
    end(authority, administrator, now)

    with read_as(Reader(practitioner)):
        after = [row.words for row in Evidence.objects.order_by("item")]
    assert (before, after) == ([WORDS, WORDS], [WORDS, ""])
    assert not Condition.objects.visible_to(practitioner).exists()


def test_an_authority_opens_again_what_was_written(heard, curfew, authority, practitioner, organisation, now):
    end(authority, practitioner, now)

    factories.may_keep_offences(organisation, at=now)

    with read_as(Reader(practitioner)):
        assert Evidence.objects.get(item=VIOLENCE).words == WORDS
        assert Condition.objects.visible_to(practitioner).get().words == "At home at ten"


def test_without_authority_conditions_are_not_asked_and_the_page_says_why(sign_in, practitioner, case, now):
    client = sign_in(practitioner)

    page = page_of(client, "conditions", case.reference)

    assert "has recorded no law that lets it keep what a court asks" in page
    assert reverse("add_condition", args=[case.reference]) not in page
    assert client.get(reverse("add_condition", args=[case.reference])).status_code == 302
    with pytest.raises(NoBasis):
        conditions.write(case, words="At home at ten", by=practitioner, at=now)


def test_with_authority_conditions_are_asked(sign_in, practitioner, case, authority):
    page = page_of(sign_in(practitioner), "conditions", case.reference)

    assert "has recorded no law" not in page
    assert reverse("add_condition", args=[case.reference]) in page


def test_words_typed_while_the_authority_ended_are_not_lost(sign_in, practitioner, case):
    typed = {"base": 0, "words": "Be at home at ten"}

    page = sign_in(practitioner).post(reverse("add_condition", args=[case.reference]), typed)

    assert "Be at home at ten" in page.content.decode()
    assert "The register holds no lawful basis" in page.content.decode()
    assert not Condition.objects.exists()


def test_the_person_reads_their_own_record_but_not_who_warned_us(heard, case, practitioner, now):
    said = {"parts": ["talks"], "lasts": timedelta(hours=72)}
    link, _token, code = my_record.make_link(case, **said, by=practitioner, at=now)
    my_record.open_link(link, code=code, by=None, at=now)
    person = who_reads(Opening.objects.get(link=link))

    with read_as(Reader(person)):
        read = Evidence.objects.get(item="A1")
        assert (read.words, read.source) == (WORDS, "")
    opened = set(Grant.objects.get(user=person.pk).categories)
    assert opened == set(Category) - NOT_THEIR_OWN


def test_the_kinds_that_are_open_are_asked_for_together(
    heard, friend, case, django_assert_num_queries, team, practitioner, now
):
    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)
    with read_as(Reader(practitioner)):
        reading.expect("case", [case.pk, other.pk])
        with django_assert_num_queries(1):
            assert reading.opens("case", case.pk, {Category.SOURCE})
            assert reading.opens("case", other.pk, {Category.HEALTH})
            assert reading.opens("case", other.pk, {Category.CORE})
