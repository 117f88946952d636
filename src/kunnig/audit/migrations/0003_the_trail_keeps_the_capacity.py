"""Keep in which role somebody acted. SQLite remakes the table, and loses its trigger with it."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'lines of the trail are never changed'); END
"""


def refuse_changes_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger where it went away with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_never_changes", params=None)
        schema_editor.execute(SQLITE, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_lines_are_never_changed")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, refuse_changes_again),
        migrations.AddField("entry", "capacity", models.CharField(blank=True, max_length=80)),
        migrations.RunPython(refuse_changes_again, migrations.RunPython.noop),
    ]
