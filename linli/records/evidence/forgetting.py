"""Files that go with the words of whoever handed them in."""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction

from linli.records.evidence.models import File


def drop_files(files: Iterable[File]) -> int:
    """Files nothing else shows: the rows now, the bytes once it is committed and nobody else has the same."""
    gone = [file for file in files if not file.pieces.exists() and not File.objects.filter(redacted_from=file).exists()]
    for file in gone:
        path, sha256 = file.path, file.sha256
        file.delete()
        if not File.objects.filter(sha256=sha256).exists():
            transaction.on_commit(lambda path=path: default_storage.delete(path))  # type: ignore[misc]
    return len(gone)
