"""Files a certificate travels in: JSON itself, a PDF with it attached, a PNG or SVG picture that holds it.

Sources: 1EdTech, Open Badges 3.0, section 5.3 (PNG: an iTXt chunk `openbadgecredential`; SVG: an element
`openbadges:credential`); ISO 19005-3 (PDF/A-3: embedded files).
"""

import io
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

import pikepdf
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .reading import LARGEST
from .refusing import NotACredential, TooMuch, Why

LARGEST_FILE = 10_000_000
NAME = "credential.json"
PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
SVG = "{http://www.w3.org/2000/svg}svg"
SPACE = "https://purl.imsglobal.org/ob/v3p0"
HOLDER = f"{{{SPACE}}}credential"


def credential_in(data: bytes) -> bytes:
    """The text of the certificate that a file holds; what a file is, its content says, not its name.

    Raises NotACredential when there is none, TooMuch beyond ten million bytes.
    """
    if len(data) > LARGEST_FILE:
        raise TooMuch(Why.TOO_LARGE)
    if data.startswith(PNG):
        return _in_png(data)
    if b"%PDF-" in data[:1024]:
        return _in_pdf(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _in_svg(data)
    return data


def in_png(document: Mapping[str, Any], picture: bytes) -> bytes:
    """A PNG picture that holds the certificate; one that it held before is replaced."""
    text = json.dumps(document, ensure_ascii=False).encode()
    held = _chunk(b"iTXt", KEYWORD + b"\x00\x00\x00\x00\x00" + text)
    kept = [(kind, body) for kind, body in _chunks(picture) if not _is_ours(kind, body)]
    written = [_chunk(kind, body) for kind, body in kept]
    return PNG + written[0] + held + b"".join(written[1:])


def in_svg(document: Mapping[str, Any], picture: str) -> str:
    """An SVG picture that holds the certificate, right after its opening tag."""
    opened = picture.index(">", picture.index("<svg")) + 1
    text = escape(json.dumps(document, ensure_ascii=False))
    held = f'<openbadges:credential xmlns:openbadges="{SPACE}">{text}</openbadges:credential>'
    return picture[:opened] + held + picture[opened:]


def _in_png(data: bytes) -> bytes:
    for kind, body in _chunks(data):
        if _is_ours(kind, body):
            return _text_of(body)
    raise NotACredential(Why.NO_CREDENTIAL)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place + 12 <= len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if len(body) != length:
            raise NotACredential(Why.NO_CREDENTIAL)
        yield kind, body
        place += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _is_ours(kind: bytes, body: bytes) -> bool:
    return kind == b"iTXt" and body.startswith(KEYWORD + b"\x00")


def _text_of(body: bytes) -> bytes:
    """The text of an iTXt chunk: keyword, whether packed and how, language, keyword in it, text."""
    rest = body[len(KEYWORD) + 1 :]
    parts = rest[2:].split(b"\x00", 2)
    if len(rest) < 2 or len(parts) != 3:
        raise NotACredential(Why.NO_CREDENTIAL)
    return _unpacked(parts[2]) if rest[0] else parts[2]


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, LARGEST + 1)
    except zlib.error:
        raise NotACredential(Why.NO_CREDENTIAL) from None
    if len(text) > LARGEST:
        raise TooMuch(Why.TOO_LARGE)
    return text


def _in_svg(data: bytes) -> bytes:
    """The text of the element. A picture may say its document type, but nothing may be put in or fetched."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotACredential(Why.NO_CREDENTIAL) from None
    found: Element | None = root.find(f".//{HOLDER}") if root.tag == SVG else None
    if found is None or not (found.text or "").strip():
        raise NotACredential(Why.NO_CREDENTIAL)
    return (found.text or "").strip().encode()


def _in_pdf(data: bytes) -> bytes:
    """The attachment `credential.json` of a PDF. Nothing else in it is opened."""
    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            if NAME not in paper.attachments:
                raise NotACredential(Why.NO_CREDENTIAL)
            return _attached(paper.attachments[NAME].obj)
    except (pikepdf.PdfError, pikepdf.PasswordError, KeyError, TypeError, ValueError):
        raise NotACredential(Why.NO_CREDENTIAL) from None


def _attached(named: Any) -> bytes:
    stream = named.EF.F
    packed: bytes = stream.read_raw_bytes()
    if stream.get("/Filter") is None:
        return packed
    if stream.get("/Filter") != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        raise NotACredential(Why.NO_CREDENTIAL)
    return _unpacked(packed)
