"""Give each number that staff noted to the board in whose case they did; else the person's first."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F


def tell_the_board(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the key of the board on each number that says none."""
    Identifier = apps.get_model("people", "Identifier")
    Case = apps.get_model("cases", "Case")
    for each in Identifier.objects.filter(authority=0).exclude(noted_by=F("person")):
        cases = Case.objects.filter(person=each.person_id).order_by("registered_at", "id")
        case = cases.filter(registered_by=each.noted_by_id).first() or cases.first()
        if case is not None:
            each.authority = case.board_id
            each.save(update_fields=["authority"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_every_path_and_adaptation_has_its_number"),
        ("people", "0003_each_authority_notes_numbers_for_itself"),
    ]

    operations = [migrations.RunPython(tell_the_board, migrations.RunPython.noop)]
