"""Papers of a case: added, kept sealed, seen by whom they are for, covered, taken out, removed."""

import re
import subprocess
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember, Door
from r2com.core.refusals import Changed, Refused
from r2com.documents import actions, apart, content
from r2com.documents.models import Document, File, Piece, Redaction, Release
from r2com.keeping import actions as keeping
from r2com.vault.sealing import Tampered
from tests import files
from tests.files import SECRET
from tests.keeping import officer_of

SAID = {"name": "Answer of the housing office", "kind": "letter", "source": "person", "seen_by": "everybody"}


@pytest.fixture
def add(case, practitioner, now):
    def added(data, **said):
        given = {**SAID, "by": practitioner, "at": now, **said}
        return actions.add(given.pop("case", case), original=data, clean=apart.cleaned(data), **given)

    return added


@pytest.fixture
def paper(add):
    return add(files.pdf(f"Name: {SECRET}", "Second page"))


@pytest.fixture
def joined(case, mentor, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    return mentor


@pytest.fixture
def copied(practitioner, now):
    """A redacted copy of a paper, with the upper fifth of its first page black."""

    def made(paper):
        begun = actions.begin_redaction(paper, by=practitioner, at=now)
        box = [[0, 0, 1000, 200]]
        begun = actions.mark(
            begun, page=1, base=begun.stands_at(1), fields=["12-24"], boxes=box, by=practitioner, at=now
        )
        drawn = apart.redacted(content.whole(paper.clean), paper.clean.type, {"1": begun.boxes(1)})
        return actions.make_copy(begun, made=drawn, marks=begun.marks, by=practitioner, at=now)

    return made


def events(name):
    return [event.facts for event in Event.objects.filter(name=name).order_by("at")]


def sent(data=None, **changed):
    kept = SimpleUploadedFile("IMG_1234.bin", files.picture() if data is None else data)
    return {**SAID, "file": kept, "note": "", "received_from": "", **changed}


# Kept


def test_the_file_is_kept_untouched_and_sealed(paper):
    original = content.whole(paper.original)

    assert original == content.whole(File.objects.get(pk=paper.original.pk))
    assert SECRET.encode() in original
    with_secret = [
        piece for piece in Piece.objects.all() if SECRET.encode() in bytes(piece.__dict__["content"])
    ]
    assert with_secret == []
    assert events("document.added") == [{"kind": "letter", "seen_by": "everybody"}]


def test_a_large_file_lies_in_pieces_that_open_only_in_their_place(add):
    data = files.picture("PNG") + bytes(3 * content.PIECE)
    paper = add(data, name="x")
    file = paper.original

    assert file.pieces == 4
    assert content.whole(file) == data

    file.pieces = 3
    with pytest.raises(content.Incomplete):
        content.whole(file)
    first, second = (file_piece(paper.original, number) for number in (0, 1))
    first.__dict__["content"] = second.__dict__["content"]
    with pytest.raises(Tampered):
        _ = first.content


def file_piece(file, number):
    file = File.objects.get(pk=file.pk)
    return Piece.objects.get(pk=file.piece_id(number))


def test_nothing_is_added_by_somebody_who_has_no_part_in_the_case(add, colleague):
    with pytest.raises(Refused):
        add(files.picture(), by=colleague)

    assert not Document.objects.exists()
    assert not Piece.objects.exists()


def test_papers_go_with_their_case(case, paper, copied, practitioner, now):
    actions.release(copied(paper), to="Office", why="Rent", ground="agreed", by=practitioner, at=now)
    Door.objects.filter(case=case).delete()

    case.delete()

    left = [model.objects.count() for model in (Document, File, Piece, Redaction, Release)]
    assert left == [0, 0, 0, 0, 0]


# On the pages


def test_a_paper_is_added_on_the_page(sign_in, practitioner, case):
    client = sign_in(practitioner)

    answer = client.post(
        reverse("add_document", args=[case.reference]), sent(note="By post", dated="2026-01-02")
    )

    kept = Document.objects.get()
    assert answer.url == kept.get_absolute_url()
    assert (kept.name, kept.note, kept.clean.type) == (SAID["name"], "By post", "image/jpeg")
    assert SAID["name"] in client.get(answer.url).content.decode()
    assert SAID["name"] in client.get(reverse("documents", args=[case.reference])).content.decode()


def test_a_picture_can_be_taken_with_a_phone(sign_in, practitioner, case):
    client, address = sign_in(practitioner), reverse("add_document", args=[case.reference])

    page = client.get(address).content.decode()
    client.post(address, sent(file="", photo=SimpleUploadedFile("a.jpg", files.photograph())))

    assert 'capture="environment"' in page
    assert Document.objects.get().clean.pages == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"file": ""}, "Choose a file, or take a picture."),
        ({"photo": SimpleUploadedFile("b.jpg", b"x")}, "Add one of the two"),
        ({"source": "received"}, "Write from whom it was received."),
        ({"name": ""}, "Fill in “What it is”."),
    ],
)
def test_what_is_missing_is_said(sign_in, practitioner, case, changed, says):
    page = sign_in(practitioner).post(reverse("add_document", args=[case.reference]), sent(**changed))

    assert says in page.content.decode()
    assert not Document.objects.exists()


def test_a_file_that_cannot_be_kept_says_what_to_do_and_keeps_the_words(sign_in, practitioner, case):
    address = reverse("add_document", args=[case.reference])

    page = (
        sign_in(practitioner).post(address, sent(b"PK\x03\x04" + bytes(99), note="By post")).content.decode()
    )

    assert "Save it as PDF and add the PDF." in page
    assert "By post" in page
    assert not Document.objects.exists()


def test_a_file_that_is_too_large_is_told_so_and_never_held_whole(sign_in, practitioner, case, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    address = reverse("add_document", args=[case.reference])

    page = sign_in(practitioner).post(address, sent(bytes(3 * 1024 * 1024))).content.decode()

    assert "This file is larger than 1 MB." in page
    assert not Document.objects.exists()


def test_the_trail_says_what_was_done_and_none_of_its_words(add, copied, practitioner, now):
    paper = add(files.pdf("x"), name=SECRET, note=SECRET, source="received", received_from=SECRET)
    copy = copied(paper)
    given = actions.release(copy, to=SECRET, why=SECRET, ground="law", by=practitioner, at=now)
    actions.handed_over(given, by=practitioner, at=now)

    names = list(Event.objects.filter(case=paper.case_id).order_by("at", "id").values_list("name", flat=True))
    assert names[-6:] == [
        "document.added",
        "redaction.begun",
        "redaction.marked",
        "document.redacted",
        "document.released",
        "document.handed_over",
    ]
    assert events("document.released") == [{"ground": "law"}]
    assert SECRET not in str([*Event.objects.values()])


# Who sees it


def addresses(paper):
    return [
        reverse("document", args=[paper.pk]),
        reverse("document_file", args=[paper.clean.pk]),
        reverse("document_page", args=[paper.clean.pk, 1]),
    ]


def test_a_paper_for_everybody_is_seen_by_a_mentor(sign_in, joined, paper):
    client = sign_in(joined)

    assert [client.get(address).status_code for address in addresses(paper)] == [200, 200, 200]


def test_a_sensitive_paper_is_not_there_for_a_mentor(sign_in, joined, add, case):
    paper = add(files.picture(), seen_by="sensitive", name=SECRET)
    client = sign_in(joined)

    assert [client.get(address).status_code for address in addresses(paper)] == [404, 404, 404]
    assert SECRET not in client.get(reverse("documents", args=[case.reference])).content.decode()


def test_a_mentor_may_add_a_sensitive_paper_and_sees_it_no_more(sign_in, joined, case):
    client = sign_in(joined)

    answer = client.post(
        reverse("add_document", args=[case.reference]), sent(seen_by="sensitive"), follow=True
    )

    assert "Only those who read sensitive items see it." in answer.content.decode()
    assert SAID["name"] not in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "stranger", "administrator"])
def test_for_others_there_is_no_paper(request, sign_in, who, paper, copied, practitioner, now):
    copy = copied(paper)
    given = actions.release(copy, to="x", why="y", ground="law", by=practitioner, at=now)
    begun = actions.begin_redaction(paper, by=practitioner, at=now)
    client = sign_in(request.getfixturevalue(who))

    asked = [
        *addresses(paper),
        reverse("release", args=[copy.pk]),
        reverse("released_file", args=[given.pk]),
        reverse("redaction", args=[begun.pk, 1]),
        reverse("redaction_picture", args=[begun.pk, 1]),
    ]
    changes = [reverse("redact", args=[paper.pk]), reverse("remove_document", args=[paper.pk])]
    assert {client.get(address).status_code for address in asked} == {404}
    assert {client.post(address).status_code for address in changes} == {404}


def test_a_mentor_neither_covers_nor_takes_out(sign_in, joined, paper, copied):
    client, copy = sign_in(joined), copied(paper)

    page = client.get(paper.get_absolute_url()).content.decode()

    assert "Take it out of the house" not in page
    assert client.get(reverse("document_file", args=[paper.original.pk])).status_code == 404
    assert client.get(reverse("release", args=[copy.pk])).status_code == 404
    assert client.post(reverse("redact", args=[paper.pk])).status_code == 404
    assert client.post(reverse("remove_document", args=[paper.pk])).status_code == 404


# How it is sent


def test_a_file_is_sent_locked_and_after_it_is_on_the_trail(sign_in, practitioner, paper):
    answer = sign_in(practitioner).get(reverse("document_file", args=[paper.clean.pk]))

    assert events("document.opened") == [{"form": "clean"}]
    assert answer["Content-Disposition"].startswith('attachment; filename="paper-')
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer) == content.whole(paper.clean)


def test_the_file_as_it_came_is_sent_as_nothing_that_opens(sign_in, practitioner, paper):
    answer = sign_in(practitioner).get(reverse("document_file", args=[paper.original.pk]))

    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer) == files.pdf(f"Name: {SECRET}", "Second page")


def test_a_page_is_sent_as_a_picture(sign_in, practitioner, paper):
    client = sign_in(practitioner)

    answer = client.get(reverse("document_page", args=[paper.clean.pk, 2]))

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert events("record.opened")[-1] == {"page": "document_page", "number": 2}
    assert client.get(reverse("document_page", args=[paper.clean.pk, 3])).status_code == 404
    assert client.get(reverse("document_page", args=[paper.original.pk, 1])).status_code == 404


# Covered


def test_covering_is_done_page_by_page_without_scripts(sign_in, practitioner, paper):
    client = sign_in(practitioner)

    begun = client.post(reverse("redact", args=[paper.pk]))
    page = client.get(begun.url).content.decode()
    base = Redaction.objects.get().stands_at(1)
    first = client.post(begun.url, {"base": base, "fields_covered": ["1-1", "2-1"], "go": "next"})
    edges = {"left": "10", "top": "5", "right": "60.5", "bottom": "15", "go": "stay"}
    client.post(first.url, {"base": Redaction.objects.get().stands_at(2), **edges})
    again = {"base": Redaction.objects.get().stands_at(2), "taken_away": ["0"], "top": "8"}
    client.post(first.url, {**edges, **again})
    shown = client.get(first.url).content.decode()
    picture = client.get(reverse("redaction_picture", args=[Redaction.objects.get().pk, 2]))

    kept = Redaction.objects.get()
    assert page.count('name="fields_covered"') == 12 * 24
    assert first.url.endswith("/2/")
    assert kept.boxes(1) == [[0, 0, 84, 42], [83, 0, 167, 42]]
    assert kept.boxes(2) == [[100, 80, 605, 150]]
    assert "from 10.0 to 60.5 across" in shown
    assert picture["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("edges", "says"),
    [
        ({"left": "10"}, "A box needs all four edges."),
        ({"left": "60", "top": "5", "right": "10", "bottom": "15"}, "The left edge lies left"),
        ({"left": "x", "top": "5", "right": "10", "bottom": "15"}, "Write a number from 0 to 100"),
        ({"left": "1", "top": "5", "right": "101", "bottom": "15"}, "Write a number from 0 to 100"),
    ],
)
def test_a_box_that_is_none_is_told_so(sign_in, practitioner, paper, edges, says):
    client = sign_in(practitioner)
    address = client.post(reverse("redact", args=[paper.pk])).url

    assert says in client.post(address, edges).content.decode()
    assert Redaction.objects.get().marks == {}


def test_the_copy_holds_nothing_of_what_is_covered_and_the_original_stays(
    sign_in, practitioner, paper, tmp_path
):
    client, before = sign_in(practitioner), content.whole(paper.original)
    address = client.post(reverse("redact", args=[paper.pk])).url
    base = Redaction.objects.get().stands_at(1)
    client.post(address, {"base": base, "left": "0", "top": "0", "right": "100", "bottom": "20"})

    answer = client.post(reverse("finish_redaction", args=[Redaction.objects.get().pk]), follow=True)

    copy = File.objects.get(form=File.Form.REDACTED)
    path = tmp_path / "copy.pdf"
    path.write_bytes(content.whole(copy))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "The redacted copy is made." in answer.content.decode()
    assert "Take it out of the house" in answer.content.decode()
    assert text.strip() == ""
    with pikepdf.open(BytesIO(content.whole(copy))) as pdf:
        assert len(pdf.pages) == 2
        assert not any("/Font" in page.Resources for page in pdf.pages)
    assert content.whole(File.objects.get(pk=paper.original.pk)) == before


def test_a_copy_on_which_nothing_is_covered_asks_once_more(sign_in, practitioner, paper):
    client = sign_in(practitioner)
    client.post(reverse("redact", args=[paper.pk]))
    address = reverse("finish_redaction", args=[Redaction.objects.get().pk])

    page = client.post(address).content.decode()

    assert "Cover something first, or say that there is nothing to cover." in page
    assert client.post(address, {"nothing": "on"}).status_code == 302
    assert File.objects.filter(form=File.Form.REDACTED).exists()


def test_going_on_goes_on_with_the_same_redaction(paper, practitioner, now):
    first = actions.begin_redaction(paper, by=practitioner, at=now)

    assert actions.begin_redaction(paper, by=practitioner, at=now) == first


def test_a_copy_is_not_made_from_marks_that_somebody_changed(paper, practitioner, now):
    begun = actions.begin_redaction(paper, by=practitioner, at=now)
    marked = actions.mark(
        begun, page=1, base=begun.stands_at(1), fields=["1-1"], boxes=[], by=practitioner, at=now
    )
    actions.mark(begun, page=1, base=marked.stands_at(1), fields=["2-1"], boxes=[], by=practitioner, at=now)
    drawn = apart.redacted(content.whole(paper.clean), paper.clean.type, {})

    with pytest.raises(Changed):
        actions.make_copy(begun, made=drawn, marks=marked.marks, by=practitioner, at=now)


def test_what_two_people_cover_on_one_page_is_covered_by_both(sign_in, paper, practitioner, now):
    begun, client = actions.begin_redaction(paper, by=practitioner, at=now), sign_in(practitioner)
    sent = {"base": begun.stands_at(1), "fields_covered": ["1-1"], "go": "stay"}
    actions.mark(begun, page=1, base=begun.stands_at(1), fields=["2-1"], boxes=[], by=practitioner, at=now)

    shown = client.post(reverse("redaction", args=[begun.pk, 1]), sent)

    page = shown.content.decode()
    assert "Somebody else covered something meanwhile" in page
    assert all(re.search(f'value="{field}" checked', page) for field in ("1-1", "2-1"))
    assert Redaction.objects.get().fields_of(1) == ["2-1"]
    again = {"base": shown.context["form"]["base"].value(), "fields_covered": ["1-1", "2-1"], "go": "stay"}
    assert client.post(reverse("redaction", args=[begun.pk, 1]), again).status_code == 302
    assert Redaction.objects.get().fields_of(1) == ["1-1", "2-1"]


def test_after_the_copy_nothing_is_covered_any_more(paper, copied, practitioner, now):
    done = copied(paper).redaction

    with pytest.raises(Refused, match="made already"):
        actions.mark(done, page=1, base="", fields=[], boxes=[], by=practitioner, at=now)


# Out of the house


def test_a_redacted_copy_leaves_with_a_word_for_whom_and_why(sign_in, practitioner, paper, copied):
    client, copy = sign_in(practitioner), copied(paper)

    client.post(
        reverse("release", args=[copy.pk]),
        {"to": "Housing office", "why": "Proof of rent", "ground": "agreed"},
    )
    given = Release.objects.get()
    page = client.get(paper.get_absolute_url()).content.decode()
    answer = client.get(reverse("released_file", args=[given.pk]))

    assert (given.to, given.why) == ("Housing office", "Proof of rent")
    assert "Housing office" in page
    assert events("document.handed_over") == [{}]
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer) == content.whole(copy)


def test_it_does_not_leave_without(sign_in, practitioner, paper, copied):
    copy = copied(paper)

    page = sign_in(practitioner).post(reverse("release", args=[copy.pk]), {"to": "Housing office"})

    assert "Fill in “What for”." in page.content.decode()
    assert not Release.objects.exists()


def test_nothing_else_leaves_the_house(sign_in, practitioner, paper, copied, now):
    client, copy = sign_in(practitioner), copied(paper)

    for file in (paper.original, paper.clean):
        with pytest.raises(Refused, match="Only a redacted copy"):
            actions.release(file, to="x", why="y", ground="law", by=practitioner, at=now)
        assert client.get(reverse("release", args=[file.pk])).status_code == 404
    assert client.get(reverse("document_file", args=[copy.pk])).status_code == 404


def test_a_paper_without_a_redacted_copy_has_no_way_out(sign_in, practitioner, paper):
    page = sign_in(practitioner).get(paper.get_absolute_url()).content.decode()

    assert "Take it out of the house" not in page
    assert "Make a redacted copy" in page


# Taken out of the record


def test_a_paper_of_somebody_else_is_taken_out_for_good(sign_in, practitioner, paper):
    client, address = sign_in(practitioner), reverse("remove_document", args=[paper.pk])

    asked = client.post(address).content.decode()
    client.post(address, {"reason": "person"})

    assert "Choose one under “Why it does not belong here”." in asked
    assert (Document.objects.count(), Piece.objects.count()) == (0, 0)
    assert events("document.removed") == [{"reason": "person"}]


def test_one_that_left_the_house_stays(sign_in, practitioner, paper, copied, now):
    actions.release(copied(paper), to="x", why="y", ground="law", by=practitioner, at=now)

    page = sign_in(practitioner).post(reverse("remove_document", args=[paper.pk]), {"reason": "person"})

    assert "A copy of this was taken out of the house." in page.content.decode()
    assert Document.objects.exists()


# How much is asked of the database


@pytest.mark.parametrize("papers", [1, 25])
def test_the_list_asks_as_few_queries_at_many_papers_as_at_one(
    sign_in, practitioner, case, add, count_queries, papers, now
):
    data = files.picture(size=(40, 40))
    clean = apart.cleaned(data)
    for _ in range(papers):
        actions.add(case, original=data, clean=clean, **SAID, by=practitioner, at=now)
    client = sign_in(practitioner)

    with count_queries() as counted:
        client.get(reverse("documents", args=[case.reference]))

    assert len(counted.asked) <= 6, counted.asked


def test_the_page_of_a_paper_asks_little(sign_in, practitioner, paper, copied, count_queries, now):
    actions.release(copied(paper), to="x", why="y", ground="law", by=practitioner, at=now)
    client = sign_in(practitioner)

    with count_queries() as counted:
        client.get(paper.get_absolute_url())

    assert len(counted.asked) <= 9, counted.asked


def test_no_paper_of_a_held_record_is_removed_until_the_hold_ends(paper, case, team, practitioner, now):
    officer = officer_of(team, now)
    given = {"reference": case.reference, "reason": "asked", "review_on": now.date() + timedelta(days=30)}
    hold = keeping.hold(case.organisation, **given, by=officer, at=now)

    with pytest.raises(Refused, match="held"):
        actions.remove(paper, reason="twice", by=practitioner, at=now)
    assert Document.objects.filter(pk=paper.pk).exists()
    keeping.end_hold(hold, by=officer, at=now)
    actions.remove(paper, reason="twice", by=practitioner, at=now)

    assert not Document.objects.exists()
