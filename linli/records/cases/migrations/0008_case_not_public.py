from django.db import migrations, models


class Migration(migrations.Migration):
    """The few matters not everybody sees, found among very many."""

    dependencies = [
        ("cases", "0007_message_of_a_stop"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["place"], condition=models.Q(public=False), name="case_not_public"),
        ),
    ]
