"""The trail: what was done, sealed so that nobody can change it unseen. The lowest app: names and codes are only values here."""

from linli.records.trail.registry import Personal, event

__all__ = ["Personal", "event"]
