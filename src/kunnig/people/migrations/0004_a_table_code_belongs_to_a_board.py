from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_each_authority_notes_numbers_for_itself")]

    operations = [
        migrations.AddField("person", "table_code_at", models.BigIntegerField(default=0)),
    ]
