from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("session", "device", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("session", "begun_on", models.DateField(null=True)),
        migrations.AddField("session", "last_used_on", models.DateField(null=True)),
    ]
