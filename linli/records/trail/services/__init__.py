"""Adding to the trail."""

from linli.records.trail.services.checkpoints import take_checkpoint
from linli.records.trail.services.erasure import erase_openings
from linli.records.trail.services.recording import Sealed, record, record_all

__all__ = ["Sealed", "erase_openings", "record", "record_all", "take_checkpoint"]
