from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_changes_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="place",
            name="counter",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
