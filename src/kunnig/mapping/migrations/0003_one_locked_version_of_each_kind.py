"""Let no case have two locked versions of one kind: a paper could not tell which one counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mapping", "0002_answers_are_never_changed")]

    operations = [
        migrations.AddConstraint(
            model_name="mapping",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "locked")),
                fields=("case", "kind"),
                name="mapping_one_locked_of_each_kind_in_a_case",
            ),
        ),
    ]
