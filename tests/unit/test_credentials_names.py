"""A name comes out as it was written: of a signature, a file, a picture and a paper, in either language."""

import io
import json

import pikepdf
import pypdfium2
import pytest

from r2com.config.certificates import WRITERS
from r2com.config.cli import main
from r2com.config.speech import translated
from r2com.core.credentials import Doubt, Nothing, Verdict, carriers, read, saying, verify
from r2com.credentials.certificate import certificate

from .credential_sample import NAMES, NOW, alone, given_to
from .published import official_faults

named = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def holder(document):
    return document["credentialSubject"]["identifier"][0]["identityHash"]


@named
@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_name_survives_every_file(name, ending, language):
    file = WRITERS[ending](given_to(name), language)

    document = read(carriers.credential_in(file))

    assert holder(document) == document["name"] == name
    assert document["credentialSubject"]["achievement"]["description"] == name
    assert verify(document, at=NOW, sources=Nothing()).verdict == Verdict.VALID
    assert official_faults(document) == []


@named
def test_a_name_survives_json_that_is_written_in_plain_letters_only(name):
    document = read(json.dumps(given_to(name), ensure_ascii=True))

    assert holder(document) == name
    assert verify(document, at=NOW, sources=Nothing()).verdict == Verdict.VALID


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ("Zsófia e\u0301", "Zsófia é"),
        ("Α. Nowak", "A. Nowak"),
        ("Nuno \u200fبدر", "Nuno بدر"),
        ("👩🏽‍⚕️", "👩‍⚕️"),
        ("Open TV-RAT®", "Open TV-RAT"),
    ],
)
def test_a_name_that_only_looks_alike_is_another(written, alike):
    document = alone(holder=written)
    document["credentialSubject"]["identifier"][0]["identityHash"] = alike

    assert verify(document, at=NOW, sources=Nothing()).verdict == Verdict.ALTERED


@pytest.mark.parametrize("name", ["a\tb", "a\x00b", "a\x7fb", "half \ud83c"])
def test_a_name_that_two_readers_would_read_differently_is_not_signed(name):
    with pytest.raises(Doubt):
        alone(holder=name)


def seen(paper):
    """The words that somebody reads on a paper."""
    return pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("name", [NAMES["registered"], NAMES["polish"], NAMES["greek"]])
def test_a_name_is_printed_with_all_its_letters(name):
    paper = certificate(given_to(name))

    assert seen(paper).count(name) >= 2
    assert pikepdf.open(io.BytesIO(paper)).open_metadata()["pdfaid:part"] == "3"


def test_a_letter_that_cannot_be_printed_costs_the_claim_and_not_the_certificate():
    paper = certificate(given_to(NAMES["emoji"]))

    assert "pdfaid:part" not in pikepdf.open(io.BytesIO(paper)).open_metadata()
    assert holder(read(carriers.credential_in(paper))) == NAMES["emoji"]


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [("en", "This is to certify that", "Certifica-se que"), ("pt", "Certifica-se que", "This is to certify")],
)
def test_a_paper_speaks_the_language_that_was_asked_for(language, words, others, tmp_path, capsys):
    where = tmp_path / "certificate.pdf"

    assert main(["credentials", "export", "--demo", "--out", str(where), "--language", language]) == 0

    assert words in seen(where.read_bytes())
    assert others not in seen(where.read_bytes())
    assert pikepdf.open(where).Root.Lang == language


def test_the_verdict_and_each_check_are_said_in_portuguese(tmp_path, capsys):
    where = tmp_path / "certificate.json"
    main(["credentials", "export", "--demo", "--out", str(where)])
    capsys.readouterr()

    assert main(["credentials", "verify", str(where), "--language", "pt"]) == 0

    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"{translated('Valid', 'pt')}. {translated(saying.MEANS[Verdict.VALID], 'pt')}"
    assert first.startswith("Válido. ")
    assert len(rest) == 6
    assert not any(line.startswith(tuple(saying.STEPS.values())) for line in rest)


def test_everything_a_certificate_says_is_there_in_portuguese():
    said = [saying.PAPER, saying.VERDICTS, saying.MEANS, saying.STEPS, saying.OUTCOMES, saying.REASONS]
    words = [text for table in said for text in table.values() if text]

    assert [text for text in words if translated(text, "pt") == text] == []
    assert [text for text in words if translated(text, "en") != text] == []
