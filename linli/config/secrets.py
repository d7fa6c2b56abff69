"""Secrets a site did not set are made once and kept in its var folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def site_secret(var: Path, name: str, given: str) -> str:
    if given:
        return given
    path = var / name
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Written under another name and then linked: whoever reads meanwhile finds the whole secret or none."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
    except FileExistsError:
        pass  # Another process was faster; its secret is the one.
    finally:
        unfinished.unlink()
