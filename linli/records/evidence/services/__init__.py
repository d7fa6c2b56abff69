from linli.records.evidence.services.files import read_file, redact_file, store_file
from linli.records.evidence.services.papers import answer_checklist, fill_form, lock_form, release_form
from linli.records.evidence.services.pieces import file_piece, void_slot
from linli.records.evidence.services.sealed import open_sealed

__all__ = [
    "answer_checklist",
    "file_piece",
    "fill_form",
    "lock_form",
    "open_sealed",
    "read_file",
    "redact_file",
    "release_form",
    "store_file",
    "void_slot",
]
