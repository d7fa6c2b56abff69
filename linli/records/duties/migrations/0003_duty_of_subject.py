from django.db import migrations, models


class Migration(migrations.Migration):
    """The page of a matter asks for its duties, done ones too."""

    dependencies = [
        ("duties", "0002_paused_is_an_outcome"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["subject_kind", "subject_id"], name="duty_of_subject"),
        ),
    ]
