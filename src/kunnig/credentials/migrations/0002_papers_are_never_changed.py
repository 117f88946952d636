"""Let the database refuse a change of a paper, and a paper of what is not locked.

Only a successor is set, once, and the person's choice of what is shown. A later migration that
must change such rows drops the triggers first and makes them again; so must one that lets SQLite
remake the table (a test notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "credentials_paper"
FROZEN = (
    "id, case_id, mapping_id, kind, number, code, languages, snapshot, content_hash, "
    "template_version, law_version, issued_by_id, issued_at, operation"
)
HAS_NO_LOCKED_MAPPING = """NOT EXISTS (
  SELECT 1 FROM mapping_mapping AS told WHERE told.id = NEW.mapping_id AND told.case_id = NEW.case_id
  AND told.kind = NEW.kind AND told.state IN ('locked', 'superseded')
)"""

# name, when, condition, what the database answers
TRIGGERS = (
    ("papers_never_change", f"UPDATE OF {FROZEN}", "1 = 1", "papers are never changed"),
    (
        "a_successor_stays",
        "UPDATE OF successor_id",
        "OLD.successor_id IS NOT NULL",
        "the paper has a successor already",
    ),
    (
        "papers_are_of_locked_mappings",
        "INSERT",
        HAS_NO_LOCKED_MAPPING,
        "a paper is made of a locked mapping of its case and kind",
    ),
)

SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN
    RAISE integrity_constraint_violation USING MESSAGE = '{refusal}';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def refuse_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    trigger = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for name, event, condition, refusal in TRIGGERS:
        statement = trigger.format(
            name=name, table=TABLE, event=event, condition=condition, refusal=refusal
        )
        schema_editor.execute(statement, params=None)


def allow_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, *_rest in TRIGGERS:
        on = f" ON {TABLE}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_first_tables")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
