"""The offices of the small Nanshan, signed in at the desk on a day of ours."""

from tests.web.desk.intake.conftest import desk, english, time, village

__all__ = ["desk", "english", "time", "village"]
