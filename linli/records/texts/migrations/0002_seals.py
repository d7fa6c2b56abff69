from django.db import migrations

from linli.records.trail.seals import sealed


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial"), ("trail", "0002_seals")]

    operations = [
        sealed("texts_comment", ["id"], ["document_id", "number"], ["code"]),
        sealed("texts_answer", ["id"], ["comment_id"], ["group_id"]),
        sealed("texts_report", ["id"], ["document_id", "number"]),
        sealed("texts_explanation", ["id"], ["question_id", "number"]),
        sealed("texts_effect", ["id"]),
        sealed("texts_hiding", ["id"], ["comment_id"], ["question_id"], ["post_id"]),
    ]
