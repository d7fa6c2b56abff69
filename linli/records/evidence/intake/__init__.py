"""What comes in as a file: told apart by its bytes, never by its name; made harmless, or refused with the reason."""

from linli.records.evidence.intake.receive import LARGEST, Received, receive

__all__ = ["LARGEST", "Received", "receive"]
