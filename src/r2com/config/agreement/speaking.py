"""The remarks on agreement in the language that was asked for."""

from r2com.config.speech import translated
from r2com.core.agreement import Remark


def in_words(remark: Remark, language: str) -> str:
    return translated(remark.says, language) % remark.facts
