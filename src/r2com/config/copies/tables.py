"""What stands in every table, as one number of rows and one checksum each.

Rows are read in the order of their primary key, so that two databases with the same rows answer the same.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator

from r2com.access import wall

Tables = dict[str, dict]
Tell = Callable[[str], object]
BATCH = 2_000

# As text and in a fixed form, whatever the server is set to, and for the house, which sees every row.
FIXED = (
    "SET timezone = 'UTC'",
    "SET datestyle = 'ISO'",
    "SET intervalstyle = 'iso_8601'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    f"SET {wall.SETTING} = '{wall.HOUSE}'",
)
OF_POSTGRESQL = """
SELECT c.oid::regclass::text, c.relname,
       (SELECT string_agg(quote_ident(a.attname)
                          || CASE WHEN t.typcategory = 'S' THEN ' COLLATE "C"' ELSE '' END,
                          ', ' ORDER BY array_position(i.indkey::int2[], a.attnum))
          FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          JOIN pg_type t ON t.oid = a.atttypid
         WHERE i.indrelid = c.oid AND i.indisprimary)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
 ORDER BY c.relname"""


def nobody(sentence: str) -> None:
    """Tell it to nobody."""


def of_sqlite(connection: sqlite3.Connection, tell: Tell = nobody) -> Tables:
    return {name: _told(name, _rows(connection, name), tell) for name in _names(connection)}


def _names(connection: sqlite3.Connection) -> list[str]:
    question = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    return [name for (name,) in connection.execute(question)]


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[bytes]:
    columns = connection.execute(f"SELECT name, pk FROM pragma_table_info('{table}')").fetchall()  # noqa: S608
    order = ", ".join(f'"{name}"' for name, place in sorted(columns, key=lambda one: one[1]) if place)
    question = f'SELECT * FROM "{table}" ORDER BY {order or "rowid"}'  # noqa: S608
    for row in connection.execute(question):
        yield repr(row).encode()


def of_postgresql(connection, tell: Tell = nobody) -> Tables:
    """The same on PostgreSQL, within the transaction that `connection` (psycopg) is in."""
    for statement in FIXED:
        connection.execute(statement)
    found = connection.execute(OF_POSTGRESQL).fetchall()
    return {name: _told(name, _copied(connection, table, order), tell) for table, name, order in found}


def _copied(connection, table: str, order: str | None) -> Iterator[bytes]:
    ordered = f" ORDER BY {order}" if order else ""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT * FROM {table}{ordered}) TO STDOUT") as out,  # noqa: S608
    ):
        for row in out:
            yield bytes(row)


def _told(name: str, rows: Iterator[bytes], tell: Tell) -> dict:
    """Each row with its length before it, so that no two lists of rows look alike."""
    found, count = hashlib.sha256(), 0
    for row in rows:
        found.update(len(row).to_bytes(8, "big"))
        found.update(row)
        count += 1
    if count >= BATCH:
        tell(f"{name}: {count:,} rows.")
    return {"rows": count, "sha256": found.hexdigest()}


def differences(wanted: Tables, found: Tables) -> list[str]:
    """The tables that are not the same on both sides."""
    return sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
