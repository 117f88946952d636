"""Let the database refuse every change of a row that belongs to a version of a standard.

A later migration that must change such rows drops the triggers first and makes them again; so
must one that lets SQLite remake one of these tables (a test notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = (
    "syllabus",
    "syllabusschoolform",
    "purposepoint",
    "target",
    "targetpurpose",
    "point",
    "criterion",
    "questionset",
    "questiongroup",
    "questiongrouptext",
    "question",
    "question_points",
    "question_criteria",
    "questiontext",
)
REFUSAL = "rows of a version never change"

SQLITE = """
CREATE TRIGGER standards_{table}_never_changes BEFORE UPDATE ON standards_{table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION standards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{refusal}'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER standards_{table}_never_changes BEFORE UPDATE ON standards_{table}
FOR EACH ROW EXECUTE FUNCTION standards_refuse_change()
"""


def refuse_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION.format(refusal=REFUSAL), params=None)
    trigger = POSTGRESQL if is_postgresql else SQLITE
    for table in TABLES:
        schema_editor.execute(trigger.format(table=table, refusal=REFUSAL), params=None)


def allow_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        on = f" ON standards_{table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER standards_{table}_never_changes{on}", params=None)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION standards_refuse_change()", params=None)


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_first_tables")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
