from django.db import migrations, models


class Migration(migrations.Migration):
    """Matters nobody has taken a step in, found among very many."""

    dependencies = [
        ("rulebook", "0004_passage_newest"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                fields=["subject_kind", "taken"], condition=models.Q(subject_kind="case", taken=0), name="passage_of_draft"
            ),
        ),
    ]
