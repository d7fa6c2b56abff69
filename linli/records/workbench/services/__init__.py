"""What may be done at the workbench."""

from linli.records.workbench.services.bulk import Planned, begin_run, go_on
from linli.records.workbench.services.drafts import (
    Kept,
    Owner,
    bring_back,
    drop_files,
    forget_old,
    keep_draft,
    remove_draft,
    sent,
)
from linli.records.workbench.services.filters import bring_filter_back, remove_filter, rename_filter, save_filter

__all__ = [
    "Kept",
    "Owner",
    "Planned",
    "begin_run",
    "bring_back",
    "bring_filter_back",
    "drop_files",
    "forget_old",
    "go_on",
    "keep_draft",
    "remove_draft",
    "remove_filter",
    "rename_filter",
    "save_filter",
    "sent",
]
