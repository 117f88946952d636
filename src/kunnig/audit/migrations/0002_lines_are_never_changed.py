"""Let the database refuse every change of a line in the trail.

A later migration that must change such rows drops the trigger first and makes it again; so must
one that lets SQLite remake the table.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "lines of the trail are never changed"

SQLITE = f"""
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{REFUSAL}'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


def refuse_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        schema_editor.execute(POSTGRESQL, params=None)
    else:
        schema_editor.execute(SQLITE, params=None)


def allow_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the trigger."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_entry_never_changes ON audit_entry", params=None)
        schema_editor.execute("DROP FUNCTION audit_refuse_change()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER audit_entry_never_changes", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_tables")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
