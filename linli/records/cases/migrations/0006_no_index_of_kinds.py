from django.db import migrations


class Migration(migrations.Migration):
    """0005 at first made an index of kinds too; a database from those days still has it, where it leads SQLite astray."""

    dependencies = [
        ("cases", "0005_case_newest_of_each"),
    ]

    operations = [
        migrations.RunSQL("DROP INDEX IF EXISTS case_newest_of_kind", migrations.RunSQL.noop),
    ]
