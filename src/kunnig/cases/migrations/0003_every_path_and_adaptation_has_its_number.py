"""Let no path and no adaptation be without a number, and none of a case have that of another.

By itself, for PostgreSQL changes no table in the transaction that has just changed its rows.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_paths_and_adaptations_are_counted")]

    operations = [
        migrations.AlterField("adaptation", "number", models.PositiveIntegerField()),
        migrations.AlterField("pathdecision", "number", models.PositiveIntegerField()),
        migrations.AddConstraint(
            "adaptation",
            models.UniqueConstraint(
                fields=("case", "number"), name="adaptation_number_is_unique_in_its_case"
            ),
        ),
        migrations.AddConstraint(
            "pathdecision",
            models.UniqueConstraint(
                fields=("case", "number"), name="path_decision_number_is_unique_in_its_case"
            ),
        ),
        migrations.RemoveIndex("adaptation", "adaptations_of_one_case"),
        migrations.RemoveIndex("pathdecision", "paths_of_one_case"),
    ]
