"""Count the paths and the adaptations of a case: which one holds is not left to a clock."""

from collections import Counter

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number what is there in the order it was shown until now."""
    for name, order in (("Adaptation", "noted_at"), ("PathDecision", "decided_at")):
        seen: Counter[object] = Counter()
        for row in apps.get_model("cases", name).objects.order_by(order, "-id"):
            seen[row.case_id] += 1
            row.number = seen[row.case_id]
            row.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_first_tables")]

    operations = [
        migrations.AddField("adaptation", "number", models.PositiveIntegerField(null=True)),
        migrations.AddField("pathdecision", "number", models.PositiveIntegerField(null=True)),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
