"""What is done to a file before it is kept: looked at by its content, drawn anew, or refused in words."""

import resource
import socket
import subprocess
import threading
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from r2com.config import checks
from r2com.core.refusals import Refused
from r2com.documents import apart, clamd
from r2com.documents.workshop import limits
from tests import files
from tests.files import SECRET


def text_of(data, tmp_path):
    path = tmp_path / "look.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout


def everything_in(data):
    """Every object of a PDF and every stream, unpacked as far as it goes."""
    found = [data]
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in [*pdf.objects, pdf.trailer]:
            found.append(repr(thing).encode())
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_raw_bytes())
                if thing.get("/Filter") in (None, pikepdf.Name.FlateDecode):
                    found.append(thing.read_bytes())
    return b"\n".join(found)


def is_red(colour):
    red, green, blue = colour[:3]
    return red > 180 and green < 90 and blue < 90


# What is taken


@pytest.mark.parametrize(
    ("data", "type", "pages"),
    [
        (files.picture("JPEG"), "image/jpeg", 1),
        (files.picture("PNG"), "image/png", 1),
        (files.picture("TIFF"), "image/jpeg", 1),
        (files.picture("TIFF", mode="L"), "image/png", 1),
        (
            files.picture("TIFF", save_all=True, append_images=[Image.new("RGB", (90, 90))] * 2),
            "application/pdf",
            3,
        ),
        (files.pdf("One", "Two"), "application/pdf", 2),
        ("Olá\r\num papel\n".encode(), "application/pdf", 1),
        ("Olá".encode("utf-16"), "application/pdf", 1),
    ],
    ids=["jpeg", "png", "tiff", "grey tiff", "tiff of three", "pdf", "text", "text in utf-16"],
)
def test_it_is_known_by_its_content(data, type, pages):
    made = apart.cleaned(data)

    assert (made.type, made.pages) == (type, pages)


def test_a_photograph_is_the_right_way_up_and_tells_nothing_but_what_it_shows():
    made = apart.cleaned(files.photograph())

    with Image.open(BytesIO(made.data)) as shown:
        assert shown.size == (900, 1200)
        assert not shown.getexif()
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert is_red(shown.getpixel((660, 180)))
    assert SECRET.encode() in files.photograph()
    assert SECRET.encode() not in made.data


def test_a_pdf_is_written_anew_without_what_is_hidden_in_it(tmp_path):
    hidden = files.full_pdf()

    made = apart.cleaned(hidden)

    assert SECRET.encode() in everything_in(hidden)
    assert SECRET.encode() not in everything_in(made.data)
    assert "Seen on the page" in text_of(made.data, tmp_path)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/Version", "/Extensions"}
        assert "/Info" not in pdf.trailer
        assert not pdf.attachments
        assert set(pdf.pages[0].keys()) <= {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox"}
    assert made.data.count(b"startxref") == 1


def test_what_was_filled_into_a_form_stays_on_the_page(tmp_path):
    made = apart.cleaned(files.form_pdf())

    assert "Filled in" in text_of(made.data, tmp_path)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert "/AcroForm" not in pdf.Root


# What is refused, and how

REFUSED = {
    "nothing": (b"", "empty"),
    "only spaces": (b"  \n", "empty"),
    "a page of the web": (b"<html><body>Hello</body></html>", "unknown"),
    "a program": (b"#!/bin/sh\nrm -r x\n", "unknown"),
    "a drawing that can act": (b"<?xml version='1.0'?><svg xmlns='x'/>", "unknown"),
    "random bytes": (bytes(range(256)) * 4, "unknown"),
    "a picture of another kind": (files.picture("WEBP"), "unknown"),
    "an archive": (b"PK\x03\x04" + bytes(60), "office"),
    "a phone's own kind": (b"\x00\x00\x00\x18ftypheic" + bytes(60), "heic"),
    "a locked PDF": (files.locked_pdf(), "locked"),
    "half a PDF": (files.pdf("One")[:-200], "broken"),
    "half a JPEG": (files.picture("JPEG")[:4000], "broken"),
    "half a PNG": (files.picture("PNG")[:-300], "broken"),
    "only a head": (b"%PDF-1.7\n", "broken"),
    "too many pages": (files.many_pages(limits.PAGES + 1), "many_pages"),
    "a picture that swells": (files.wide_png(9000), "large_picture"),
    "a text without end": (b"words " * 40_000, "long_text"),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_kept_is_refused_with_what_to_do(data, why):
    with pytest.raises(Refused) as refusal:
        apart.cleaned(data)

    assert str(refusal.value) == str(apart.SENTENCES[why])


def test_a_file_that_swells_gets_no_more_memory_than_the_limit():
    bomb = files.swelling_pdf(1200)

    with pytest.raises(Refused):
        apart.cleaned(bomb)

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert len(bomb) < 100_000
    assert most <= limits.MEMORY


def test_a_workshop_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")

    with pytest.raises(Refused) as refusal:
        apart.cleaned(files.pdf("One"))

    assert str(refusal.value) == str(apart.SENTENCES["too_much"])


def test_the_workshop_gets_no_settings_and_no_keys(monkeypatch):
    given = {}
    monkeypatch.setenv("R2COM_SECRET", "a secret")
    ran = apart.subprocess.run
    monkeypatch.setattr(apart.subprocess, "run", lambda *said, **how: given.update(how) or ran(*said, **how))

    apart.cleaned(files.picture())

    assert set(given["env"]) == {"PYTHONPATH"}


# What is covered is gone


def test_what_is_covered_is_not_in_the_copy(tmp_path):
    clean = apart.cleaned(files.pdf(f"Name: {SECRET}", "Second page")).data

    copy = apart.redacted(clean, "application/pdf", {"1": [[0, 0, 1000, 200]]})

    assert SECRET in text_of(clean, tmp_path)
    assert text_of(copy.data, tmp_path).strip() == ""
    assert SECRET.encode() not in everything_in(copy.data)
    with pikepdf.open(BytesIO(copy.data)) as pdf:
        assert len(pdf.pages) == 2
        assert not any("/Font" in page.Resources for page in pdf.pages)
        pages = [
            pikepdf.PdfImage(page.Resources.XObject.Sheet).as_pil_image().convert("L") for page in pdf.pages
        ]
    covered = pages[0].crop((0, 0, pages[0].width, pages[0].height // 5 - 8))
    assert covered.getextrema()[1] < 40
    assert pages[1].getextrema() == pytest.approx((0, 255), abs=40)


def test_a_covered_part_of_a_photograph_is_black_in_its_dots():
    clean = apart.cleaned(files.picture())

    copy = apart.redacted(clean.data, clean.type, {"1": [[80, 80, 320, 320]]})

    with pikepdf.open(BytesIO(copy.data)) as pdf:
        shown = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Sheet).as_pil_image()
    with Image.open(BytesIO(clean.data)) as before:
        assert is_red(before.getpixel((180, 240)))
    assert not any(is_red(colour) for _count, colour in shown.getcolors(maxcolors=10_000_000))


def test_text_that_nobody_sees_does_not_travel_either(tmp_path):
    """White letters and letters outside of the page are text in the file, but not in a picture of it."""
    clean = apart.cleaned(files.pdf(f") Tj 1 1 1 rg 0 -40 Td ({SECRET}")).data

    copy = apart.redacted(clean, "application/pdf", {})

    assert SECRET in text_of(clean, tmp_path)
    assert SECRET not in text_of(copy.data, tmp_path)


def test_a_page_can_be_looked_at_and_one_that_is_not_there_cannot():
    clean = apart.cleaned(files.pdf("One")).data

    shown = apart.page(clean, "application/pdf", 1, [[0, 0, 500, 500]])

    with Image.open(BytesIO(shown)) as picture:
        assert picture.getpixel((100, 100)) < (110, 110, 110)
    with pytest.raises(Refused):
        apart.page(clean, "application/pdf", 2, [])


# The virus scanner


class Scanner(threading.Thread):
    """A clamd that gives one answer to whatever it is sent."""

    def __init__(self, answer):
        super().__init__(daemon=True)
        self.answer, self.heard = answer, b""
        self.line = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.line.getsockname()[1]}"

    def run(self):
        with self.line:
            caller, _address = self.line.accept()
        with caller:
            while not self.heard.endswith(bytes(4)):
                self.heard += caller.recv(65536)
            caller.sendall(self.answer)


@pytest.fixture
def scanner(settings):
    def started(answer):
        one = Scanner(answer)
        settings.CLAMD = one.address
        one.start()
        return one

    return started


def test_a_file_that_the_scanner_knows_is_refused(scanner):
    scanner(b"stream: Eicar-Test-Signature FOUND\0")

    with pytest.raises(Refused, match="harmful"):
        clamd.must_be_harmless(b"x" * 100_000)


def test_a_file_that_the_scanner_does_not_know_is_taken(scanner):
    one = scanner(b"stream: OK\0")

    clamd.must_be_harmless(b"x" * 100_000)

    one.join(5)
    assert one.heard.count(b"x") == 100_000


def test_while_the_scanner_does_not_answer_nothing_is_taken(settings):
    settings.CLAMD = "127.0.0.1:9"

    with pytest.raises(Refused, match="does not answer"):
        clamd.must_be_harmless(b"x")
    assert [one.id for one in checks._scanner()] == ["scanner-silent"]


def test_without_a_scanner_the_check_says_so(settings):
    settings.CLAMD = ""

    assert [(one.id, one.severity) for one in checks._scanner()] == [("no-scanner", "note")]
