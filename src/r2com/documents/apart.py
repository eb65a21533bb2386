"""Hands a file to the workshop, a process of its own with limits, and brings back what it made."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext_lazy as _

from r2com.core.refusals import Refused
from r2com.ui.pdf import pdf

PATIENCE = 90  # seconds
AT_ONCE = BoundedSemaphore(2)
TEXT = Path(__file__).parent / "typst" / "text.typ"

SENTENCES = {
    "empty": _("There is nothing in this file. Choose another one."),
    "heic": _(
        "This picture is in a format that only some phones read (HEIC). On the phone choose “Most "
        "compatible” in the camera’s settings, or make a picture of the screen, and add that one."
    ),
    "office": _("This is a file of an office program or an archive. Save it as PDF and add the PDF."),
    "unknown": _(
        "This kind of file cannot be kept here. Add a PDF, a picture (JPEG, PNG, TIFF) or plain text."
    ),
    "locked": _("This PDF is locked with a password. Open it, print it into a new PDF, and add that one."),
    "broken": _(
        "This file is not whole, or built in an unusual way. Open it, print it into a new PDF or take a "
        "picture of it, and add that one."
    ),
    "many_pages": _("This file has more than 100 pages. Split it, and add the parts that are needed."),
    "large_picture": _("This picture is larger than can be kept. Make it smaller, or take it again."),
    "long_text": _("This text is very long. Print it into a PDF, and add the pages that are needed."),
    "too_much": _("This file asks for more than a file should. Print it into a new PDF, and add that one."),
    "no_such_page": _("There is no such page."),
}


@dataclass(frozen=True)
class Made:
    """What the workshop made: its type, how many pages it has, and its bytes."""

    type: str
    pages: int
    data: bytes


def cleaned(data: bytes) -> Made:
    """The same file drawn or written anew, without anything that does not show. Raises Refused."""
    made = _made(*_work({"do": "clean"}, data))
    return _on_paper(made) if made.type == "text/plain" else made


def page(data: bytes, type: str, number: int, boxes: list[list[int]]) -> bytes:
    """One page as a JPEG, with boxes that can still be seen through. Raises Refused."""
    return _work({"do": "page", "type": type, "page": number, "boxes": boxes}, data)[1]


def redacted(data: bytes, type: str, boxes: dict[str, list[list[int]]]) -> Made:
    """A PDF of pictures in which the boxes are black. Raises Refused."""
    return _made(*_work({"do": "redact", "type": type, "boxes": boxes}, data))


def _made(said: dict[str, Any], data: bytes) -> Made:
    return Made(said["type"], said["pages"], data)


def _on_paper(text: Made) -> Made:
    """Plain text as pages, so that it can be read, redacted and given like everything else."""
    printed = pdf(
        TEXT, {"language": "en", "draft": False, "words": {"paper": "Text"}, "text": text.data.decode()}
    )
    return _made(*_work({"do": "clean"}, printed))


def _work(job: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """One piece of work in a process that gets nothing but the file: no settings, no keys, no database."""
    with AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "r2com.documents.workshop"],
                input=json.dumps(job).encode() + b"\n" + data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(SENTENCES["too_much"]) from None
    head, line_end, made = done.stdout.partition(b"\n")
    said = json.loads(head) if done.returncode == 0 and line_end else {"unfit": "too_much"}
    if "unfit" in said:
        raise Refused(SENTENCES[said["unfit"]])
    return said, made
