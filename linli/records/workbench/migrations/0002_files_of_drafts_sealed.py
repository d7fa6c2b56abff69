"""Files kept with drafts are encrypted, as the drafts are."""

from typing import Any

from django.db import migrations

from linli.records.people.sealed import seal_bytes, unseal_bytes

_AT = "workbench_draftfile.content"


def seal(apps: Any, editor: Any) -> None:
    for file in apps.get_model("workbench", "DraftFile").objects.iterator(chunk_size=1):
        file.content = seal_bytes(bytes(file.content), _AT)
        file.save(update_fields=["content"])


def open_again(apps: Any, editor: Any) -> None:
    for file in apps.get_model("workbench", "DraftFile").objects.iterator(chunk_size=1):
        file.content = unseal_bytes(bytes(file.content), _AT)
        file.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_initial")]

    operations = [migrations.RunPython(seal, open_again)]
