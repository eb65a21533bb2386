"""Rows by the thousand: what a model says about its columns, without an object for each row."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.db import connections, router
from django.db.models import AutoField, Field, JSONField, Model, UUIDField

from r2com.core.identifiers import new_id
from r2com.vault import sealing
from r2com.vault.fields import SealedText, place_in

Owner = tuple[str, Any]


class Rows:
    """Rows of one model, gathered in memory and written in one go. Sealed texts are sealed on the way in.

    Columns that are not given take the field's default, as in an object of the model.
    """

    def __init__(self, model: type[Model]):
        self.model = model
        self.lines: list[list] = []
        self.connection = connections[router.db_for_write(model)]
        self.fields = [f for f in model._meta.concrete_fields if not isinstance(f, AutoField)]
        self.plain = [self._plain(f) for f in self.fields]

    def add(self, under: Owner | None = None, **given: Any) -> Any:
        """One more row, by column; `under` says whose key seals it. Gives its id."""
        given.setdefault("id", None)
        pk = given["id"] = given["id"] or new_id()
        self.lines.append(
            [
                self._sealed(field, given.get(name, default), under, pk)
                if sealed
                else (ready(given[name]) if name in given else default)
                for field, name, sealed, ready, default in self.plain
            ]
        )
        return pk

    def write(self) -> None:
        """Send what was gathered to the database, and begin again."""
        lines, self.lines = self.lines, []
        quoted = self.connection.ops.quote_name
        into = f"{quoted(self.model._meta.db_table)} ({', '.join(quoted(f.column) for f in self.fields)})"
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                self._copy(cursor, into, lines)
            else:
                places = ", ".join(["%s"] * len(self.fields))
                cursor.executemany(f"INSERT INTO {into} VALUES ({places})", lines)  # noqa: S608, own names

    def _copy(self, cursor, into: str, lines: list[list]) -> None:
        """Through a table of the moment: nothing is copied into a table behind the second wall."""
        table, _, columns = into.partition(" ")
        empty = f"SELECT {columns[1:-1]} FROM {table} LIMIT 0"  # noqa: S608
        cursor.execute(f"CREATE TEMP TABLE gathered ON COMMIT DROP AS {empty}")
        with cursor.copy("COPY gathered FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
        cursor.execute(f"INSERT INTO {into} SELECT * FROM gathered")  # noqa: S608
        cursor.execute("DROP TABLE gathered")

    def _plain(self, field) -> tuple:
        """A column: its name, whether it is sealed, how a value is made ready, and what stands there else."""
        ready, sealed, default = self._ready(field), isinstance(field, SealedText), field.get_default()
        return field, field.attname, sealed, ready, default if sealed else ready(default)

    def _ready(self, field) -> Callable[[Any], Any]:
        """How this database keeps a value. Days, moments and words come again and again, so they are kept."""
        ready, kind = partial(field.get_db_prep_save, connection=self.connection), _kind(field)
        if isinstance(kind, UUIDField) and not self.connection.features.has_native_uuid_field:
            return lambda value: value and value.hex
        return ready if isinstance(kind, JSONField) else lru_cache(maxsize=512)(ready)

    def _sealed(self, field: SealedText, value: Any, under: Owner | None, pk: Any) -> bytes:
        if under is None:
            raise TypeError(f"{field} is sealed: say whose key seals it")
        return sealing.seal(field.to_words(value), *under, place_in(field, self.model, pk))


def _kind(field: Field) -> Field:
    """What a column holds; a foreign key holds what it points to."""
    return field.target_field if field.is_relation else field
