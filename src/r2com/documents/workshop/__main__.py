"""One piece of work: a line of JSON and the file come in, a line of JSON and the result go out."""

import json
import sys
from typing import Any

from .limits import RESULT, set_limits

set_limits()

from . import drawing, pdfs, pictures, recognising, sheets  # noqa: E402
from .unfit import Unfit  # noqa: E402


def clean(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What somebody added, written or drawn anew."""
    kind = recognising.kind(data)
    if kind == "pdf":
        pages, made = pdfs.rewritten(data)
        return {"type": "application/pdf", "pages": pages}, made
    if kind == "text":
        return {"type": "text/plain", "pages": 1}, recognising.text(data).encode()
    if kind == "tiff" and len(frames := pictures.frames(data)) > 1:
        return {"type": "application/pdf", "pages": len(frames)}, sheets.bound(
            [(one, None) for one in frames]
        )
    type, made = pictures.drawn(data, kind)
    return {"type": type, "pages": 1}, made


def page(data: bytes, *, type: str, page: int, boxes: list) -> tuple[dict[str, Any], bytes]:
    return {"type": "image/jpeg"}, drawing.shown(data, type, page, boxes)


def redact(data: bytes, *, type: str, boxes: dict) -> tuple[dict[str, Any], bytes]:
    pages, made = drawing.redacted(data, type, boxes)
    return {"type": "application/pdf", "pages": pages}, made


WORK = {"clean": clean, "page": page, "redact": redact}


def work(asked: bytes) -> tuple[dict[str, Any], bytes]:
    head, data = asked.split(b"\n", 1)
    said = json.loads(head)
    try:
        answer, made = WORK[said.pop("do")](data, **said)
    except Unfit as fault:
        return {"unfit": fault.why}, b""
    except (MemoryError, OverflowError):
        return {"unfit": "too_much"}, b""
    except Exception:  # whatever a reader says about a file that is not as it should be
        return {"unfit": "broken"}, b""
    return (answer, made) if len(made) <= RESULT else ({"unfit": "too_much"}, b"")


if __name__ == "__main__":
    answer, made = work(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)
