from django.db import migrations, models


class Migration(migrations.Migration):
    """A wide list is read from the newest on, whatever order matters came into the table."""

    dependencies = [
        ("cases", "0002_message_step_wide"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened_at", "-id"], name="case_newest"),
        ),
    ]
