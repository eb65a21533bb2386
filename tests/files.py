"""Files to add to a case, made here: good ones, and those that somebody made to break a reader."""

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw

SECRET = "HiddenWordSecret"


def picture(form="JPEG", size=(900, 1200), mode="RGB", **how) -> bytes:
    """A light sheet with a red square in its upper left corner."""
    drawn = Image.new(mode, size, "white")
    ImageDraw.Draw(drawn).rectangle((90, 120, 270, 360), fill="red" if mode == "RGB" else "black")
    return _saved(drawn, form, **how)


def photograph() -> bytes:
    """A JPEG as a phone makes it: lying on its side, with place, camera and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn to the right
    exif[0x010F] = f"Camera of {SECRET}"
    exif.get_ifd(0x8825)[2] = (38.0, 42.0, 30.0)
    kept = {"exif": exif, "comment": SECRET.encode(), "icc_profile": SECRET.encode() * 20}
    return picture(size=(1200, 900), xmp=f"<x>{SECRET}</x>".encode(), **kept)


def pdf(*texts: str, size=(595, 842)) -> bytes:
    """A PDF with one line of text on each page."""
    return _written(_pages(texts, size))


def full_pdf() -> bytes:
    """A PDF with whatever may hide in one, each named SECRET: metadata, script, file, action, note."""
    made = _pages(["Seen on the page"], (595, 842))
    made.docinfo["/Author"] = SECRET
    with made.open_metadata() as xmp:
        xmp["dc:title"] = SECRET
    script = Dictionary(S=Name.JavaScript, JS=f"app.alert('{SECRET}')")
    made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, SECRET.encode(), filename="a.txt")
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    page = made.pages[0].obj
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Shop=Dictionary(Private=SECRET))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=script, Contents=SECRET)
    page.Annots = Array([made.make_indirect(link)])
    image = Stream(made, photograph())
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = 1200, 900, 8
    image.ColorSpace = Array([Name.ICCBased, made.make_indirect(Stream(made, SECRET.encode() * 20, N=3))])
    image.Metadata = Stream(made, SECRET.encode())
    page.Resources.XObject = Dictionary(Im=image)
    first = _written(made)
    return first + _revision(first)


def form_pdf() -> bytes:
    """A form that somebody filled in; its words are drawn by nobody yet."""
    made = _pages(["Name:"], (595, 842))
    font = made.pages[0].Resources.Font.F
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Filled in",
            Rect=[100, 600, 300, 630],
            F=4,
            DA="/F 12 Tf 0 g",
            P=made.pages[0].obj,
        )
    )
    made.pages[0].obj.Annots = Array([field])
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]), DA="/F 12 Tf 0 g", DR=Dictionary(Font=Dictionary(F=font)), NeedAppearances=True
    )
    return _written(made)


def locked_pdf() -> bytes:
    out = BytesIO()
    _pages(["x"], (595, 842)).save(out, encryption=pikepdf.Encryption(user="a word", owner="another"))
    return out.getvalue()


def many_pages(number: int) -> bytes:
    made = pikepdf.new()
    for _ in range(number):
        made.add_blank_page(page_size=(100, 100))
    return _written(made)


def swelling_pdf(megabytes: int) -> bytes:
    """A small PDF whose list of objects swells when it is opened."""
    packer = zlib.compressobj(9)
    zeros = bytes(1024 * 1024)
    swollen = [packer.compress(zeros) for _ in range(megabytes)]
    packed = zlib.compress(b"".join([*swollen, packer.flush()]), 9)
    head = b"%PDF-1.7\n"
    body = b"4 0 obj\n<</Type/ObjStm/N 2/First 8/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(
        packed
    )
    body += packed + b"\nendstream\nendobj\n"
    entries = bytes([0, 0, 0, 255]) + bytes([2, 0, 4, 0]) + bytes([2, 0, 4, 1])
    entries += (
        bytes([0, 0, 0, 255])
        + bytes([1, 0, len(head), 0])
        + bytes([1, *(len(head + body)).to_bytes(2, "big"), 0])
    )
    start = len(head + body)
    table = b"5 0 obj\n<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(entries)
    return head + body + table + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start


def wide_png(side: int) -> bytes:
    """A few bytes that say they are a picture of `side` by `side` dots."""
    row = bytes(1 + (side + 7) // 8)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(row) for _ in range(side)) + packed.flush()
    header = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _saved(picture: Image.Image, form: str, **how) -> bytes:
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def _pages(texts, size) -> pikepdf.Pdf:
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for text in texts:
        page = made.add_blank_page(page_size=size)
        page.Resources = Dictionary(Font=Dictionary(F=made.make_indirect(font)))
        page.Contents = Stream(made, f"BT /F 24 Tf 60 {size[1] - 100} Td ({text}) Tj ET".encode())
    return made


def _written(made: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    made.save(out, compress_streams=False, deterministic_id=True)
    return out.getvalue()


def _revision(before: bytes) -> bytes:
    """A later version at the end of the file: what stood on the page before is still in there."""
    with pikepdf.open(BytesIO(before)) as opened:
        root, size = opened.Root.objgen[0], int(opened.trailer.Size)
    at = before.rindex(b"startxref")
    earlier = int(before[at:].split()[1])
    note = b"%d 0 obj\n(%s)\nendobj\n" % (size, SECRET.encode())
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, len(before))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size + 1, root, earlier)
    return note + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(before) + len(note))
