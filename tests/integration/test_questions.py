"""Questions that are put together once and asked by many."""

from datetime import timedelta

import pytest

from r2com.access.questions import Question
from r2com.cases.models import Case
from r2com.home.promised import promised
from r2com.tasks import actions as tasks

from .. import factories


@pytest.fixture
def seen():
    return Question(lambda asker: Case.objects.visible_to(asker))


def test_a_question_is_answered_for_whoever_asks(seen, case, practitioner, supervisor, colleague, stranger):
    assert seen(practitioner) == seen(supervisor) == [case]
    assert seen(colleague) == seen(stranger) == []


def test_a_question_is_answered_for_the_moment_in_which_it_is_asked(
    seen, case, practitioner, now, time_machine
):
    assert seen(practitioner) == [case]

    time_machine.move_to(now - timedelta(days=30))

    assert seen(practitioner) == []


def test_a_value_is_filled_in_each_time(case, team, practitioner, now):
    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)
    named = Question(lambda asker, reference: Case.objects.visible_to(asker).filter(reference=reference))

    assert named(practitioner, reference=case.reference) == [case]
    assert named(practitioner, reference=other.reference) == [other]
    assert named(practitioner, reference="' OR 1=1 --") == []


def test_days_and_moments_are_values_too(case, practitioner, now):
    released = Question(
        lambda asker, day, at: Case.objects.visible_to(asker).filter(release_on=day, opened_at__lt=at)
    )

    assert released(practitioner, day=case.release_on, at=now) == [case]
    assert released(practitioner, day=case.release_on, at=case.opened_at) == []


def test_what_was_asked_for_with_it_comes_with_it(case, practitioner, django_assert_num_queries):
    whole = Question(lambda asker: Case.objects.visible_to(asker).with_people().prefetch_related("members"))
    whole(practitioner)

    with django_assert_num_queries(2):
        [found] = whole(practitioner)
        assert found.team.name == "Harbour team"
        assert [member.user_id for member in found.members.all()] == [practitioner.pk]


def test_the_questions_of_today_know_nothing_of_who_asked_before(case, practitioner, colleague, now):
    tasks.promise(case, words="Ring", owner=practitioner, due=now.date(), by=practitioner, at=now)

    assert len(promised(practitioner)) == 1
    assert promised(colleague) == []
