"""Lists in order: read from an index, one page at a time, with nothing lost and nothing shown twice."""

from datetime import date, timedelta

import pytest

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.order import BY_CHANGE, Span
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.home import caseload
from r2com.tasks import actions as tasks

from .. import factories


@pytest.fixture
def released(team, practitioner, now):
    """Opens a case for somebody who was released so many days ago."""

    def made(days, by=practitioner):
        day = now.date() - timedelta(days=days)
        return factories.case(team, by=by, name=f"Person Of {days}", release_on=day, at=now)

    return made


@pytest.fixture
def three_to_a_page(monkeypatch):
    """A short page, and nothing remembered of longer ones."""
    monkeypatch.setattr(caseload, "MOST", 3)
    monkeypatch.setattr(caseload.FIRST, "known", {})
    yield
    caseload.FIRST.known = {}


def first(user, count=50, **more):
    return [case.reference for case in Case.objects.first_visible_to(user, count, **more)]


def test_the_first_cases_come_by_the_day_of_release(practitioner, released):
    middle, late, early = released(20), released(10), released(30)

    assert first(practitioner) == [early.reference, middle.reference, late.reference]
    assert first(practitioner, 2) == [early.reference, middle.reference]


def test_the_first_cases_are_only_those_one_sees(practitioner, colleague, stranger, administrator, released):
    released(20)
    theirs = released(10, by=colleague)

    assert first(colleague) == [theirs.reference]
    assert first(stranger) == first(administrator) == []


def test_somebody_without_a_day_comes_last(practitioner, released):
    dated = released(-40)
    undated = released(1)
    undated.release_on = None
    undated.save(update_fields=["release_on"])
    grants.rebuild([undated.pk])

    assert first(practitioner) == [dated.reference, undated.reference]


def test_places_with_and_without_an_end_stand_in_one_order(
    practitioner, colleague, supervisor, released, now
):
    early, middle, late = released(30), released(20), released(10)
    Grant.objects.filter(case=middle.pk, user=supervisor.pk).update(until=now + timedelta(days=5))
    Grant.objects.filter(case=early.pk, user=practitioner.pk).update(until=now - timedelta(days=5))

    assert first(supervisor) == [early.reference, middle.reference, late.reference]
    assert first(supervisor, 2) == [early.reference, middle.reference]
    assert first(practitioner) == [middle.reference, late.reference]


def test_who_has_two_places_in_a_case_sees_it_once(supervisor, practitioner, released, now):
    one, other = released(20), released(10)
    cases.place(one, supervisor, part=CaseMember.Part.LEAD, by=practitioner, at=now)

    assert Grant.objects.live().held_by(supervisor).filter(case=one.pk).count() == 2
    assert first(supervisor, 2) == [one.reference, other.reference]


def test_a_span_is_read_from_day_to_day(practitioner, released, now):
    released(40)
    early, late = released(30), released(20)
    released(10)
    days = {"first": now.date() - timedelta(days=30), "last": now.date() - timedelta(days=20)}

    assert first(practitioner, span=Span(**days)) == [early.reference, late.reference]


def test_what_changed_last_comes_first(practitioner, released, now):
    quiet, moved = released(30), released(20)
    later = now + timedelta(minutes=5)

    tasks.promise(quiet, words="Ring", owner=practitioner, due=now.date(), by=practitioner, at=later)

    assert first(practitioner, by=BY_CHANGE) == [quiet.reference, moved.reference]
    assert first(practitioner, 1, by=BY_CHANGE) == [quiet.reference]


def test_reading_a_record_changes_nothing(sign_in, practitioner, released):
    older, newer = released(30), released(20)
    Grant.objects.filter(case=newer.pk).update(changed_at=Grant.objects.get(case=older.pk).changed_at)
    before = set(Grant.objects.values_list("case", "changed_at"))

    sign_in(practitioner).get(older.get_absolute_url())

    assert set(Grant.objects.values_list("case", "changed_at")) == before


def test_a_change_is_remembered_when_grants_are_derived_again(practitioner, released, now):
    case, later = released(30), now + timedelta(minutes=5)
    tasks.promise(case, words="Ring", owner=practitioner, due=now.date(), by=practitioner, at=later)

    grants.rebuild([case.pk])

    assert Grant.objects.get(case=case.pk, user=practitioner.pk).changed_at == later


def test_a_new_day_of_release_counts_as_soon_as_grants_are_derived(practitioner, released):
    case, other = released(30), released(20)
    case.release_on = date(2039, 1, 1)
    case.save(update_fields=["release_on"])
    grants.rebuild([case.pk])

    assert first(practitioner) == [other.reference, case.reference]


def pages(user, today):
    """Every page from the first to the last, and then back again."""
    forth = [caseload.sheet(user, today)]
    while forth[-1].later:
        forth.append(caseload.sheet(user, today, after=forth[-1].later))
    back = [forth[-1]]
    while back[-1].earlier:
        back.append(caseload.sheet(user, today, before=back[-1].earlier))
    return [[[row.reference for row in sheet.people] for sheet in way] for way in (forth, back)]


def test_turning_the_pages_shows_everybody_once_there_and_back(
    three_to_a_page, practitioner, released, today
):
    everybody = [case.reference for case in sorted(map(released, range(8)), key=lambda c: c.release_on)]

    forth, back = pages(practitioner, today)

    assert [len(page) for page in forth] == [3, 3, 2]
    assert [one for page in forth for one in page] == everybody
    assert [one for page in reversed(back) for one in page] == everybody


def test_three_people_are_one_page(three_to_a_page, practitioner, released, today):
    for days in range(3):
        released(days)

    sheet = caseload.sheet(practitioner, today)

    assert (sheet.earlier, sheet.later, len(sheet.people)) == ("", "", 3)


def test_the_page_behind_somebody_one_does_not_see_is_the_first(
    three_to_a_page, practitioner, colleague, released, today
):
    mine, theirs = released(30), released(40, by=colleague)

    for unseen in (theirs.reference, "ZZ-0000000", "a\0b"):
        assert [row.reference for row in caseload.sheet(practitioner, today, after=unseen).people] == [
            mine.reference
        ]


def test_the_links_say_where_to_go_on_and_name_nobody(three_to_a_page, sign_in, practitioner, released):
    for days in range(4):
        released(days)
    client = sign_in(practitioner)

    page = client.get("/people/").content.decode()
    last = client.get(f"/people/?after={first(practitioner)[2]}").content.decode()

    assert f'href="/people/?after={first(practitioner)[2]}"' in page
    assert "before=" not in page
    assert f'href="/people/?before={first(practitioner)[3]}"' in last
    assert "Person Of 0" in last
    assert "Person Of 1" not in last
