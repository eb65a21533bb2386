"""What a worker writes about themselves: theirs, and the one supervisor's to whom they show it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from r2com.audit.models import Event
from r2com.config import worker as periodic
from r2com.core.refusals import Refused
from r2com.exports import actions as exports
from r2com.supervision import actions
from r2com.supervision.models import StrainAnswer, StrainCheck
from r2com.supervision.models.strain import NeverCounted

from .. import factories
from ..conventions.source import PACKAGE

DAY = timedelta(days=1)
WORDS = "Three nights badly slept"


@pytest.fixture
def check(practitioner, now):
    return actions.write(practitioner, how=WORDS, weighs="The phone", by=practitioner, at=now)


@pytest.fixture
def shown(check, practitioner, supervisor, now):
    return actions.show(check, to=supervisor, by=practitioner, at=now)


@pytest.fixture
def officer(team, now):
    return factories.user("Sol Verdigris", "data_protection", team, at=now - DAY)


@pytest.fixture
def other_supervisor(team, now):
    return factories.user("Una Otherwise", "supervisor", team, at=now - DAY)


def can_read(client, user, check):
    answer = factories.sign_in(client, user).get(check.get_absolute_url())
    return answer.status_code == 200 and WORDS in answer.content.decode()


EVERYBODY_ELSE = ["colleague", "other_supervisor", "mentor", "administrator", "officer", "stranger"]


def test_a_worker_writes_for_themselves(sign_in, practitioner):
    client = sign_in(practitioner)

    answer = client.post(reverse("strain"), {"how": WORDS, "weighs": "", "helps": ""})

    assert WORDS in client.get(answer.url).content.decode()
    assert StrainCheck.objects.get().worker == practitioner


def test_nobody_writes_for_somebody_else(practitioner, supervisor, now):
    with pytest.raises(Refused):
        actions.write(practitioner, how=WORDS, by=supervisor, at=now)


@pytest.mark.parametrize("who", ["supervisor", *EVERYBODY_ELSE])
def test_what_is_not_shown_nobody_else_reads(request, client, check, who):
    assert not can_read(client, request.getfixturevalue(who), check)


def test_the_supervisor_it_is_shown_to_reads_it(client, shown, supervisor):
    assert can_read(client, supervisor, shown)
    assert shown.get_absolute_url() in client.get(reverse("strain")).content.decode()


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_what_is_shown_nobody_else_reads(request, client, shown, who):
    user = request.getfixturevalue(who)

    assert not can_read(client, user, shown)
    assert list(StrainCheck.objects.visible_to(user)) == []


@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_who_does_no_casework_has_no_such_page(request, sign_in, who):
    assert sign_in(request.getfixturevalue(who)).get(reverse("strain")).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "administrator", "stranger"])
def test_it_is_shown_only_to_a_supervisor_of_the_own_team(request, check, practitioner, now, who):
    with pytest.raises(Refused):
        actions.show(check, to=request.getfixturevalue(who), by=practitioner, at=now)


def test_a_supervisor_who_left_the_team_reads_it_no_more(shown, supervisor, today):
    place = factories.membership(supervisor)
    place.ends = today
    place.save()

    assert list(StrainCheck.objects.visible_to(supervisor)) == []


def test_it_can_be_taken_back_at_any_time(client, shown, practitioner, supervisor, now):
    factories.sign_in(client, practitioner).post(shown.get_absolute_url(), {"go": "take_back"})

    assert not can_read(client, supervisor, shown)
    assert can_read(client, practitioner, shown)
    with pytest.raises(Refused):
        actions.answer(shown, words="I see", by=supervisor, at=now)


def test_the_supervisor_neither_takes_it_back_nor_deletes_it(sign_in, shown, supervisor, now):
    client = sign_in(supervisor)

    answers = [client.post(shown.get_absolute_url(), {"go": go}) for go in ("take_back", "delete", "show")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert StrainCheck.objects.get().shown_to == supervisor
    with pytest.raises(Refused):
        actions.delete(shown, by=supervisor, at=now)


def test_the_supervisor_answers_in_words_and_the_worker_keeps_them(
    client, shown, practitioner, supervisor, now
):
    factories.sign_in(client, supervisor).post(
        shown.get_absolute_url(), {"go": "answer", "words": "Let us walk"}
    )
    actions.hide(shown, by=practitioner, at=now)

    page = factories.sign_in(client, practitioner).get(shown.get_absolute_url()).content.decode()

    assert "Let us walk" in page
    assert list(StrainAnswer.objects.visible_to(supervisor)) == []


def test_what_is_deleted_is_gone_with_the_answers(sign_in, shown, practitioner, supervisor, now):
    actions.answer(shown, words="I see", by=supervisor, at=now)

    sign_in(practitioner).post(shown.get_absolute_url(), {"go": "delete"})

    assert not StrainCheck.objects.exists()
    assert not StrainAnswer.objects.exists()


def test_it_goes_by_itself_after_twelve_months(check, now):
    periodic.forget_strain(now + 364 * DAY)
    before = StrainCheck.objects.exists()
    periodic.forget_strain(now + 367 * DAY)

    assert before
    assert not StrainCheck.objects.exists()
    assert Event.objects.get(name="strain.forgotten").facts == {}


def test_it_is_sealed_and_the_trail_knows_no_word(shown):
    with connection.cursor() as cursor:
        cursor.execute("SELECT how, weighs FROM supervision_straincheck")
        sealed = b"".join(bytes(value) for value in cursor.fetchone())

    events = Event.objects.filter(name__startswith="strain.")
    assert WORDS.encode() not in sealed
    assert list(events.values_list("name", "facts", "subject", "case").order_by("at", "name")) == [
        ("strain.shown", {}, None, None),
        ("strain.written", {}, None, None),
    ]


@pytest.mark.parametrize("rows", [StrainCheck.objects, StrainAnswer.objects])
def test_it_is_never_counted(shown, rows):
    for ask in (rows.count, rows.aggregate, rows.annotate, rows.all().count):
        with pytest.raises(NeverCounted):
            ask()


def test_no_other_app_reads_it():
    """Exports, the API and reports would have to name it first."""
    naming = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "StrainCheck" in path.read_text() or "StrainAnswer" in path.read_text()
    }

    assert {name for name in naming if not name.startswith("supervision/")} == {"my_record/coverage.py"}


def test_an_export_holds_no_word_of_it(shown, supervisor, now):
    asked = exports.ask(
        factories.membership(supervisor), what="caseload", format="csv", by=supervisor, at=now
    )

    taken = str(exports.take(asked, by=supervisor, at=now))

    assert WORDS not in taken


def test_the_page_asks_no_more_queries_at_fifty(sign_in, practitioner, now, count_queries):
    def grow(many):
        for _ in range(many):
            actions.write(practitioner, how=WORDS, by=practitioner, at=now)

    grow(1)
    client = sign_in(practitioner)
    with count_queries() as few:
        client.get(reverse("strain"))
    grow(49)

    with count_queries() as many:
        client.get(reverse("strain"))

    assert len(many.asked) == len(few.asked)
    assert len(many.asked) <= 6
