"""A connection that says who asks before it asks, once for each who. The keyring has no wall and is not told.

What is said lasts as long as the connection; a rollback takes it back, and it is said again. So each server
has its connections for itself: behind a pooler that hands one connection to several clients between their
transactions, one could ask in the name of another (see docs/how-to/install.md).
"""

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base

from .. import wall

IN_BETWEEN = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.said: str | None = None
        self.execute_wrappers.append(self._say_who_asks)

    def get_new_connection(self, conn_params):
        self.said = None
        return super().get_new_connection(conn_params)

    def _rollback(self):
        super()._rollback()
        self.said = None

    def _savepoint_rollback(self, sid):
        super()._savepoint_rollback(sid)
        self.said = None

    def _say_who_asks(self, execute, sql, params, many, context):
        who = wall.who_asks()
        if who != self.said and self.alias == DEFAULT_DB_ALIAS and not sql.startswith(IN_BETWEEN):
            with self.wrap_database_errors:
                self.connection.execute("SELECT set_config(%s, %s, false)", [wall.SETTING, who])
            self.said = who
        return execute(sql, params, many, context)
