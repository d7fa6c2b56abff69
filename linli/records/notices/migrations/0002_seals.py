from django.db import migrations

from linli.records.trail.seals import sealed


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("trail", "0002_seals")]

    operations = [
        sealed("notices_noticecontent", ["id"], ["notice_id", "number"]),
        sealed("notices_objection", ["id"], ["notice_id", "number"], ["code"]),
        sealed("notices_closing", ["id"], ["objection_id"]),
    ]
