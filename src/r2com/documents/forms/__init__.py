"""What is asked about papers, what is to be covered on them, and letters."""

from .letters import LetterForm, TemplateForm, differences, on_top_of
from .papers import DocumentForm, ReleaseForm, RemoveForm
from .redacting import FinishForm, PageForm

__all__ = [
    "DocumentForm",
    "FinishForm",
    "LetterForm",
    "PageForm",
    "ReleaseForm",
    "RemoveForm",
    "TemplateForm",
    "differences",
    "on_top_of",
]
