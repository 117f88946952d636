from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_a_password_made_by_somebody_else_is_changed")]

    operations = [
        migrations.RemoveConstraint("identifier", "identifier_belongs_to_one_person"),
        migrations.AddField("identifier", "apart", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("identifier", "authority", models.BigIntegerField(default=0)),
        migrations.AddIndex(
            "identifier",
            models.Index(fields=["kind", "issuer", "value"], name="identifiers_of_one_number"),
        ),
        migrations.AddConstraint(
            "identifier",
            models.UniqueConstraint(
                fields=("authority", "kind", "issuer", "value", "apart"),
                name="identifier_belongs_to_one_person_in_each_authority",
            ),
        ),
        migrations.AddConstraint(
            "identifier",
            models.UniqueConstraint(
                fields=("person", "authority", "kind", "issuer", "value"),
                name="identifier_is_noted_once_by_each_authority",
            ),
        ),
    ]
