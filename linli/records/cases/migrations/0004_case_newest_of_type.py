from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest of one type, though few of them may be among the newest of all."""

    dependencies = [
        ("cases", "0003_case_newest"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["type", "-opened_at", "-id"], name="case_newest_of_type"),
        ),
    ]
