from django.db import migrations

from linli.records.trail.seals import sealed


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [
        sealed("trail_event", ["id"], ["stream", "seq"], ["stream", "prev_sha256"]),
        sealed("trail_checkpoint", ["id"], ["number"]),
        sealed("trail_leaf", ["index"], ["event_id"]),
    ]
