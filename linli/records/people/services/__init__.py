"""Acts about people."""

from linli.records.people.services.offices import appoint, end_office

__all__ = ["appoint", "end_office"]
