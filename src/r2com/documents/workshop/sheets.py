"""A new PDF from pictures: one picture a page, and nothing else in it."""

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from .pictures import encoded

A4_HIGH = 842.0  # typographic points, 1/72 inch


def bound(pages: list[tuple[Image.Image, tuple[float, float] | None]]) -> bytes:
    """Bind pictures to a PDF. Each comes with the width and height of its page, if it had one."""
    pdf = pikepdf.new()
    for picture, size in pages:
        pdf.pages.append(_page(pdf, picture, size or _like_a4(picture)))
    return written(pdf)


def written(pdf: pikepdf.Pdf) -> bytes:
    """The file with what it shows, once: no earlier version, no dates, no maker."""
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, picture: Image.Image, size: tuple[float, float]) -> pikepdf.Page:
    wide, high = size
    image = Stream(pdf, encoded(picture, "JPEG", quality=82))
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = picture.size
    image.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image.BitsPerComponent, image.Filter = 8, Name.DCTDecode
    drawing = Stream(pdf, f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Sheet Do Q".encode())
    return pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=[0, 0, round(wide, 2), round(high, 2)],
                Contents=drawing,
                Resources=Dictionary(XObject=Dictionary(Sheet=image)),
            )
        )
    )


def _like_a4(picture: Image.Image) -> tuple[float, float]:
    """As large as an A4 sheet along the longer side."""
    wide, high = picture.size
    return wide * A4_HIGH / max(wide, high), high * A4_HIGH / max(wide, high)
