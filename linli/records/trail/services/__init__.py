"""Adding to the trail."""

from linli.records.trail.services.checkpoints import take_checkpoint
from linli.records.trail.services.erasure import erase_openings
from linli.records.trail.services.recording import Sealed, record

__all__ = ["Sealed", "erase_openings", "record", "take_checkpoint"]
