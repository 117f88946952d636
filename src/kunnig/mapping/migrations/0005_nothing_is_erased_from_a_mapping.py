"""Let the database refuse to erase an answer, and to change anything beside a locked mapping.

What empties a whole database lets these triggers stand aside (`kunnig flush`). A later migration
that must change such rows drops the triggers first and makes them again; so must one that lets
SQLite remake one of these tables (a test notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SETTLED = "('locked', 'superseded')"
# All but the state: what a newer version takes over stays as it was.
FROZEN = (
    "id, case_id, kind, version, supersedes_id, started_by_id, started_at, shared_at, "
    "approved_by_id, approved_at, approved_how, approved_hash, locked_by_id, locked_at, "
    "content_hash, beside"
)


def is_settled(row: str) -> str:
    """Return the condition that the mapping of a row, OLD or NEW, is locked for good."""
    return f"(SELECT state FROM mapping_mapping WHERE id = {row}.mapping_id) IN {SETTLED}"


# name, table, when, condition, what the database answers
TRIGGERS = (
    ("answers_are_never_erased", "mapping_answer", "DELETE", "1 = 1", "answers are never erased"),
    (
        "locked_is_never_erased",
        "mapping_mapping",
        "DELETE",
        f"OLD.state IN {SETTLED}",
        "the mapping is locked",
    ),
    (
        "superseding_changes_the_state_only",
        "mapping_mapping",
        f"UPDATE OF {FROZEN}",
        f"OLD.state IN {SETTLED}",
        "the mapping is locked",
    ),
    (
        "locked_takes_no_target",
        "mapping_mappingtarget",
        "INSERT",
        is_settled("NEW"),
        "the mapping is locked",
    ),
    (
        "locked_keeps_its_targets_as_they_are",
        "mapping_mappingtarget",
        "UPDATE",
        f"{is_settled('OLD')} OR {is_settled('NEW')}",
        "the mapping is locked",
    ),
    (
        "locked_loses_no_target",
        "mapping_mappingtarget",
        "DELETE",
        is_settled("OLD"),
        "the mapping is locked",
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
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
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
    dependencies = [("mapping", "0004_keep_what_lay_beside_the_answers")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
