"""Let the database keep the second person, and what was written in a draft.

Whoever has written in a draft does not publish it; nothing is written in one that is proposed or
published; no entry is ever changed. A later migration that lets SQLite remake one of these tables
makes the triggers again (a test notices when it was forgotten).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WRITING = "('copied', 'written', 'moved', 'taken_away', 'brought_back')"
IS_NOT_WRITTEN = "(SELECT state FROM standards_setdraft WHERE id = NEW.draft_id) <> 'draft'"

# name, table, when, condition, what the database answers
TRIGGERS = (
    (
        "draft_is_published_by_one_who_has_not_written_in_it",
        "standards_setdraft",
        "UPDATE",
        "NEW.published_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM standards_draftentry "
        f"WHERE draft_id = NEW.id AND by_id = NEW.published_by_id AND deed IN {WRITING})",
        "whoever has written in a draft does not publish it",
    ),
    (
        "draft_entries_are_never_changed",
        "standards_draftentry",
        "UPDATE",
        "1 = 1",
        "entries of a draft are never changed",
    ),
    (
        "draft_is_written_in_while_it_is_one",
        "standards_draftentry",
        "INSERT",
        f"NEW.deed IN {WRITING} AND {IS_NOT_WRITTEN}",
        "the draft is not being written",
    ),
    (
        "draft_gets_parts_while_it_is_one",
        "standards_draftpart",
        "INSERT",
        IS_NOT_WRITTEN,
        "the draft is not being written",
    ),
    (
        "draft_keeps_its_parts_once_it_is_proposed",
        "standards_draftpart",
        "UPDATE",
        IS_NOT_WRITTEN,
        "the draft is not being written",
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


def keep(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    trigger = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for name, table, event, condition, refusal in TRIGGERS:
        statement = trigger.format(
            name=name, table=table, event=event, condition=condition, refusal=refusal
        )
        schema_editor.execute(statement, params=None)


def let_go(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_rest in TRIGGERS:
        on = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("standards", "0004_drafts_of_question_sets")]

    operations = [migrations.RunPython(keep, let_go)]
