"""Typed questions: what other people's forms ask, beside the judgements of a guide.

    asked = list(walk(instrument.questions, answers, today))
    problems(instrument.questions, answers, today, completing=True)
    tidy(instrument.questions, answers, today)

Answers are plain values by question: text and words as they are, whole numbers as numbers, decimals and days
as text, several choices as a list. A group that may be said several times holds a list of such answers.
"""

from .answers import MESSAGES, Asked, Problem, filled_in, offered, pages, problems, tidy, walk
from .checking import question_faults
from .conditions import holds
from .definition import Answers, Choice, Group, Page, Part, Question, Questions, Value
from .reading import questions_of

__all__ = [
    "MESSAGES",
    "Answers",
    "Asked",
    "Choice",
    "Group",
    "Page",
    "Part",
    "Problem",
    "Question",
    "Questions",
    "Value",
    "filled_in",
    "holds",
    "offered",
    "pages",
    "problems",
    "question_faults",
    "questions_of",
    "tidy",
    "walk",
]
