from linli.records.evidence.models.files import File
from linli.records.evidence.models.papers import Answers, Filling
from linli.records.evidence.models.pieces import Piece

__all__ = ["Answers", "File", "Filling", "Piece"]
