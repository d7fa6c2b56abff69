from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest matters in a state or a stage, though few of them may be among the newest of all."""

    dependencies = [
        ("rulebook", "0003_editions_kept"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                condition=models.Q(("subject_kind", "case")),
                fields=[column, "-opened_at", "-id"],
                name=f"passage_newest_in_{column}",
            ),
        )
        for column in ("state", "stage")
    ]
