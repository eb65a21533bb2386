"""Questions that pages ask again and again: put together once, then asked with other values.

Django puts a query together each time it is asked, and for the small questions of a page that takes
longer than the answer. A `Question` keeps the SQL of the first time, for each kind of database:

    MINE = Question(lambda asker, case: Task.objects.visible_to(asker).filter(case=case))
    tasks = MINE(user, case=case.pk)

What varies stands in the query as a `Blank`, the user, the moment and the day among it. Anything else would
be kept as it was the first time: no clock, no user and nothing of the request may be read inside. A moment,
a day or an identifier that is no blank is refused when the question is put together.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, Value
from django.utils import timezone


class Blank(Value):
    """A value that is filled in when the question is asked."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


@dataclass(frozen=True)
class Asker:
    """Stands for whoever asks, and for the moment in which they do."""

    pk: Blank = Blank("user")  # noqa: RUF009, it is never changed
    now: Blank = Blank("now")  # noqa: RUF009
    today: Blank = Blank("today")  # noqa: RUF009


ASKER: Final = Asker()
VARIES: Final = re.compile(r"(?!9999-12-31)\d{4}-\d\d-\d\d|[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$")


class Question:
    """`build` is given the asker, and a blank for each further value, and gives the query."""

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build
        self.known: dict[str, tuple] = {}

    def __call__(self, user, **values: Any) -> list:
        """The rows that answer it for this user, now."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self.known:
            self.known[connection.vendor] = self._put_together(values)
        queryset, compiler, sql, params = self.known[connection.vendor]
        filled = {"user": user.pk, "now": timezone.now(), "today": timezone.localdate(), **values}
        said = [_kept(filled[p.value], connection) if isinstance(p, Blank) else p for p in params]
        asked = copy(compiler)
        asked.connection, asked.as_sql = connection, lambda *args, **kwargs: (sql, said)
        rows = queryset._chain()
        rows.query.get_compiler = lambda *args, **kwargs: asked
        return list(rows)

    def _put_together(self, values: dict[str, Any]) -> tuple:
        queryset = self.build(ASKER, **{name: Blank(name) for name in values})
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        for param in params:
            _must_hold_always(param)
        return queryset, compiler, sql, params


class Frozen(Exception):
    """A question would be asked for ever with what was true the first time."""


def _must_hold_always(param: Any) -> None:
    varies = isinstance(param, date | UUID) and param != date.max
    if varies or (isinstance(param, str) and VARIES.match(param)):
        raise Frozen(f"{param!r} stands in a question; leave a Blank for it")


def hand_out(children: list, parents: list, name: str, key: str) -> None:
    """Give each row its own children, as `prefetch_related` does, but from one question for all of them."""
    whose = defaultdict(list)
    for child in children:
        whose[getattr(child, f"{key}_id")].append(child)
    for parent in parents:
        rows = QuerySet(type(parent)._meta.get_field(name).related_model)
        rows._result_cache, rows._prefetch_done = whose[parent.pk], True
        parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows
        for child in whose[parent.pk]:
            setattr(child, key, parent)


def _kept(value: Any, connection) -> Any:
    """A value as this database keeps it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
