"""Pages as pictures: to look at, and as the only thing that a redacted copy consists of."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from .pictures import encoded
from .sheets import bound
from .unfit import Unfit

TO_READ = 1600  # pixels along the longer side
TO_GIVE = 2200
WHOLE = 1000  # boxes are given in thousandths of the width and height of the page
Box = list[int]  # left, top, right, bottom


def shown(data: bytes, type: str, page: int, boxes: list[Box]) -> bytes:
    """One page (from 1) as a JPEG; the boxes are drawn so that one still sees what they will cover."""
    picture, _size = next(_pages(data, type, TO_READ, page))
    covered = picture.copy()
    _cover(covered, boxes)
    return encoded(Image.blend(picture, covered, 0.7), "JPEG", quality=80)


def redacted(data: bytes, type: str, boxes: dict[str, list[Box]]) -> tuple[int, bytes]:
    """A new PDF of pictures in which every box is black: what it covers is not in the file any more."""
    pages = []
    for number, (picture, size) in enumerate(_pages(data, type, TO_GIVE), 1):
        _cover(picture, boxes.get(str(number), []))
        pages.append((picture, size))
    return len(pages), bound(pages)


def _cover(picture: Image.Image, boxes: list[Box]) -> None:
    """Black, to the last dot that a box touches."""
    wide, high = picture.size
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        corner = (left * wide // WHOLE, top * high // WHOLE)
        pen.rectangle((*corner, -(-right * wide // WHOLE), -(-bottom * high // WHOLE)), fill=0)


def _pages(
    data: bytes, type: str, side: int, only: int | None = None
) -> Iterator[tuple[Image.Image, tuple[float, float] | None]]:
    if type != "application/pdf":
        yield _picture(data, side), None
        return
    pdf = pypdfium2.PdfDocument(data)
    numbers = range(len(pdf)) if only is None else [only - 1]
    for number in numbers:
        if not 0 <= number < len(pdf):
            raise Unfit("no_such_page")
        page = pdf[number]
        wide, high = page.get_size()
        drawn = page.render(scale=side / max(wide, high, 1)).to_pil().convert("RGB")
        yield drawn, (wide, high)
        page.close()


def _picture(data: bytes, side: int) -> Image.Image:
    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as kept:
        kept.draft("RGB", (side, side))
        picture = kept.convert("RGB")
    picture.thumbnail((side, side))
    return picture
