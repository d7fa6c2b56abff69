from django.db import migrations, models


class Migration(migrations.Migration):
    """Offices are told of a stop as well as of an act: what is told once is told once of either."""

    dependencies = [
        ("cases", "0006_no_index_of_kinds"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="message_once_per_step"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("case", "act", "step", "office", "place"), name="message_once"),
        ),
    ]
