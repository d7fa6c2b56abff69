from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest of a category or a year, as of a type."""

    dependencies = [
        ("cases", "0004_case_newest_of_type"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=[column, "-opened_at", "-id"], name=name),
        )
        for column, name in (
            ("category", "case_newest_of_category"),
            ("year", "case_newest_of_year"),
        )
    ]
