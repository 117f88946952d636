"""Keep, at the lock, what a paper prints of a mapping beside its answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mapping", "0003_one_locked_version_of_each_kind")]

    operations = [
        # Null without a default: SQLite then adds the column to the table as it is, triggers kept.
        migrations.AddField(model_name="mapping", name="beside", field=models.JSONField(null=True)),
    ]
