"""What the second wall says about each table, from the models and from the same grants as the first.

A row of a case is there for whoever has a live grant on it; a row of a person, for whoever has one on a case
of theirs; a row of such a row, for whoever the row above is there for. Nothing here names a table of its own
accord: the way to the case is found along the foreign keys, and what has such a way and no wall stands in
`OUTSIDE` with its reason.

The grants are read once for a statement, as an array, and not once for a row. They themselves name nobody
but by identifiers: whoever asks may read them, and only the house writes them.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model

from .wall import HOUSE, NOBODY, SETTING

CASE, PERSON = "cases.case", "people.person"
GRANTS = "access_grant"
POLICY, READING = "second_wall", "grants_are_read"
OUTSIDE = {
    "audit_event": "the trail: who looked is read by the team, the person and data protection",
    "audit_casecount": "the trail: only counts",
    "drafts_draft": "what one types oneself, found by who typed it, also before there is a case",
    "cases_door": "asked about before there is a case; read by the team that answered",
    "guards_restriction": "what takes away; hidden from whoever it is about, it would take nothing away",
    "guards_exclusion": "what takes away, likewise",
    "guards_emergency": "the way in for whoever has no grant yet, and for whoever looks at it afterwards",
    "keeping_hold": "what stops deletion; placed and ended by data protection, who has no grant",
    "keeping_holdend": "likewise",
    "rights_complaint": "decided by somebody uninvolved, who therefore has no grant",
    "imports_row": "belongs to the list of a team; its words are sealed under the list",
}

ASKS = f"(SELECT current_setting('{SETTING}', true))"
ASKER = f"(SELECT nullif(nullif(nullif({ASKS}, ''), '{NOBODY}'), '{HOUSE}')::uuid)"
BY_HOUSE = f"{ASKS} = '{HOUSE}'"


def seen(what: str) -> str:
    """The cases, or persons, on which whoever asks has a live grant, as an array."""
    return (
        f'ARRAY(SELECT g."{what}" FROM access_grant g WHERE g."user" = {ASKER}'  # noqa: S608
        " AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp()))"
    )


def walled() -> dict[type[Model], str]:
    """Each model behind the wall, and the condition under which its rows are there."""
    found: dict[type[Model], str] = {}
    models = [one for one in apps.get_models() if one._meta.db_table not in OUTSIDE]
    while fresh := {one: said for one in models if one not in found and (said := _condition(one, found))}:
        found |= fresh
    return found


def _condition(model: type[Model], found: dict[type[Model], str]) -> str | None:
    """How a row of this model leads to its case or its person, in SQL."""
    table = model._meta.db_table
    if model._meta.label_lower in (CASE, PERSON):
        return f'"{table}"."id" = ANY ({seen("case" if model._meta.label_lower == CASE else "person")})'
    for field in sorted(_towards(model), key=_nearness):
        target = field.related_model._meta.label_lower
        column = f'"{table}"."{field.column}"'
        if target in (CASE, PERSON):
            return _or_none(field, column, f"{column} = ANY ({seen('case' if target == CASE else 'person')})")
        if field.related_model in found:
            above = field.related_model._meta.db_table
            there = f'EXISTS (SELECT 1 FROM "{above}" above WHERE above."id" = {column})'  # noqa: S608
            return _or_none(field, column, there)
    return None


def _towards(model: type[Model]) -> Iterator[ForeignKey]:
    """The foreign keys of a row, but for those to its own kind."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is not model:
            yield field


def _nearness(field: ForeignKey) -> tuple[bool, bool]:
    """The case itself before the person, and both before what is in between."""
    target = field.related_model._meta.label_lower
    return target != CASE, target != PERSON


def _or_none(field: ForeignKey, column: str, said: str) -> str:
    return f"({column} IS NULL OR {said})" if field.null else said


def without_a_wall(cursor) -> list[str]:
    """The tables that should be behind the wall, and are not, or not for their owner."""
    cursor.execute(
        "SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname AND policyname = %s"
        " WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity",
        [POLICY],
    )
    behind = {name for (name,) in cursor.fetchall()}
    return sorted({GRANTS, *(model._meta.db_table for model in walled())} - behind)


def strange(cursor) -> list[str]:
    """The tables with a policy that is not ours, and that might hide a row from the house, too."""
    cursor.execute(
        "SELECT DISTINCT tablename FROM pg_policies WHERE policyname <> ALL (%s) ORDER BY tablename",
        [[POLICY, READING]],
    )
    return [name for (name,) in cursor.fetchall()]


def statements() -> Iterator[str]:
    """Build the wall, or build it again. For the owner of the tables, after every migration."""
    for model, said in walled().items():
        yield from _wall(model._meta.db_table, f"{BY_HOUSE} OR {said}")
    yield from _wall(GRANTS, BY_HOUSE)
    yield f"DROP POLICY IF EXISTS {READING} ON {GRANTS}"
    yield f"CREATE POLICY {READING} ON {GRANTS} FOR SELECT USING (true)"


def _wall(table: str, said: str) -> Iterator[str]:
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS {POLICY} ON "{table}"'
    yield f'CREATE POLICY {POLICY} ON "{table}" USING ({said})'
