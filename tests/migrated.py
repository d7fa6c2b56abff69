"""On SQLite the migrations are run once and the empty database they leave is copied for every later run."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection


def _name() -> str:
    """Another set of migrations, or of apps, is another database."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(app.label.encode() + file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def copied_for(worker: str) -> Path:
    """A migrated, empty database of this worker's own; `django_db_blocker` must be lifted."""
    shared = Path(tempfile.gettempdir()) / f"linli-migrated-{os.getuid()}"
    shared.mkdir(exist_ok=True)
    kept = shared / f"{_name()}.sqlite3"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _migrate(kept)
    own = _quick() / f"linli-test-{os.getpid()}-{worker}.sqlite3"
    shutil.copyfile(kept, own)
    return own


def _quick() -> Path:
    """Memory where there is plenty of it; a container may give its shared memory 64 MB."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return memory if roomy else Path(tempfile.gettempdir())


def _migrate(kept: Path) -> None:
    beginning = kept.with_suffix(".new")
    beginning.unlink(missing_ok=True)
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(beginning)
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
    with sqlite3.connect(beginning) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    database.close()
    beginning.rename(kept)
