"""The real settings, with a fast password hasher and a scratch folder."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LINLI_VAR", tempfile.mkdtemp(prefix="linli-test-"))
os.environ.setdefault("LINLI_SECRET_KEY", "test")
os.environ.setdefault("LINLI_FIELD_KEY", "test-field-key")

from linli.config.settings import *  # noqa: F403
from linli.config.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(VAR) / "files"
# Empty: what `make run` has gathered for serving would be gone through anew by every client of every test.
STATIC_ROOT = Path(VAR) / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Tests need no durability; they need speed.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000;"
    )
elif os.environ.get("LINLI_TEST_TEMPLATE"):
    # Already migrated (tests/with_postgres.py).
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["LINLI_TEST_TEMPLATE"]}
# Tests go back in time and take back what they did; only those of the kept pages keep any.
KEPT_PAGES_BYTES = 0
HOLD_FIGURES = False
