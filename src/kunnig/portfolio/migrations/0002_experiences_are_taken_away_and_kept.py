"""Mark an experience that a later version of its mapping no longer tells; the row is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name="experience", name="taken_away_at", field=models.DateTimeField(null=True)
        ),
    ]
