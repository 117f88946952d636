"""Let the database refuse a point, a criterion or a purpose for a target that is asked about.

A target's question set comes last when a syllabus is taken in: from then on its version is whole.
A later migration that lets SQLite remake one of these tables makes the triggers again (a test
notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

OF_TARGET = "EXISTS (SELECT 1 FROM standards_questionset WHERE target_id = NEW.target_id)"
OF_SYLLABUS = """EXISTS (
  SELECT 1 FROM standards_questionset JOIN standards_target AS told ON told.id = target_id
  WHERE told.syllabus_id = NEW.syllabus_id
)"""
CONDITIONS = {
    "point": OF_TARGET,
    "criterion": f"{OF_TARGET} OR {OF_SYLLABUS}",
    "targetpurpose": OF_TARGET,
    "purposepoint": OF_SYLLABUS,
}
REFUSAL = "no row is added to a version"

SQLITE = """
CREATE TRIGGER standards_{table}_comes_with_its_version BEFORE INSERT ON standards_{table}
WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE FUNCTION standards_{table}_comes_with_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN
    RAISE integrity_constraint_violation USING MESSAGE = '{refusal}';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standards_{table}_comes_with_its_version BEFORE INSERT ON standards_{table}
FOR EACH ROW EXECUTE FUNCTION standards_{table}_comes_with_its_version()
"""


def refuse_more(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    trigger = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for table, condition in CONDITIONS.items():
        statement = trigger.format(table=table, condition=condition, refusal=REFUSAL)
        schema_editor.execute(statement, params=None)


def allow_more(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in CONDITIONS:
        name = f"standards_{table}_comes_with_its_version"
        on = f" ON standards_{table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_rows_of_a_version_never_change")]

    operations = [migrations.RunPython(refuse_more, allow_more)]
