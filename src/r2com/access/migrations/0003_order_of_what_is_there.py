"""Grants that were there before lists were read in order learn their day and their last change.

Casework lies above this foundation; the tables are only read here, once, as they stood then.
"""

from datetime import date

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def learn(apps, schema_editor):
    Case, Event = apps.get_model("cases", "Case"), apps.get_model("audit", "Event")
    days = Case.objects.filter(pk=OuterRef("case")).values("release_on")[:1]
    changes = Event.objects.filter(case=OuterRef("case")).exclude(name="record.opened")
    last = changes.order_by("-at").values("at")[:1]
    apps.get_model("access", "Grant").objects.update(
        day=Coalesce(Subquery(days), date.max), changed_at=Coalesce(Subquery(last), F("since"))
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0002_in_order"), ("cases", "0001_initial"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(learn, migrations.RunPython.noop)]
