"""Pictures, drawn anew: what somebody sees is kept, and nothing that travels with it."""

from io import BytesIO

from PIL import Image, ImageOps

from .limits import LONGEST_SIDE, PAGES, PIXELS
from .unfit import Unfit

Image.MAX_IMAGE_PIXELS = None  # each picture is measured before it is unpacked, see `_must_fit`
JPEG_PIXELS = 200_000_000  # these are unpacked at a smaller size, where that helps


def drawn(data: bytes, kind: str) -> tuple[str, bytes]:
    """The type and the bytes of a picture that holds nothing but what it shows."""
    with _opened(data, kind) as picture:
        fresh = clean(picture)
    if kind == "png" or (kind == "tiff" and fresh.mode == "L"):
        return "image/png", encoded(fresh, "PNG")
    return "image/jpeg", encoded(fresh, "JPEG", quality=88)


def frames(data: bytes) -> list[Image.Image]:
    """Every sheet of a TIFF, drawn anew."""
    with _opened(data, "tiff") as picture:
        if picture.n_frames > PAGES:
            raise Unfit("many_pages")
        return [_frame(picture, number) for number in range(picture.n_frames)]


def clean(picture: Image.Image) -> Image.Image:
    """The right way up, in plain colours, not larger than needed, and without anything beside the pixels."""
    _must_fit(picture)
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = _in_plain_colours(upright)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def encoded(picture: Image.Image, form: str, **how) -> bytes:
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def _opened(data: bytes, kind: str) -> Image.Image:
    picture = Image.open(BytesIO(data), formats=[kind.upper()])
    if kind == "jpeg":
        _must_fit(picture, JPEG_PIXELS)
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _must_fit(picture: Image.Image, most: int = PIXELS) -> None:
    wide, high = picture.size
    if wide * high > most:
        raise Unfit("large_picture")


def _frame(picture: Image.Image, number: int) -> Image.Image:
    picture.seek(number)
    fresh = clean(picture)
    fresh.thumbnail((LONGEST_SIDE // 2, LONGEST_SIDE // 2))
    return fresh


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Grey or red, green and blue; what is see-through lies on white."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith(("I", "F")):
        return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen)
        return paper
    return picture.convert("RGB")
