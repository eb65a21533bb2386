"""What the log says is only ever added to, either; and every entry that is here waits for its place."""

from django.db import migrations

LOG = ("audit_leaf", "audit_checkpoint")
SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
)
POSTGRESQL = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
)
WAIT = "INSERT INTO audit_waiting (event, bound) SELECT id, {nothing} FROM audit_event"


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in LOG:
        for verb in ("UPDATE", "DELETE") if is_sqlite else ("",):
            statement = SQLITE if is_sqlite else POSTGRESQL
            schema_editor.execute(statement.format(table=table, verb=verb), params=None)


def let_wait(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        nothing = "x''" if schema_editor.connection.vendor == "sqlite" else "''::bytea"
        schema_editor.execute(WAIT.format(nothing=nothing), params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_log")]
    operations = [
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(let_wait, migrations.RunPython.noop),
    ]
