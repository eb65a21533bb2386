"""Moving a caseload in, page by page; without a script, and only for the supervisor of the team."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.roles import Role
from r2com.cases.models import Case
from r2com.config import worker
from r2com.imports import work
from r2com.imports.models import Import, Piece, Row
from tests import factories, lists

ADDRESSES = ["import", "import_columns", "import_words", "undo_import"]
SENT = ["begin_import", "drop_import", "undo_import", "import_columns", "import_words"]


def rows(today, count=3, **changed):
    return [lists.row(number, today=today, **changed) for number in range(count)]


@pytest.fixture
def bring(sign_in, supervisor, today):
    """Upload a list and give back the supervisor's browser and the import."""

    def brought(file=None):
        browser = sign_in(supervisor)
        file = file or lists.as_csv(rows(today))
        file.name = "the caseload of Testa.csv"
        browser.post(reverse("imports"), {"file": file, "reason": "The old program ends"})
        return browser, Import.objects.first()

    return brought


def columns_of(found, organisation, **changed):
    """What the page of the columns asks, answered."""
    said = {f"column_{place}": "-" for place in range(len(found.headings))}
    for name, headings in lists.COLUMNS.items():
        said |= {f"column_{found.headings.index(one)}": name for one in headings}
    for name, word in lists.said(organisation)["defaults"].items():
        said[f"all_{name}"] = word
    return {"all_worker": "-", "all_referred_by": "-", **said, "dates": "DMY", **changed}


@pytest.fixture
def mapped(bring, organisation):
    def made(file=None, **changed):
        browser, found = bring(file)
        browser.post(reverse("import_columns", args=[found.pk]), columns_of(found, organisation, **changed))
        return browser, Import.objects.get(pk=found.pk)

    return made


def text(response):
    return response.content.decode()


def test_a_caseload_moves_in_and_out_again_in_the_browser(mapped, today):
    browser, found = mapped()
    trial = text(browser.get(found.get_absolute_url()))
    assert not Case.objects.exists()

    browser.post(reverse("begin_import", args=[found.pk]))
    waiting = text(browser.get(found.get_absolute_url()))
    work.go_on(found.made_at)
    result = text(browser.get(found.get_absolute_url()))
    before = text(browser.get(reverse("undo_import", args=[found.pk])))
    assert Case.objects.count() == 3
    browser.post(reverse("undo_import", args=[found.pk]))
    going = text(browser.get(found.get_absolute_url()))
    work.go_on(found.made_at)
    undone = text(browser.get(found.get_absolute_url()))

    assert "3 rows" in trial
    assert "Nacionalidade" in trial
    assert "We never record this" in trial
    assert "It begins within a minute" in waiting
    assert "The old program ends" in result
    assert "3 cases would be deleted" in before
    assert "The cases go one by one" in going
    assert "3 cases were deleted" in undone
    assert not Case.objects.exists()


def test_the_headings_are_guessed_and_what_we_never_record_cannot_be_chosen(bring):
    browser, found = bring()

    form = browser.get(reverse("import_columns", args=[found.pk])).context["form"]

    guessed = {heading: form[f"column_{at}"].initial for at, heading in enumerate(found.headings)}
    assert guessed["Nome"] == "name"
    assert guessed["Data nasc."] == "born"
    assert guessed["Processo"] == "-"
    never = form.fields[f"column_{found.headings.index('Nacionalidade')}"]
    assert never.disabled
    assert [value for value, _ in never.choices] == ["-"]


def test_a_forged_choice_for_what_we_never_record_is_not_taken(bring, organisation):
    browser, found = bring()
    forged = {f"column_{found.headings.index('Nacionalidade')}": "called"}

    browser.post(reverse("import_columns", args=[found.pk]), columns_of(found, organisation, **forged))

    assert "called" not in Import.objects.get(pk=found.pk).map["columns"]


def test_columns_without_a_name_are_asked_again(bring, organisation):
    browser, found = bring()
    without = {f"column_{found.headings.index('Nome')}": "-"}

    answer = browser.post(
        reverse("import_columns", args=[found.pk]), columns_of(found, organisation, **without)
    )

    assert "Say which column holds the name." in text(answer)
    assert Import.objects.get(pk=found.pk).map == {}


def test_words_that_nobody_knows_are_explained_once(mapped, organisation, today):
    from r2com.organisations.models import ListName

    browser, found = mapped(lists.as_csv(rows(today, **{"Sinalizado por": "E.P."})))
    trial = text(browser.get(found.get_absolute_url()))
    asked = text(browser.get(reverse("import_words", args=[found.pk])))
    entry = factories.entry(organisation, ListName.REFERRED_BY)

    browser.post(reverse("import_words", args=[found.pk]), {"referred_by_0": str(entry.pk)})

    assert "Some words of your list are on none of ours" in trial
    assert "“E.P.”" in asked
    assert "Every row is taken" in text(browser.get(found.get_absolute_url()))
    assert "All words are known" in text(browser.get(reverse("import_words", args=[found.pk])))


def test_rows_that_are_not_taken_are_named_by_their_headings(mapped, today):
    browser, found = mapped(lists.as_csv(rows(today, 1, **{"Data nasc.": "soon"})))

    said = text(browser.get(found.get_absolute_url()))

    assert "Data nasc.:" in said
    assert "Not a day in the order you said" in said
    assert "Move them in" not in said


@pytest.mark.parametrize("content", [b"", b"Nome\n", b"a\0b\n", b"PK\x03\x04rubbish", b"a;" * 300 + b"\n1"])
def test_a_file_that_cannot_be_read_says_what_to_do(sign_in, supervisor, content):
    import io

    file = io.BytesIO(content)
    file.name = "list.csv"

    answer = sign_in(supervisor).post(reverse("imports"), {"file": file, "reason": "We moved"})

    assert answer.context["form"].errors["file"]
    assert "We moved" in text(answer)
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_not_taken(sign_in, supervisor, settings):
    import io

    file = io.BytesIO(b"Nome\n" + b"x\n" * (6 * 1024 * 1024))
    file.name = "list.csv"

    answer = sign_in(supervisor).post(reverse("imports"), {"file": file, "reason": "We moved"})

    assert "at most 10 MB" in text(answer)
    assert not Piece.objects.exists()


def test_a_list_can_be_deleted_before_anybody_moved_in(mapped):
    browser, found = mapped()

    browser.post(reverse("drop_import", args=[found.pk]))

    assert not Import.objects.exists()
    assert not Piece.objects.exists()


def test_a_list_that_moves_in_is_not_changed_any_more(mapped, organisation):
    browser, found = mapped()
    browser.post(reverse("begin_import", args=[found.pk]))

    browser.post(reverse("drop_import", args=[found.pk]))
    answer = browser.post(reverse("import_columns", args=[found.pk]), columns_of(found, organisation))

    assert answer.status_code == 302
    assert Import.objects.filter(pk=found.pk).exists()


def test_what_stays_is_listed_before_and_after(mapped, practitioner, sign_in, supervisor, today):
    browser, found = mapped(lists.as_csv(rows(today, Técnico=practitioner.email)))
    browser.post(reverse("begin_import", args=[found.pk]))
    work.go_on(found.made_at)
    case = Case.objects.first()
    sign_in(practitioner).get(case.get_absolute_url())
    browser = sign_in(supervisor)

    before = text(browser.get(reverse("undo_import", args=[found.pk])))
    browser.post(reverse("undo_import", args=[found.pk]))
    work.go_on(found.made_at)
    after = text(browser.get(found.get_absolute_url()))

    for said in (before, after):
        assert case.reference in said
        assert "Somebody has opened the record since." in said
    assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["practitioner", "mentor", "administrator", "stranger"])
def test_for_everybody_else_these_pages_are_not_there(request, mapped, sign_in, who):
    _, found = mapped()
    browser = sign_in(request.getfixturevalue(who))

    statuses = {browser.get(reverse("imports")).status_code}
    statuses |= {browser.get(reverse(name, args=[found.pk])).status_code for name in ADDRESSES}
    statuses |= {browser.post(reverse(name, args=[found.pk])).status_code for name in SENT}

    assert statuses == {404}


def test_the_supervisor_of_another_team_does_not_see_the_list(mapped, organisation, sign_in, now):
    _, found = mapped()
    other = factories.team(organisation, "Hill team", at=now - timedelta(days=30))
    supervisor = factories.user("Sven Hillside", Role.SUPERVISOR, other, at=now - timedelta(days=20))
    browser = sign_in(supervisor)

    assert {browser.get(reverse(name, args=[found.pk])).status_code for name in ADDRESSES} == {404}
    assert "List of" not in text(browser.get(reverse("imports")))


def test_only_the_supervisor_is_pointed_to_it(sign_in, supervisor, practitioner):
    address = reverse("imports")

    assert address in text(sign_in(supervisor).get(reverse("people")))
    assert address not in text(sign_in(practitioner).get(reverse("people")))


def test_nothing_personal_is_in_addresses_logs_or_jobs(mapped, caplog, today):
    from r2com.jobs.models import Job

    caplog.set_level(logging.DEBUG)
    browser, found = mapped()
    answer = browser.post(reverse("begin_import", args=[found.pk]))
    worker.register()
    worker.one_round()

    assert Case.objects.count() == 3
    said = caplog.text + answer.url + str(list(Job.objects.values())) + str(list(Row.objects.values()))
    assert "quill" not in said.casefold()
    assert "caseload of Testa" not in said


def test_a_list_asks_as_few_queries_at_fifty_rows_as_at_one(
    bring, count_queries, supervisor, team, now, sign_in
):
    browser, found = bring()

    def cost():
        with count_queries() as counted:
            browser.get(reverse("imports"))
        return counted.asked

    one = cost()
    for _ in range(49):
        found.pk = None
        Import(
            organisation=team.organisation, team=team, digest="x", number=1, made_by=supervisor, made_at=now
        ).save()
    fifty = cost()

    assert len(one) <= 6
    assert len(fifty) == len(one)
