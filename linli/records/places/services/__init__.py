"""Filling the tree of places and changing it, each change with its day and its document.

`by` is the ref of whoever acts ("person:…" or "system"): people stand above places, so who may do this is decided by
`people.permissions.KEEP_PLACES` before these are called.
"""

from linli.records.places.services.changing import add_place, end_place, rename_place, split_place
from linli.records.places.services.loading import TABLES, Loaded, load_places
from linli.records.places.services.mapping import load_outlines
from linli.records.places.services.reaching import set_reached
from linli.records.places.services.undoing import undo_change

__all__ = [
    "TABLES",
    "Loaded",
    "add_place",
    "end_place",
    "load_outlines",
    "load_places",
    "rename_place",
    "set_reached",
    "split_place",
    "undo_change",
]
