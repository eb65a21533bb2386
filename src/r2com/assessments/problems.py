"""What is still owed, said in the reader's language."""

from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Problem

# The engine's own sentences. A rule's sentence comes from the instrument and is translated there.
SENTENCES = {
    "item": _("This instrument has no such item."),
    "value": _("Choose one of the words offered."),
    "evidence_value": _("Say where this comes from and which way it speaks."),
    "own_words": _("Add a few words: how the person sees it, or why they were not asked."),
}


def sentence(problem: Problem) -> str:
    return str(SENTENCES.get(problem.rule, problem.message))
