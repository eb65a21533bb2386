"""PDF files, written anew: the pages as they look, and nothing that could act or tell more than they show."""

import zlib
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Stream

from .limits import PAGES
from .sheets import written
from .unfit import Unfit

PAGE_KEEPS = {
    *("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox"),
    *("/Rotate", "/UserUnit", "/Group"),
}
# Whatever could act, name somebody, hold another file or another version of a picture.
DROPPED = (
    *("/A", "/AA", "/AF", "/Alternates", "/Annots", "/EF", "/JS", "/LastModified", "/Measure", "/Metadata"),
    *("/OC", "/OPI", "/OpenAction", "/PieceInfo", "/PtData", "/Ref", "/StructParent", "/StructParents"),
)
DEVICE = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
JPEG_KEEPS = {0xE0, 0xEE}  # the size of a dot, and how colours are stored
JPX_DROPS = {b"xml ", b"uuid", b"uinf", b"ulst"}


def rewritten(data: bytes) -> tuple[int, bytes]:
    """The number of pages, and a new file with those pages. Raises Unfit."""
    source = _opened(data)
    if len(source.pages) > PAGES:
        raise Unfit("many_pages")
    if not len(source.pages):
        raise Unfit("empty")
    _flatten(source)
    fresh = pikepdf.new()
    for page in source.pages:
        for key in set(page.obj.keys()) - PAGE_KEEPS:
            del page.obj[key]
        fresh.pages.append(page)
    for thing in fresh.objects:
        _strip(thing)
    made = written(fresh)
    if len(pypdfium2.PdfDocument(made)) != len(source.pages):
        raise Unfit("broken")
    return len(source.pages), made


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as fault:
        raise Unfit("locked") from fault
    except pikepdf.PdfError as fault:
        raise Unfit("broken") from fault


def _flatten(pdf: pikepdf.Pdf) -> None:
    """What was filled in or stamped on becomes part of the page; then the forms themselves can go."""
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _strip(thing: Object) -> None:
    """Take out of an object, and of what lies directly in it, everything that is not shown."""
    if isinstance(thing, Stream | Dictionary):
        for key in DROPPED:
            if key in thing:
                del thing[key]
        if isinstance(thing, Stream):
            _strip_stream(thing)
        inside = [value for _key, value in thing.items()]
    elif isinstance(thing, Array):
        _without_profile(thing)
        inside = list(thing)
    else:
        return
    for value in inside:
        if isinstance(value, Object) and not value.is_indirect:
            _strip(value)


def _without_profile(colours: Array) -> None:
    """A colour profile carries texts; plain colours do."""
    if len(colours) == 2 and colours[0] == Name.ICCBased:
        colours[0] = DEVICE[int(colours[1].N)]
        del colours[1]


def _strip_stream(stream: Stream) -> None:
    for key in ("/F", "/FFilter", "/FDecodeParms"):
        if key in stream:
            del stream[key]
    filters = _filters(stream)
    if not filters or filters[-1] not in ("/DCTDecode", "/JPXDecode"):
        return
    raw = stream.read_raw_bytes()
    for name in filters[:-1]:
        if name != "/FlateDecode":
            raise Unfit("broken")
        raw = zlib.decompress(raw)
    plain = _jpeg_without_words(raw) if filters[-1] == "/DCTDecode" else _jpx_without_words(raw)
    parameters = stream.get("/DecodeParms") if len(filters) == 1 else None
    stream.write(plain, filter=Name(filters[-1]), decode_parms=parameters)


def _filters(stream: Stream) -> list[str]:
    named = stream.get("/Filter", Array())
    return [str(name) for name in (named if isinstance(named, Array) else [named])]


def _jpeg_without_words(data: bytes) -> bytes:
    """A JPEG as it is, without what cameras and programs write beside the picture."""
    if data[:2] != b"\xff\xd8":
        raise Unfit("broken")
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and data[at + 1] != 0xDA:
        long = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        marker = data[at + 1]
        is_beside = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_beside or marker in JPEG_KEEPS:
            kept.append(data[at : at + long])
        at += long
    end = data.rfind(b"\xff\xd9")
    return b"".join([*kept, data[at : end + 2 if end > at else len(data)]])


def _jpx_without_words(data: bytes) -> bytes:
    """The same for JPEG 2000, which consists of boxes with a name each."""
    if data[4:8] != b"jP  ":
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        long = int.from_bytes(data[at : at + 4], "big")
        end = (
            len(data)
            if long == 0
            else at + (int.from_bytes(data[at + 8 : at + 16], "big") if long == 1 else long)
        )
        if end <= at:
            raise Unfit("broken")
        if data[at + 4 : at + 8] not in JPX_DROPS:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
