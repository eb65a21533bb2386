"""What a file is, by its content. Its name and what the browser says of it do not count."""

import unicodedata

import puremagic

from .limits import TEXT
from .unfit import Unfit

HEAD = 8192
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png", "image/tiff": "tiff"}
OTHER = {"heif": "heic", "heic": "heic", "avif": "heic", "office": "office", "zip": "office", "ole": "office"}
# Files that consist of letters and yet are no letters.
PROGRAMS = ("<!doctype", "<html", "<?xml", "<svg", "{\\rtf", "#!", "%!ps", "mime-version:")
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def kind(data: bytes) -> str:
    """`pdf`, `jpeg`, `png`, `tiff` or `text`. Raises Unfit for everything else."""
    if not data.strip(b"\0 \r\n\t"):
        raise Unfit("empty")
    guesses = _guesses(data)
    for guess in guesses:
        if guess.offset == 0 and guess.mime_type in KINDS:
            return KINDS[guess.mime_type]
    if _text(data) is not None:
        return "text"
    raise Unfit(_why_not(guesses))


def text(data: bytes) -> str:
    """Plain text in one encoding, with one kind of line end. Raises Unfit."""
    words = _text(data)
    if words is None:
        raise Unfit("unknown")
    if len(data) > TEXT:
        raise Unfit("long_text")
    return words


def _guesses(data: bytes) -> list:
    try:
        return puremagic.magic_string(data[:HEAD])
    except (puremagic.PureError, ValueError):
        return []


def _text(data: bytes) -> str | None:
    """The words, if the file has nothing but words."""
    known = ENCODINGS.get(data[:3]) or ENCODINGS.get(data[:2])
    for encoding in [known] if known else ["utf-8", "cp1252"]:
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        words = words.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").replace("\f", "\n")
        if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in words):
            return None
        return None if words.lstrip().lower().startswith(PROGRAMS) else words
    return None


def _why_not(guesses: list) -> str:
    said = " ".join(f"{one.mime_type} {one.extension} {one.name}".lower() for one in guesses)
    return next((why for sign, why in OTHER.items() if sign in said), "unknown")
