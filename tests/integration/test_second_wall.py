"""On PostgreSQL the database itself shows a record only to whom a live grant lets in."""

import pytest
from django.db import ProgrammingError, connection, transaction

from r2com.access import models, policies, wall
from r2com.access.questions import Question
from r2com.cases.models import Case
from r2com.people.models import Person
from r2com.tasks.models import PutOff

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="an embedded database has no policies; this runs on PostgreSQL"
)

# What leads to a case or a person, or to a row that does, has a wall or stands in policies.OUTSIDE.
FORCED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
FOR_ALL = "SELECT tablename FROM pg_policies WHERE cmd = 'ALL' AND permissive = 'PERMISSIVE'"
OPEN_VIEWS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND (c.relkind = 'm' OR c.relkind = 'v'
    AND NOT coalesce(c.reloptions::text[] && ARRAY['security_invoker=true', 'security_invoker=on'], false))"""
MIGHTY = """
    SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') AND (rolsuper OR rolbypassrls
    OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'v', 'm')))"""


def rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def asking():
    """Ask as somebody, or as nobody, as a request does."""

    def ask(user, question):
        with wall.asked_by(wall.NOBODY):
            if user:
                wall.hear(user)
            return question()

    return ask


@pytest.fixture
def no_first_wall(monkeypatch):
    """Everything that asks whose rows these are forgets it; questions are put together anew."""
    cases = type(Case.objects.all())
    for scoped in (models.ScopedQuerySet, models.PersonQuerySet, cases):
        monkeypatch.setattr(scoped, "visible_to", lambda found, user: found.all())
    monkeypatch.setattr(cases, "first_visible_to", lambda found, user, count, **_order: found.by_release())
    monkeypatch.setattr(models.GrantQuerySet, "held_by", lambda found, user: found.all())
    ask = Question.__call__

    def ask_anew(question, user, **values):
        return ask(Question(question.build), user, **values)

    monkeypatch.setattr(Question, "__call__", ask_anew)


def test_every_table_of_a_record_is_behind_the_wall():
    walled = {model._meta.db_table for model in policies.walled()}

    assert walled >= {"cases_case", "people_person"}
    assert walled | {policies.GRANTS} <= rows(FORCED)
    assert walled | {policies.GRANTS} <= rows(FOR_ALL)


def test_nothing_else_leads_to_a_record():
    to_records = """
        SELECT DISTINCT conrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND confrelid IN ('cases_case'::regclass, 'people_person'::regclass)"""

    assert rows(to_records) <= rows(FORCED) | set(policies.OUTSIDE)


def test_what_is_outside_is_there_and_says_why():
    assert set(policies.OUTSIDE) <= rows("SELECT relname FROM pg_class WHERE relkind = 'r'")
    assert all(policies.OUTSIDE.values())


def test_no_view_passes_the_wall_by():
    assert rows(OPEN_VIEWS) == set()


def test_the_role_cannot_pass_the_wall_by():
    assert rows(MIGHTY) == set()


def test_a_worker_finds_their_case_without_any_first_wall(case, practitioner, asking):
    assert asking(practitioner, lambda: list(Case.objects.all())) == [case]
    assert asking(practitioner, lambda: list(Person.objects.all())) == [case.person]


def test_others_find_nothing_without_any_first_wall(case, colleague, stranger, asking):
    for user in (colleague, stranger, None):
        assert asking(user, lambda: list(Case.objects.all())) == []
        assert asking(user, lambda: list(Person.objects.all())) == []


def test_a_connection_that_says_nothing_finds_nothing(case):
    wall_forgotten = "SELECT set_config('r2com.asks', '', true)"

    with connection.connection.cursor() as cursor:
        cursor.execute(wall_forgotten)
        cursor.execute("SELECT count(*) FROM cases_case")
        found = cursor.fetchone()[0]
    connection.said = None

    assert found == 0


def test_grants_are_read_by_whoever_asks_and_written_by_the_house(case, stranger, asking):
    def widen():
        return models.Grant.objects.update(user=stranger.pk)

    assert asking(stranger, lambda: models.Grant.objects.filter(case=case.pk).exists())
    assert asking(stranger, widen) == 0
    assert widen()


def test_a_foreign_case_cannot_be_changed(case, stranger, asking):
    assert asking(stranger, lambda: Case.objects.filter(pk=case.pk).update(person=case.person)) == 0


def test_nothing_is_written_into_a_foreign_case(case, practitioner, stranger, asking, now):
    def put_off(user):
        with transaction.atomic():
            return PutOff.objects.create(
                case=case, kind="review", until=now.date(), put_off_by=user, put_off_at=now
            )

    with pytest.raises(ProgrammingError, match="row-level security"):
        asking(stranger, lambda: put_off(stranger))
    assert asking(practitioner, lambda: put_off(practitioner))


def test_the_worker_reads_list_and_page_behind_the_second_wall_alone(
    client, sign_in, case, practitioner, no_first_wall
):
    sign_in(practitioner)

    assert "Milo Fernweh" in client.get("/people/").content.decode()
    assert client.get(f"/people/{case.reference}/").status_code == 200


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_nobody_else_reads_list_or_page_without_the_first_wall(
    request, client, sign_in, case, who, no_first_wall
):
    sign_in(request.getfixturevalue(who))

    assert "Milo Fernweh" not in client.get("/people/").content.decode()
    assert client.get(f"/people/{case.reference}/").status_code == 404
