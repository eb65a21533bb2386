"""Exports: without names by default, harmless to open; with names, a reason and a second person."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from r2com.access.roles import Role
from r2com.assessments import actions as assessments
from r2com.assessments.models import Rating
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.core.refusals import Refused
from r2com.exports import actions, files, sheets
from r2com.exports.models import ExportRequest, Format, What
from r2com.people.models import Person
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.tasks import actions as tasks
from tests import factories

SENSITIVE, OPEN = "G1", "A1"
SECRET_WORDS = "A sofa at the uncle’s"
DAY = timedelta(days=1)


@pytest.fixture
def officer(team, now):
    """Looks after data protection."""
    return factories.user("Sol Brightwater", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


@pytest.fixture
def second(team, now):
    """Another supervisor of the agency."""
    return factories.user("Ulla Stern", Role.SUPERVISOR, team, at=now - timedelta(days=20))


@pytest.fixture
def record(case, published, practitioner, today, now):
    """A record with a task, a plan and a talk."""
    by = {"by": practitioner, "at": now}
    factories.yes(case, **by)
    tasks.promise(case, words=SECRET_WORDS, owner=practitioner, due=today, **by)
    plan = plans.begin(case, None, **by)
    steps = [NextStep(SECRET_WORDS)]
    plans.add_goal(plan, words=SECRET_WORDS, item=SENSITIVE, strength_item=OPEN, steps=steps, **by)
    talk = assessments.begin(case, kind="full", **by)
    judged = {"vulnerability": "some", "strength": "some", "certainty": "one_source", "person_view": "agrees"}
    item = instrument_of(talk, "en").item(OPEN)
    assessments.add_evidence(
        talk, item, stance="for", type="said_by_person", source="Milo", words="x", dated=today, **by
    )
    assessments.rate(talk, item, judgements=judged, own_words=SECRET_WORDS, base=0, **by)
    return case


@pytest.fixture
def ask(now):
    def asked(user, what=What.CASELOAD, format=Format.CSV, at=now, **more):
        return actions.ask(factories.membership(user), what=what, format=format, by=user, at=at, **more)

    return asked


def named(ask, user, **more):
    return ask(user, is_identifiable=True, reason="The court asks for it", **more)


def written(asked) -> list[list[str]]:
    """The cells of the file."""
    answer = files.answer(asked)
    body = b"".join(answer)
    sent(answer)
    if asked.format == Format.CSV:
        return list(csv.reader(io.StringIO(body.decode(), newline="")))
    sheet = load_workbook(io.BytesIO(body)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    return [[str(cell.value or "") for cell in row] for row in sheet]


def sent(answer) -> None:
    """The server has sent it. As in the test client, the test's own connection stays open."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def anew(asked) -> ExportRequest:
    return ExportRequest.objects.get(pk=asked.pk)


@pytest.mark.parametrize("format", Format.values)
@pytest.mark.parametrize("what", What.values)
def test_an_export_names_nobody_by_default(ask, record, supervisor, practitioner, what, format):
    text = str(written(ask(supervisor, what, format)))

    for word in ("Milo", "Fernweh", record.reference, str(record.pk), str(record.person_id), SECRET_WORDS):
        assert word not in text
    assert practitioner.name not in text
    assert str(record.opened_at.date()) not in text


@pytest.mark.parametrize("what", What.values)
def test_each_export_has_its_rows(ask, record, supervisor, what):
    lines = written(ask(supervisor, what))

    head = next(number for number, line in enumerate(lines) if line[0] == "person")
    assert lines[head] == sheets.columns(anew(ExportRequest.objects.get()))
    assert len(lines[head + 1 :]) == 1
    assert len(lines[-1]) == len(lines[head])


def test_ids_are_new_in_each_export(ask, record, supervisor):
    first, second = (written(ask(supervisor))[-1][0] for _ in range(2))

    assert first != second


def test_one_person_has_one_id_within_an_export(ask, record, supervisor, practitioner, today, now):
    tasks.promise(record, words="x", owner=practitioner, due=today, by=practitioner, at=now)

    lines = written(ask(supervisor, What.TASKS))

    assert len({line[0] for line in lines[-2:]}) == 1


def test_what_few_have_in_common_is_rare(ask, team, supervisor, practitioner, now):
    common, odd = date(now.year - 34, 1, 1), date(now.year - 71, 1, 1)
    for number in range(5):
        factories.case(team, by=practitioner, name=f"Ann {number}", born=common, at=now)
    factories.case(team, by=practitioner, name="Old One", born=odd, at=now)

    lines = written(ask(supervisor))

    ages = sorted(line[lines[1].index("age")] for line in lines[2:])
    assert ages == ["30-39"] * 5 + ["rare"]


def test_sensitive_items_stay_out_without_names(ask, record, supervisor, published):
    title = instrument_of(record.assessments.get(), "en").item(SENSITIVE).title

    assert title not in str(written(ask(supervisor, What.PLANS)))


@pytest.mark.parametrize("what", [What.PLANS, What.JUDGEMENTS])
def test_what_comes_from_the_guide_says_what_it_is_not(ask, record, supervisor, what):
    text = str(written(ask(supervisor, what)))

    assert "independent, not validated, and does not predict" in text


@pytest.mark.parametrize("format", Format.values)
@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_is_a_formula(ask, record, supervisor, officer, now, format, begins):
    person = Person.objects.get(pk=record.person_id)
    person.name = f"{begins} Milo"
    person.save()
    asked = named(ask, supervisor, format=format)
    actions.agree(asked, by=officer, at=now)

    cell = written(anew(asked))[-1][2]

    assert cell.startswith("'")
    assert "Milo" in cell


def test_a_cell_holds_no_sign_that_breaks_the_file():
    assert files.safe("a\x00b\x1f\ufffe") == "ab"
    assert len(files.safe("x" * 50_000)) < 33_000


@pytest.mark.parametrize("format", Format.values)
def test_an_export_asks_as_little_at_fifty_rows_as_at_one(
    ask, record, team, supervisor, practitioner, today, now, count_queries, format
):
    asked = {what: ask(supervisor, what, format) for what in What}
    list(map(written, asked.values()))
    with count_queries() as few:
        list(map(written, asked.values()))
    for number in range(50):
        case = factories.case(team, by=practitioner, name=f"Ann {number}", at=now)
        tasks.promise(case, words="x", owner=practitioner, due=today, by=practitioner, at=now)
        plan = plans.begin(case, None, by=practitioner, at=now)
        given = {"item": OPEN, "strength_item": OPEN, "steps": []}
        plans.add_goal(plan, words="x", **given, by=practitioner, at=now)

    with count_queries() as many:
        lines = [line for one in asked.values() for line in written(one)]

    assert len(lines) > 150
    assert len(many.asked) == len(few.asked), many.asked


def test_a_plain_file_leaves_line_by_line(ask, record, supervisor):
    answer = files.answer(ask(supervisor))

    assert answer.streaming
    assert next(iter(answer)).startswith(b"Without names")


# Whose rows


def test_a_supervisor_exports_their_own_team(ask, record, supervisor, organisation, now):
    other = factories.team(organisation, "Other team", at=now)
    worker = factories.user("Nia Wold", Role.PRACTITIONER, other, at=now)
    factories.case(other, by=worker, name="Oda Kestrel", at=now)

    assert sheets.rows(ask(supervisor)).get() == record


def test_who_looks_after_data_protection_exports_the_agency_without_names(
    ask, record, officer, stranger, now
):
    factories.case(factories.membership(stranger).team, by=stranger, name="Far Away", at=now)

    assert sheets.rows(ask(officer)).get() == record
    with pytest.raises(Refused):
        named(ask, officer)


@pytest.mark.parametrize("who", ["practitioner", "mentor", "administrator", "colleague"])
def test_nobody_else_takes_data_out(request, ask, record, sign_in, who):
    user = request.getfixturevalue(who)

    with pytest.raises(Refused):
        ask(user)
    assert sign_in(user).get(reverse("exports")).status_code == 404


# With names


def test_names_need_a_reason(ask, record, supervisor):
    with pytest.raises(Refused):
        ask(supervisor, is_identifiable=True, reason="  ")


def test_names_wait_for_a_second_person(ask, record, supervisor, now):
    asked = named(ask, supervisor)

    with pytest.raises(Refused):
        actions.take(asked, by=supervisor, at=now)


@pytest.mark.parametrize("who", ["officer", "second"])
def test_a_second_person_opens_it_for_a_day_and_once(request, ask, record, supervisor, now, who):
    asked = named(ask, supervisor)
    actions.agree(asked, by=request.getfixturevalue(who), at=now)

    actions.take(anew(asked), by=supervisor, at=now)

    assert "Milo Fernweh" in str(written(anew(asked)))
    with pytest.raises(Refused):
        actions.take(anew(asked), by=supervisor, at=now)


def test_the_days_are_exact_with_names(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor)
    actions.agree(asked, by=officer, at=now)

    assert str(timezone.localtime(record.opened_at).date()) in str(written(anew(asked)))


@pytest.mark.parametrize("who", ["supervisor", "practitioner", "mentor", "administrator", "stranger"])
def test_nobody_else_is_the_second_person(request, ask, record, supervisor, now, who):
    asked = named(ask, supervisor)

    with pytest.raises(Refused):
        actions.agree(asked, by=request.getfixturevalue(who), at=now)
    with pytest.raises(Refused):
        actions.refuse(asked, by=request.getfixturevalue(who), at=now)


def test_a_yes_is_over_after_a_day(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor, at=now - 3 * DAY)
    actions.agree(asked, by=officer, at=now - 2.5 * DAY)

    with pytest.raises(Refused):
        actions.take(anew(asked), by=supervisor, at=now)


def test_a_request_nobody_answered_is_over_after_a_day(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor, at=now - 2 * DAY)

    with pytest.raises(Refused):
        actions.agree(asked, by=officer, at=now)


def test_a_no_ends_it(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor)
    actions.refuse(asked, by=officer, at=now)

    for do, who in ((actions.take, supervisor), (actions.agree, officer), (actions.withdraw, supervisor)):
        with pytest.raises(Refused):
            do(anew(asked), by=who, at=now)


def test_what_was_taken_back_is_not_taken(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor)
    with pytest.raises(Refused):
        actions.withdraw(asked, by=officer, at=now)
    actions.withdraw(asked, by=supervisor, at=now)

    with pytest.raises(Refused):
        actions.agree(anew(asked), by=officer, at=now)


def test_only_who_asked_takes_it(ask, record, supervisor, second, now):
    asked = ask(supervisor)

    with pytest.raises(Refused):
        actions.take(asked, by=second, at=now)


def test_somebody_who_is_supervisor_no_more_takes_nothing(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor)
    actions.agree(asked, by=officer, at=now)
    place = factories.membership(supervisor)
    place.role = Role.PRACTITIONER
    place.save()

    with pytest.raises(Refused):
        actions.take(anew(asked), by=supervisor, at=now)


def test_the_trail_knows_columns_and_rows_and_no_content(ask, record, supervisor, officer, now):
    asked = named(ask, supervisor)
    actions.agree(asked, by=officer, at=now)
    actions.take(anew(asked), by=supervisor, at=now)

    names = list(
        Event.objects.filter(name__startswith="export.").order_by("pk").values_list("name", flat=True)
    )
    facts = Event.objects.get(name="export.taken").facts
    assert names == ["export.asked", "export.agreed", "export.taken"]
    assert facts["rows"] == 1
    assert facts["columns"][:3] == ["person", "reference", "name"]
    assert facts["cases"] == [str(record.pk)]
    assert "court" not in str(list(Event.objects.values_list("facts", flat=True)))


# The pages


FILLED = {"what": "caseload", "format": "csv", "names": "without", "reason": ""}


def test_an_export_without_names_is_asked_for_and_taken_once(sign_in, record, supervisor):
    client = sign_in(supervisor)

    asked = client.post(reverse("exports"), FILLED)
    shown = client.get(asked.url)
    file = client.post(f"{asked.url}take/")
    again = client.post(f"{asked.url}take/")

    assert shown.context["may_take"]
    assert file["Content-Disposition"] == 'attachment; filename="export.csv"'
    assert b"person" in b"".join(file)
    assert again.url == asked.url
    assert client.get(asked.url).context["state"] == "Taken"


def test_the_file_speaks_the_language_of_who_takes_it(sign_in, record, supervisor):
    client = sign_in(supervisor)
    client.cookies["language"] = "pt"
    asked = client.post(reverse("exports"), FILLED)

    file = client.post(f"{asked.url}take/")

    assert b"".join(file).startswith(b"Sem nomes")


def test_a_spreadsheet_is_taken(sign_in, record, supervisor):
    client = sign_in(supervisor)
    asked = client.post(reverse("exports"), {**FILLED, "format": "xlsx"})

    file = client.post(f"{asked.url}take/")

    assert b"".join(file).startswith(b"PK")


def test_the_second_person_reads_the_reason_and_says_yes(sign_in, record, supervisor, officer):
    filled = {**FILLED, "names": "with", "reason": "The court asks for it"}
    asked = sign_in(supervisor).post(reverse("exports"), filled)

    client = sign_in(officer)
    listed = client.get(reverse("exports"))
    page = client.get(asked.url)
    client.post(f"{asked.url}answer/", {"go": "agree"})

    assert [one.get_absolute_url() for one in listed.context["waiting"]] == [asked.url]
    assert "The court asks for it" in page.content.decode()
    assert sign_in(supervisor).get(asked.url).context["may_take"]


def test_a_request_is_taken_back_and_refused_on_its_page(sign_in, ask, record, supervisor, officer):
    first, second = named(ask, supervisor), named(ask, supervisor)

    sign_in(officer).post(reverse("answer_export", args=[first.pk]), {"go": "no"})
    sign_in(supervisor).post(reverse("withdraw_export", args=[second.pk]))

    now = timezone.now()
    assert [anew(one).state(now) for one in (first, second)] == ["Refused", "Taken back"]


def test_a_request_is_closed_to_others(sign_in, ask, record, supervisor, second, practitioner, stranger):
    without, with_names = ask(supervisor), named(ask, supervisor)

    assert sign_in(second).get(without.get_absolute_url()).status_code == 404
    assert sign_in(second).get(with_names.get_absolute_url()).status_code == 200
    for user in (practitioner, stranger):
        assert sign_in(user).get(with_names.get_absolute_url()).status_code == 404
        assert sign_in(user).post(f"{with_names.get_absolute_url()}take/").status_code == 404


# What the person contests


@pytest.fixture
def contested(record, practitioner, now):
    entry = kinds.find(practitioner, "rating", Rating.objects.get(item=OPEN).pk)
    by = {"by": practitioner, "at": now}
    return contests.say(entry, words="We never had a sofa", asks="correct", through="together", **by)


def test_a_contested_judgement_says_so_without_names_and_nothing_more(ask, supervisor, contested):
    head, *rows = written(ask(supervisor, What.JUDGEMENTS))[-2:]

    assert head[-1] == "contested"
    assert rows[0][-1] == "yes"
    assert "sofa" not in str(rows)


def test_with_names_the_words_and_the_answer_stand_beside_it(
    ask, practitioner, supervisor, second, contested, now
):
    told = {"outcome": "partly", "reasons": "We wrote it anew", "told": "By hand"}
    contests.decide(contested, **told, by=supervisor, at=now)
    asked = named(ask, supervisor, what=What.JUDGEMENTS)

    head, row = written(asked)[-2:]

    assert dict(zip(head, row, strict=True))["they_say"] == "We never had a sofa"
    assert dict(zip(head, row, strict=True))["answer"] == "partly: We wrote it anew"


def test_what_nobody_contests_does_not_say_so(ask, supervisor, record):
    head, row = written(ask(supervisor, What.JUDGEMENTS))[-2:]

    assert dict(zip(head, row, strict=True))["contested"] == ""
