"""What can be done with papers and letters."""

from .letters import (
    add_template,
    begin_letter,
    begin_version,
    change_letter,
    finish_letter,
    letter_printed,
    retire_template,
    reword_template,
    seed_letters,
)
from .papers import add, file_opened, remove
from .redacting import begin_redaction, handed_over, make_copy, mark, release

__all__ = [
    "add",
    "add_template",
    "begin_letter",
    "begin_redaction",
    "begin_version",
    "change_letter",
    "file_opened",
    "finish_letter",
    "handed_over",
    "letter_printed",
    "make_copy",
    "mark",
    "release",
    "remove",
    "retire_template",
    "reword_template",
    "seed_letters",
]
