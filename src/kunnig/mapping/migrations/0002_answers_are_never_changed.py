"""Let the database refuse a change of an answer, and any change in what is locked.

A later migration that must change such rows drops the triggers first and makes them again; so
must one that lets SQLite remake one of these tables (a test notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SETTLED = "('locked', 'superseded')"
IS_SETTLED = f"(SELECT state FROM mapping_mapping WHERE id = NEW.mapping_id) IN {SETTLED}"
LEAVES_LOCK = "OLD.state = 'superseded' OR (OLD.state = 'locked' AND NEW.state <> 'superseded')"

# name, table, when, condition, what the database answers
TRIGGERS = (
    ("answers_never_change", "mapping_answer", "UPDATE", "1 = 1", "answers are never changed"),
    ("locked_takes_no_answer", "mapping_answer", "INSERT", IS_SETTLED, "the mapping is locked"),
    ("locked_stays_locked", "mapping_mapping", "UPDATE", LEAVES_LOCK, "the mapping is locked"),
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
    for name, table, event, condition, refusal in TRIGGERS:
        statement = trigger.format(
            name=name, table=table, event=event, condition=condition, refusal=refusal
        )
        schema_editor.execute(statement, params=None)


def allow_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_rest in TRIGGERS:
        on = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("mapping", "0001_first_tables")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
