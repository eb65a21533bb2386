"""A certificate comes out of every file it travels in, and hostile files are refused."""

import gzip
import io
import json
import zlib

import pikepdf
import pytest
from PIL import Image

from r2com.config import certificates
from r2com.config.cli import main
from r2com.content import read_text
from r2com.core.credentials import Doubt, Nothing, Verdict, carriers, read, verify
from r2com.credentials.certificate import certificate

from .credential_sample import NOW, alone

DOCUMENT = alone()
TEXT = json.dumps(DOCUMENT, ensure_ascii=False).encode()


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "png")
    return drawn.getvalue()


def png_with(body):
    """A picture with one iTXt chunk of any content."""
    empty = carriers.in_png({}, picture())
    ours = [body if carriers._is_ours(kind, held) else held for kind, held in carriers._chunks(empty)]
    kinds = [kind for kind, _ in carriers._chunks(empty)]
    return carriers.PNG + b"".join(map(carriers._chunk, kinds, ours))


@pytest.mark.parametrize(
    "file",
    [
        TEXT,
        b"\xef\xbb\xbf" + TEXT,
        carriers.in_png(DOCUMENT, picture()),
        png_with(carriers.KEYWORD + b"\x00\x01\x00\x00\x00" + zlib.compress(TEXT)),
        carriers.in_svg(DOCUMENT, read_text("credentials", "badge.svg")).encode(),
        certificate(DOCUMENT),
    ],
    ids=["json", "json with a mark", "png", "png packed", "svg", "pdf"],
)
def test_a_certificate_comes_out_of_its_file_unaltered(file):
    document = read(carriers.credential_in(file))

    assert document == DOCUMENT
    assert verify(document, at=NOW, sources=Nothing()).verdict == Verdict.VALID


def test_a_picture_holds_one_certificate_only():
    other = alone(holder="Nuno")

    twice = carriers.in_png(other, carriers.in_png(DOCUMENT, picture()))

    assert twice.count(carriers.KEYWORD) == 1
    assert read(carriers.credential_in(twice)) == other
    assert Image.open(io.BytesIO(twice)).size == (8, 8)


@pytest.mark.parametrize(
    "file",
    [
        picture(),
        picture()[:40],
        png_with(carriers.KEYWORD + b"\x00\x01"),
        png_with(carriers.KEYWORD + b"\x00\x01\x00\x00\x00" + b"not packed"),
        png_with(carriers.KEYWORD + b"\x00\x01\x00\x00\x00" + zlib.compress(bytes(5_000_000))),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><body/></html>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        b"<svg",
        b"%PDF-1.7 nothing",
        b" " * 10_000_001,
    ],
)
def test_a_file_without_a_certificate_is_refused(file):
    with pytest.raises(Doubt):
        carriers.credential_in(file)


def pdf_with(name, data, **entries):
    paper, drawn = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    paper.attachments[name] = data
    stream = paper.attachments[name].obj.EF.F
    for key, value in entries.items():
        stream[f"/{key}"] = value
    paper.save(drawn, compress_streams=False)
    return drawn.getvalue()


def test_only_the_attachment_of_that_name_is_opened():
    assert carriers.credential_in(pdf_with("credential.json", TEXT)) == TEXT
    with pytest.raises(Doubt):
        carriers.credential_in(pdf_with("other.json", TEXT))


def test_an_attachment_that_grows_without_end_is_refused():
    paper, drawn = pikepdf.new(), io.BytesIO()
    paper.add_blank_page()
    paper.attachments["credential.json"] = bytes(30_000_000)
    paper.save(drawn, compress_streams=True)

    assert len(drawn.getvalue()) < 100_000
    with pytest.raises(Doubt):
        carriers.credential_in(drawn.getvalue())


def test_the_paper_says_whose_it_is_and_keeps_to_both_standards():
    paper = pikepdf.open(
        io.BytesIO(certificate(alone(holder="Łukasz Χαρά ®"), address="https://a.example/v/1"))
    )

    with paper.open_metadata() as said:
        assert said["pdfaid:part"] == "3"
        assert said["pdfaid:conformance"] == "A"
        assert said["pdfuaid:part"] == "1"
    assert paper.Root.MarkInfo.Marked
    assert paper.Root.Lang == "en"
    assert list(paper.attachments) == ["credential.json"]
    assert paper.Root.AF[0].AFRelationship == "/Source"


@pytest.mark.parametrize("ending", ["json", "pdf", "png", "svg"])
def test_an_invented_certificate_is_written_and_valid(ending, tmp_path, capsys):
    where = tmp_path / f"certificate.{ending}"

    assert main(["credentials", "export", "--demo", "--out", str(where)]) == 0
    capsys.readouterr()

    assert main(["credentials", "verify", str(where), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "valid"
    assert [check["name"] for check in told["checks"]] == [
        "structure",
        "schema",
        "proof",
        "dates",
        "status",
        "issuer",
    ]


def test_an_altered_one_is_altered_and_the_command_says_so(tmp_path, capsys):
    where = tmp_path / "certificate.json"
    main(["credentials", "export", "--demo", "--out", str(where)])
    where.write_text(where.read_text("utf-8").replace("Zsófia", "Zsofia"), "utf-8")
    capsys.readouterr()

    assert main(["credentials", "verify", str(where)]) == 1
    assert capsys.readouterr().out.startswith("Altered. ")


def test_what_is_no_certificate_is_cannot_tell(tmp_path, capsys):
    where = tmp_path / "list.csv"
    where.write_bytes(gzip.compress(b"a,b"))

    assert main(["credentials", "verify", str(where), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "cannot tell"


def test_nothing_is_written_over_and_no_other_ending_is_written(tmp_path, capsys):
    there = tmp_path / "there.json"
    there.write_text("mine", "utf-8")

    assert main(["credentials", "export", "--demo", "--out", str(there)]) == 1
    assert main(["credentials", "export", "--demo", "--out", str(tmp_path / "x.docx")]) == 1
    assert there.read_text("utf-8") == "mine"
    assert not (tmp_path / "x.docx").exists()


def test_every_reason_has_its_sentence():
    assert set(certificates.saying.REASONS) == set(certificates.engine.Why)
    assert set(certificates.saying.VERDICTS) == set(certificates.saying.MEANS) == set(Verdict)
