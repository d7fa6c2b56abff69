"""The same standing clock as for the matters of the desk."""

from tests.web.desk.cases.conftest import district, english, time

__all__ = ["district", "english", "time"]
