"""Secrets a site did not set are made once and kept in its var folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def site_secret(var: Path, name: str, given: str) -> str:
    if given:
        return given
    path = var / name
    if path.exists():
        return path.read_text(encoding="ascii")
    var.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Another process was faster; its secret is the one.
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
