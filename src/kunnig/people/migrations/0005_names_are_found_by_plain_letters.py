"""Names of other alphabets are found by the plain letters nearest to them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PLAIN = str.maketrans(
    {
        "\u0131": "i",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "œ": "oe",
        "ŋ": "n",
        "ə": "e",
        "\u02bc": "'",
        "\u2019": "'",
    }
)


def fold_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write anew what names are compared by, of those who have such letters."""
    people = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    for key, before in people.values_list("pk", "search_key").iterator():
        if (now := before.translate(PLAIN)) != before:
            people.filter(pk=key).update(search_key=now)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_a_table_code_belongs_to_a_board")]

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
