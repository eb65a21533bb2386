"""A caseload moves in from a list, through the same door, and back out if it was a mistake."""

import io
import json
import tracemalloc
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.cases.models import Case, CaseMember, Door
from r2com.contacts.models import Contact
from r2com.core.refusals import Refused
from r2com.imports import actions, mapping, safe, trial, work
from r2com.imports.convert import Reader
from r2com.imports.house import house
from r2com.imports.mapping import BadMap
from r2com.imports.models import Import, Piece, Row
from r2com.imports.outcomes import Left, Outcome, Why
from r2com.imports.tables import open_table
from r2com.keeping import actions as keeping
from r2com.organisations import actions as organisations
from r2com.people.models import Person
from r2com.vault.models import DataKey, Owner
from tests import factories, lists
from tests.keeping import officer_of


@pytest.fixture
def map_of(organisation):
    def made(**changed):
        return mapping.from_dict(lists.said(organisation, **changed))

    return made


@pytest.fixture
def move_in(team, supervisor, map_of, now):
    """Move a list in as the command does, and give back the import."""

    def moved(rows, headings=lists.HEADINGS, **changed):
        file = lists.as_csv(rows, headings=headings)
        found = actions.begin_here(
            team, file=file, map=map_of(**changed), reason="We moved", by=supervisor, at=now
        )
        work.move_in(found, file)
        return Import.objects.get(pk=found.pk)

    return moved


@pytest.fixture
def try_out(team, supervisor, map_of, today):
    def tried(rows, headings=lists.HEADINGS, **changed):
        with open_table(lists.as_csv(rows, headings=headings)) as table:
            reader = Reader(house(team, today), map_of(**changed), table.headings, today)
            return trial.tally(table.lines, reader, to=supervisor)

    return tried


def outcomes(found):
    return [(row.number, row.outcome, row.faults) for row in Row.objects.filter(of=found)]


def test_a_row_goes_through_the_door(move_in, practitioner, supervisor, today):
    row = lists.row(7, today=today, Técnico=practitioner.email.upper(), Notas="Likes mornings")

    found = move_in([row])

    case = Case.objects.select_related("person", "door").get()
    assert case.person.name == lists.name(7)
    assert case.person.born == "1990-04-12"
    assert case.person.language == "pt"
    assert case.release_on == today - timedelta(days=14)
    assert case.door.answered_by == supervisor
    assert str(case.door.referred_by) == "Prison"
    assert case.members.get(until=None, part="lead").user == practitioner
    assert Case.objects.visible_to(practitioner).exists()
    assert outcomes(found) == [(2, "taken", [])]
    assert found.finished_at
    note = Contact.objects.get(case=case).standing.statements.get()
    assert (note.type, note.words) == ("reported", "Likes mornings")


def test_the_whole_profile_is_taken(move_in, colleague, supervisor, organisation, today):
    columns = ["Name", "Surname", "Called", "Alias", "Alias 2", "Born", "Phone", "Safe", "Lang", "Interp"]
    columns += ["Access", "Matters", "Works", "Out", "Deputy", "Who", "Their words"]
    fields = {
        "name": ["Name", "Surname"],
        "called": "Called",
        "other_names": ["Alias", "Alias 2"],
        "born": "Born",
        "phone": "Phone",
        "safe_contact": "Safe",
        "language": "Lang",
        "interpreter": "Interp",
        "access_needs": "Access",
        "matters": "Matters",
        "works": "Works",
        "release_on": "Out",
        "deputy": "Deputy",
        "referrer": "Who",
        "asked_words": "Their words",
    }
    cells = [
        "Testa",
        "Quill",
        "Tess",
        "T. Quill",
        "Testina Q.",
        "1990-04-12",
        "912",
        "Ring twice",
        "Ucraniano",
    ]
    cells += ["Sometimes", "Large print", "My dog", "Say it plainly", today.isoformat(), colleague.email]
    cells += ["Somebody at the prison", "A room"]

    defaults = {**lists.said(organisation)["defaults"], "referred_by": "Prison"}
    move_in([cells], columns, columns=fields, defaults=defaults)

    person = Person.objects.get()
    assert person.name == "Testa Quill"
    assert person.called == "Tess"
    assert person.other_names == "T. Quill\nTestina Q."
    assert (person.phone, person.safe_contact, person.language) == ("912", "Ring twice", "uk")
    assert (person.interpreter, person.access_needs) == ("Sometimes", "Large print")
    assert (person.matters, person.works) == ("My dog", "Say it plainly")
    door = Door.objects.get()
    assert (door.referrer, door.asked_words) == ("Somebody at the prison", "A room")
    assert CaseMember.objects.get(part="deputy").user == colleague
    assert CaseMember.objects.get(part="lead").user == supervisor


@pytest.mark.parametrize(
    ("changed", "outcome", "fault"),
    [
        ({"Nome": ""}, Outcome.UNREADABLE, ["name", "missing"]),
        ({"Nome": "=1+1"}, Outcome.UNREADABLE, ["name", "formula"]),
        ({"Nome": "x" * 201}, Outcome.UNREADABLE, ["name", "too_long"]),
        ({"Nome": "Testa \x07"}, Outcome.UNREADABLE, ["name", "strange"]),
        ({"Data nasc.": "31.02.1990"}, Outcome.UNREADABLE, ["born", "not_a_day"]),
        ({"Data nasc.": "12.04.90"}, Outcome.UNREADABLE, ["born", "not_a_day"]),
        ({"Data nasc.": "=A1"}, Outcome.UNREADABLE, ["born", "formula"]),
        ({"Data nasc.": ""}, Outcome.REFUSED, ["born", "no_birthday"]),
        ({"Data nasc.": "01.01.2020"}, Outcome.REFUSED, ["born", "under_age"]),
        ({"Saída": ""}, Outcome.REFUSED, ["release_on", "no_release"]),
        ({"Saída": "01.01.2099"}, Outcome.REFUSED, ["release_on", "too_early"]),
        ({"Técnico": "nobody@example.org"}, Outcome.UNREADABLE, ["worker", "nobody"]),
        ({"Sinalizado por": "A friend of a friend"}, Outcome.UNREADABLE, ["referred_by", "unknown_words"]),
        ({"Sinalizado por": ""}, Outcome.UNREADABLE, ["referred_by", "missing"]),
    ],
)
def test_a_row_that_is_not_taken_says_which_column_and_why(move_in, try_out, today, changed, outcome, fault):
    row = lists.row(1, today=today, **changed)

    tried = try_out([row])
    found = move_in([row])

    assert outcomes(found) == [(2, outcome, [fault])]
    assert [(one.number, one.outcome) for one in tried.others] == [(2, outcome)]
    assert not Case.objects.exists()
    assert not Person.objects.exists()


def test_every_fault_of_a_row_is_said_at_once(try_out, today):
    row = lists.row(1, today=today, **{"Nome": "", "Data nasc.": "soon", "Técnico": "nobody@example.org"})

    assert try_out([row]).others[0].faults == [
        ("name", Why.MISSING),
        ("born", Why.NOT_A_DAY),
        ("worker", Why.NOBODY),
    ]


def test_who_does_not_take_it_up_is_not_admitted(try_out, organisation, today):
    defaults = lists.said(organisation)["defaults"]

    refused = try_out([lists.row(1, today=today)], defaults={**defaults, "takes_up": "no"})

    assert refused.others[0].faults == [("takes_up", Why.TAKES_UP)]


def test_formulas_in_long_words_stay_text(move_in, today):
    move_in([lists.row(1, today=today, Notas='=HYPERLINK("x")')])

    assert Contact.objects.get().standing.statements.get().words == '=HYPERLINK("x")'


def test_who_is_here_already_is_reported_and_not_doubled(move_in, try_out, team, supervisor, today, now):
    factories.case(team, by=supervisor, name="Quillón, Testa da", at=now)
    row = lists.row(1, today=today, Nome="Testa Quillon")

    tried = try_out([row])
    found = move_in([row])

    assert tried.counts == {Outcome.HERE: 1}
    assert outcomes(found) == [(2, "here", [["name", "here"]])]
    assert Case.objects.count() == 1


def test_the_same_name_with_another_birthday_is_somebody_else(move_in, team, supervisor, today, now):
    factories.case(team, by=supervisor, name="Testa Quillon", at=now)

    found = move_in([lists.row(1, today=today, **{"Nome": "Testa Quillon", "Data nasc.": "13.04.1990"})])

    assert outcomes(found) == [(2, "taken", [])]


def test_who_is_here_is_taken_only_when_the_row_is_named(move_in, team, supervisor, today, now):
    factories.case(team, by=supervisor, name=lists.name(1), at=now)

    found = move_in([lists.row(1, today=today), lists.row(1, today=today)], although_here=[3])

    assert [(number, outcome) for number, outcome, _ in outcomes(found)] == [(2, "here"), (3, "taken")]


def test_nobody_learns_whom_another_team_supports(move_in, organisation, today, now):
    other = factories.team(organisation, "Hill team", at=now - timedelta(days=30))
    worker = factories.user("Olu Farfield", Role.PRACTITIONER, other, at=now - timedelta(days=20))
    factories.case(other, by=worker, name=lists.name(1), at=now)

    found = move_in([lists.row(1, today=today)])

    assert outcomes(found) == [(2, "taken", [])]


def test_the_same_person_twice_in_a_list_comes_once(move_in, try_out, today):
    rows = [lists.row(1, today=today), lists.row(2, today=today), lists.row(1, today=today)]

    tried = try_out(rows)
    found = move_in(rows)

    assert tried.counts == {Outcome.TAKEN: 2, Outcome.HERE: 1}
    assert [outcome for _, outcome, _ in outcomes(found)] == ["taken", "taken", "here"]


def test_rows_of_another_team_are_left_to_its_supervisor(move_in, team, today):
    headings = [*lists.HEADINGS, "Equipa"]
    columns = {**lists.COLUMNS, "team": "Equipa"}
    rows = [[*lists.row(1, today=today), team.name], [*lists.row(2, today=today), "Hill team"]]

    found = move_in(rows, headings, columns=columns)

    assert outcomes(found) == [(2, "taken", []), (3, "unreadable", [["team", "other_team"]])]


def test_words_are_translated(move_in, today):
    row = lists.row(1, today=today, **{"Sinalizado por": "E.P."})

    found = move_in([row], values={"referred_by": {"E.P.": "Prison"}})

    assert outcomes(found) == [(2, "taken", [])]


@pytest.mark.parametrize(
    "heading",
    ["Nacionalidade", "Religião", "Ethnic group", "Tipo de crime", "Offence", "Risk score", "Partido"],
)
def test_what_is_never_recorded_is_mapped_to_nothing(map_of, heading):
    taken = map_of(columns={"name": "Nome", "notes": heading})

    with pytest.raises(BadMap, match=heading):
        taken.must_fit(["Nome", heading])
    guessed = mapping.guess(["Nome", heading, "Notas"])
    assert [heading] not in guessed.values()


@pytest.mark.parametrize("heading", ["Origem do pedido", "Notas", "Person in charge", "Data de saída"])
def test_an_innocent_heading_is_not_taken_for_one(heading):
    assert not mapping.is_never(heading)


def test_columns_that_are_not_taken_are_named(map_of):
    assert map_of().not_taken(lists.HEADINGS) == ["Nacionalidade", "Processo"]


def test_headings_are_guessed_in_both_languages():
    said = ["Full name", "Data de Nascimento", "TELEMÓVEL", "Release date", "Shoe size"]

    assert mapping.guess(said) == {
        "name": ["Full name"],
        "born": ["Data de Nascimento"],
        "phone": ["TELEMÓVEL"],
        "release_on": ["Release date"],
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": {}},
        {"columns": {"name": "Not there"}},
        {"columns": {"name": "Nome", "called": "Nome"}},
        {"columns": {"name": "Nome", "born": ["Data nasc.", "Saída"]}},
        {"columns": {"shoe_size": "Nome"}},
        {"columns": {"name": 7}},
        {"columns": "Nome"},
        {"dates": "YDM"},
        {"values": {"told": "x"}},
        {"defaults": {"told": 1}},
        {"although_here": ["2"]},
        {"colour": "blue"},
    ],
)
def test_a_map_that_does_not_fit_is_refused(map_of, changed):
    with pytest.raises(BadMap):
        map_of(**changed).must_fit(lists.HEADINGS)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 5000, '"x"', "null"])
def test_a_map_that_is_none_is_refused(text):
    with pytest.raises(BadMap):
        mapping.from_json(text)


def test_a_dry_run_writes_nothing(try_out, today):
    rows = [lists.row(number, today=today) for number in range(3)]
    with CaptureQueriesContext(connections["default"]) as asked:
        tried = try_out(rows)

    assert tried.counts == {Outcome.TAKEN: 3}
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []


def test_a_dry_run_gathers_the_words_nobody_explained(try_out, today):
    rows = [lists.row(number, today=today, **{"Sinalizado por": "E.P."}) for number in range(3)]

    assert try_out(rows).words["referred_by"] == ["E.P."]


def test_the_trail_knows_each_case_and_the_list(move_in, supervisor, today):
    found = move_in([lists.row(1, today=today), lists.row(2, today=today)])

    mine = Event.objects.filter(by=supervisor.pk)
    assert mine.filter(name="door.admitted").count() == 2
    assert list(mine.filter(subject=found.pk).values_list("name", flat=True)) == [
        "caseload.begun",
        "caseload.finished",
    ]
    assert "quill" not in json.dumps(list(Event.objects.values_list("facts", flat=True))).casefold()


@pytest.mark.parametrize("who", ["practitioner", "mentor", "administrator", "stranger"])
def test_nobody_but_the_supervisor_moves_a_list_in(request, who, team, map_of, now, today):
    with pytest.raises(Refused):
        actions.begin_here(
            team,
            file=lists.as_csv([lists.row(1, today=today)]),
            map=map_of(),
            reason="",
            by=request.getfixturevalue(who),
            at=now,
        )

    assert not Import.objects.exists()


def test_the_same_list_does_not_move_in_twice(move_in, today):
    rows = [lists.row(1, today=today)]
    move_in(rows)

    with pytest.raises(Refused, match="already"):
        move_in(rows)

    assert Case.objects.count() == 1


def test_a_batch_that_fails_is_done_whole_the_next_time(move_in, monkeypatch, today):
    rows = [lists.row(number, today=today) for number in range(30)]
    opened, calls = actions._opened, []

    def stops(entry, **more):
        calls.append(entry)
        if len(calls) == 27:
            raise RuntimeError("the power went")
        return opened(entry, **more)

    monkeypatch.setattr(actions, "_opened", stops)
    with pytest.raises(RuntimeError):
        move_in(rows)
    assert Case.objects.count() == Row.objects.count() == 20

    found = move_in(rows)

    assert Case.objects.count() == Row.objects.filter(of=found, outcome="taken").count() == 30
    assert Import.objects.count() == 1


def test_two_that_do_the_same_batch_do_it_once(team, supervisor, map_of, now, today):
    file = lists.as_csv([lists.row(1, today=today)])
    found = actions.begin_here(team, file=file, map=map_of(), reason="", by=supervisor, at=now)
    reader = work.reader_of(found, now)
    with open_table(file) as table:
        some = list(table.lines)

    first = actions.take(found, lines=some, reader=reader, by=supervisor, at=now)
    second = actions.take(found, lines=some, reader=reader, by=supervisor, at=now)

    assert (len(first), len(second)) == (1, 0)
    assert Case.objects.count() == 1


def test_a_row_costs_the_same_however_long_the_list_is(move_in, today):
    def cost(first, count):
        with CaptureQueriesContext(connections["default"]) as asked:
            move_in([lists.row(number, today=today) for number in range(first, first + count)])
        return len(asked)

    cost(0, 1)
    one_batch, four_batches = cost(100, 20), cost(200, 80)

    assert four_batches <= 4 * one_batch


def test_a_long_list_is_tried_in_little_memory(team, supervisor, map_of, today):
    text = io.StringIO()
    for number in range(20_000):
        text.write(";".join(lists.row(number, today=today)) + "\n")
    file = io.BytesIO((";".join(lists.HEADINGS) + "\n" + text.getvalue()).encode())
    reader_for = (house(team, today), map_of(), lists.HEADINGS, today)

    tracemalloc.start()
    with open_table(file) as table:
        tried = trial.tally(table.lines, Reader(*reader_for), to=supervisor, most=100)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert tried.counts == {Outcome.TAKEN: 20_000}
    assert peak < 16 * 1024 * 1024


def test_an_uploaded_file_is_sealed_and_goes_when_it_is_done(team, supervisor, map_of, now, today):
    file = lists.as_csv([lists.row(1, today=today)])

    found = actions.bring(team, file=file, reason="We moved", by=supervisor, at=now)
    raw = b"".join(
        bytes(value)
        for question in ("SELECT content FROM imports_piece", "SELECT layout FROM imports_import")
        for (value,) in _rows(question)
    )
    with safe.opened(found) as kept:
        assert kept.getvalue() == file.getvalue()
    actions.choose_map(found, map=map_of(), by=supervisor, at=now)
    actions.begin(found, by=supervisor, at=now)
    work.go_on(now)

    assert raw
    assert b"quill" not in raw
    assert b"Nasc" not in raw
    assert Case.objects.count() == 1
    assert not Piece.objects.exists()
    assert not DataKey.objects.filter(kind=Owner.SYSTEM, owner=found.pk).exists()


def _rows(question):
    with connections["default"].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_an_uploaded_file_goes_after_seven_days(team, supervisor, map_of, now, today):
    file = lists.as_csv([lists.row(1, today=today)])
    early = now - timedelta(days=8)
    found = actions.bring(team, file=file, reason="We moved", by=supervisor, at=early)
    begun = actions.bring(team, file=file, reason="We moved", by=supervisor, at=early)
    actions.choose_map(begun, map=map_of(), by=supervisor, at=early)
    actions.begin(begun, by=supervisor, at=early)
    young = actions.bring(team, file=file, reason="We moved", by=supervisor, at=now)

    work.forget_files(now)

    assert set(Import.objects.values_list("pk", flat=True)) == {begun.pk, young.pk}
    assert set(Piece.objects.values_list("of", flat=True)) == {young.pk}
    assert Import.objects.get(pk=begun.pk).is_cut_short
    assert not DataKey.objects.filter(kind=Owner.SYSTEM, owner__in=[found.pk, begun.pk]).exists()


def test_a_supervisor_who_left_moves_nobody_in(team, supervisor, administrator, map_of, now, today):
    found = actions.bring(
        team, file=lists.as_csv([lists.row(1, today=today)]), reason="x", by=supervisor, at=now
    )
    actions.choose_map(found, map=map_of(), by=supervisor, at=now)
    actions.begin(found, by=supervisor, at=now)
    organisations.leave(supervisor, ends=today, reason="work", by=administrator, at=now)

    work.go_on(now)

    assert not Case.objects.exists()


def test_undo_takes_out_what_nobody_touched(move_in, practitioner, supervisor, now, today):
    rows = [
        lists.row(number, today=today, Técnico=practitioner.email, Notas="From before") for number in range(3)
    ]
    found = move_in(rows)
    keys = list(Person.objects.values_list("pk", flat=True)) + list(Case.objects.values_list("pk", flat=True))

    work.move_out(actions.undo(found, by=supervisor, at=now))

    assert not Case.objects.exists()
    assert not Person.objects.exists()
    assert not Door.objects.exists()
    assert not Contact.objects.exists()
    assert not DataKey.objects.filter(owner__in=keys).exists()
    assert Row.objects.exclude(undone_at=None).count() == 3
    assert Event.objects.filter(name="case.taken_back", by=supervisor.pk).count() == 3
    assert Import.objects.get(pk=found.pk).undoing.finished_at


def test_undo_leaves_alone_what_somebody_touched(move_in, practitioner, sign_in, supervisor, now, today):
    found = move_in([lists.row(number, today=today, Técnico=practitioner.email) for number in range(3)])
    first, second, _ = (row.case for row in Row.objects.filter(of=found))
    sign_in(practitioner).get(f"/people/{first.reference}/")
    Event.objects.create(name="task.promised", at=now, by=practitioner.pk, case=second.pk, subject_kind="x")

    work.move_out(actions.undo(found, by=supervisor, at=now))

    assert set(Case.objects.all()) == {first, second}
    assert [row.left for row in Row.objects.filter(of=found)] == [Left.OPENED, Left.WORKED, ""]


def test_undo_leaves_alone_what_is_held(move_in, practitioner, team, supervisor, now, today):
    found = move_in([lists.row(number, today=today, Técnico=practitioner.email) for number in range(2)])
    first, _ = (row.case for row in Row.objects.filter(of=found))
    later = now + timedelta(hours=1)
    given = {"reference": first.reference, "reason": "asked", "review_on": today + timedelta(days=30)}
    keeping.hold(first.organisation, **given, by=officer_of(team, now), at=later)

    work.move_out(actions.undo(found, by=supervisor, at=later))

    assert set(Case.objects.all()) == {first}


def test_what_was_here_before_is_never_undone(move_in, team, supervisor, now, today):
    before = factories.case(team, by=supervisor, name=lists.name(1), at=now)
    found = move_in([lists.row(1, today=today), lists.row(2, today=today)])

    work.move_out(actions.undo(found, by=supervisor, at=now))

    assert list(Case.objects.all()) == [before]


def test_undo_ends_after_fourteen_days_and_happens_once(move_in, supervisor, now, today):
    found = move_in([lists.row(1, today=today)])

    with pytest.raises(Refused, match="fourteen"):
        actions.undo(found, by=supervisor, at=found.finished_at + timedelta(days=14, minutes=1))
    actions.undo(found, by=supervisor, at=now)
    with pytest.raises(Refused, match="already"):
        actions.undo(Import.objects.get(pk=found.pk), by=supervisor, at=now)


def test_nobody_but_the_supervisor_undoes(move_in, practitioner, now, today):
    found = move_in([lists.row(1, today=today)])

    with pytest.raises(Refused):
        actions.undo(found, by=practitioner, at=now)


def test_an_undone_list_may_move_in_again(move_in, supervisor, now, today):
    rows = [lists.row(1, today=today)]
    work.move_out(actions.undo(move_in(rows), by=supervisor, at=now))

    assert outcomes(move_in(rows)) == [(2, "taken", [])]
