"""Papers of a case, the files behind them, what was taken out of the house, and letters."""

from .letters import Finish, Letter, LetterTemplate
from .papers import Document, File, Kind, Piece, Release, SeenBy, Source
from .redactions import Redaction

__all__ = [
    "Document",
    "File",
    "Finish",
    "Kind",
    "Letter",
    "LetterTemplate",
    "Piece",
    "Redaction",
    "Release",
    "SeenBy",
    "Source",
]
