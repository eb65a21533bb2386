"""Days that pass, for a walk that takes a year and a half.

Nobody's clock is changed: the server goes by today, as always. What was written so far becomes older
instead: every day and every moment in the database moves back. The trail cannot be changed by anybody, and
stays; so do sign-ins. What is sealed, such as the words and tables of a kept review, stays as it was written.
"""

from datetime import timedelta

from django.apps import apps
from django.db import connection, models, transaction

STAY = {"audit", "accounts", "account", "mfa", "sessions", "contenttypes", "auth", "vault"}


@transaction.atomic
def pass_(days: int) -> None:
    """Make everything that was written so far this much older."""
    for model in apps.get_models():
        moments = [field.attname for field in model._meta.local_fields if isinstance(field, models.DateField)]
        if moments and model._meta.app_label not in STAY and not model._meta.proxy:
            _age(model, moments, timedelta(days=days))


def _age(model, moments: list[str], by: timedelta) -> None:
    rows = model._base_manager.using(connection.alias).values("pk", *moments)
    for row in list(rows):
        older = {name: row[name] - by for name in moments if row[name] is not None}
        if older:
            model._base_manager.filter(pk=row["pk"]).update(**older)
