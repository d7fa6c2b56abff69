from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of a subject's events leads to the decision each of them sealed."""

    dependencies = [
        ("trail", "0002_seals"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_of_subject"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject_kind", "subject_id", "decision"], name="event_of_decision"),
        ),
    ]
