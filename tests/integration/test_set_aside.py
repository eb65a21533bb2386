"""A record that is set aside is kept and shown, and not used; the person hears first that it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember, Closed
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.contests.models import Contest
from r2com.core.refusals import Refused
from r2com.exports import sheets
from r2com.exports.models import ExportRequest, What
from r2com.guards import actions
from r2com.guards.models import SetAside
from r2com.my_record import record
from r2com.supervision import handing, hours
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

WHY = {"ground": "accuracy", "words": "He says the dates are wrong"}


@pytest.fixture
def aside(case, practitioner, now):
    found = actions.set_aside(case, **WHY, by=practitioner, at=now)
    case.refresh_from_db()
    return found


def exported(what, supervisor, case, **said):
    asked = ExportRequest(
        organisation=case.organisation, team=case.team, what=what, asked_by=supervisor, **said
    )
    return list(sheets.rows(asked))


def add_task(case, by, now):
    return tasks.promise(case, words="Ring", owner=by, due=now.date(), by=by, at=now)


def test_nobody_writes_in_it(case, aside, practitioner, now):
    with pytest.raises(Refused):
        add_task(case, practitioner, now)
    with pytest.raises(Closed, match="set aside"):
        case.must_be_open()

    assert not Task.objects.exists()


def test_before_and_after_it_is_written_in(case, aside, practitioner, now):
    actions.tell(aside, told="said", by=practitioner, at=now)
    actions.use_again(aside, by=practitioner, at=now)

    add_task(case, practitioner, now)

    assert Task.objects.exists()


def test_it_is_read_and_says_so_on_every_page(sign_in, case, aside, practitioner):
    client = sign_in(practitioner)

    for name in ("person", "plans", "documents", "my_record"):
        assert "kept and read only, not used" in client.get(reverse(name, args=[case.reference])).text


def test_another_record_does_not_say_so(sign_in, case, practitioner):
    assert "not used" not in sign_in(practitioner).get(case.get_absolute_url()).text


@pytest.mark.parametrize("named", [True, False])
def test_it_goes_into_no_export(case, practitioner, supervisor, now, named):
    before = exported(What.CASELOAD, supervisor, case, is_identifiable=named)

    actions.set_aside(case, **WHY, by=practitioner, at=now)

    assert before == [case]
    assert exported(What.CASELOAD, supervisor, case, is_identifiable=named) == []


def test_data_protection_exports_it_no_more_than_the_team(case, aside, supervisor):
    asked = ExportRequest(organisation=case.organisation, what=What.CASELOAD, asked_by=supervisor)

    assert list(sheets.rows(asked)) == []


def test_it_is_in_no_figure(case, practitioner, supervisor, today, now):
    before = hours.of(supervisor, now, today)

    actions.set_aside(case, **WHY, by=practitioner, at=now)

    assert [work.cases for work in before] == [1]
    assert hours.of(supervisor, now, today) == []


def test_it_is_handed_to_nobody(case, practitioner, colleague, supervisor, now):
    before = handing.cases_of(supervisor, practitioner.pk)

    actions.set_aside(case, **WHY, by=practitioner, at=now)

    assert before == [case]
    assert handing.cases_of(supervisor, practitioner.pk) == []
    with pytest.raises(Refused):
        cases.place(case, colleague, part=CaseMember.Part.LEAD, by=supervisor, at=now)


def test_the_person_still_says_something_about_an_entry(case, aside, practitioner, now):
    entry = kinds.find(practitioner, "profile", case.person_id, "matters")

    contests.say(entry, words="Not so", asks="remark", through="together", by=practitioner, at=now)

    assert Contest.objects.exists()


def test_it_is_not_used_again_before_the_person_was_told(aside, practitioner, now):
    with pytest.raises(Refused, match="First tell"):
        actions.use_again(aside, by=practitioner, at=now)

    assert Case.objects.get().set_aside_at == now


def test_the_database_keeps_it_so_too(aside, practitioner, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAside.objects.update(ended_at=now, ended_by=practitioner)


def test_it_is_used_again_once_they_know(aside, practitioner, supervisor, now):
    actions.tell(aside, told="paper", by=practitioner, at=now)
    actions.use_again(aside, by=supervisor, at=now + timedelta(days=3))

    with pytest.raises(Refused, match="already"):
        actions.use_again(aside, by=supervisor, at=now)
    names = ["case.set_aside", "set_aside.end_told", "case.used_again"]
    assert [one.name for one in Event.objects.filter(name__in=names).order_by("pk")] == names


def test_it_is_set_aside_once_and_with_words(case, aside, practitioner, now):
    with pytest.raises(Refused, match="already"):
        actions.set_aside(case, **WHY, by=practitioner, at=now)
    actions.tell(aside, told="said", by=practitioner, at=now)
    actions.use_again(aside, by=practitioner, at=now)

    with pytest.raises(Refused, match="Write"):
        actions.set_aside(case, ground="claim", words=" ", by=practitioner, at=now)


def test_the_person_reads_that_it_was_set_aside(case, aside, practitioner):
    lines = record.parts(case, practitioner, ["contests"])[0].lines

    assert [line.title for line in lines] == ["Set aside"]
    assert WHY["words"] in lines[0].words


def test_a_mentor_reads_on_and_writes_no_more(case, mentor, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    actions.set_aside(case, **WHY, by=practitioner, at=now)

    assert Case.objects.visible_to(mentor).exists()
    with pytest.raises(Refused):
        add_task(case, mentor, now)


@pytest.mark.parametrize("who", ["mentor", "administrator", "stranger", "colleague"])
def test_nobody_else_sets_it_aside_or_ends_it(request, sign_in, who, case, aside, practitioner, now):
    user = request.getfixturevalue(who)
    client = sign_in(user)

    with pytest.raises(Refused):
        actions.tell(aside, told="said", by=user, at=now)
    assert client.get(reverse("set_aside", args=[case.reference])).status_code == 404
    assert client.post(reverse("use_again", args=[aside.pk])).status_code == 404


def test_the_pages_go_all_the_way(sign_in, case, practitioner):
    client, page = sign_in(practitioner), reverse("set_aside", args=[case.reference])

    set_aside = client.post(page, WHY, follow=True)
    aside = SetAside.objects.get()
    too_early = client.post(reverse("use_again", args=[aside.pk]), follow=True)
    client.post(reverse("tell_of_use", args=[aside.pk]), {"told": "said"})
    over = client.post(reverse("use_again", args=[aside.pk]), follow=True)

    assert "Set aside now" in set_aside.text
    assert "First tell the person" in too_early.text
    assert "kept and read only" not in over.text
    assert Case.objects.get().set_aside_at is None
