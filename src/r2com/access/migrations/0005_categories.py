"""Each grant says which kinds of content it opens, and what it is for."""

from django.db import migrations, models
from django.db.models.functions import Cast

EVERYBODY = ["contact", "core", "legal"]
ALL = [
    "belief",
    "contact",
    "conviction and grievance",
    "core",
    "health",
    "legal",
    "offence",
    "source-protected",
    "third party",
    "victim",
]
PURPOSES = {"supervisor": "supervision", "reads their own record": "own record"}


def say_it(apps, schema_editor):
    """As access.categories.opened_by derives it. What an agency may not read at all goes at the next rebuild."""
    grants = apps.get_model("access", "Grant").objects.alias(words=Cast("may", models.TextField()))
    grants.update(categories=EVERYBODY)
    grants.filter(words__contains='"read sensitive items"').update(categories=ALL)
    for source, purpose in PURPOSES.items():
        grants.filter(source=source).update(purpose=purpose)


class Migration(migrations.Migration):
    dependencies = [("access", "0004_closed")]

    operations = [
        migrations.AddField("grant", "categories", models.JSONField(default=list)),
        migrations.AddField("grant", "purpose", models.CharField(default="support", max_length=20)),
        migrations.RunPython(say_it, migrations.RunPython.noop, elidable=True),
    ]
