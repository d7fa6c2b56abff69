from linli.records.evidence.services.papers import answer_checklist, fill_form, lock_form, release_form
from linli.records.evidence.services.pieces import file_piece, void_slot

__all__ = ["answer_checklist", "file_piece", "fill_form", "lock_form", "release_form", "void_slot"]
