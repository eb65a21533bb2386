"""A file leaves only as somebody read it who did not draft it; what they take out is covered everywhere."""

import io
import json
import subprocess
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.corner import actions as corner
from r2com.documents import actions as documents
from r2com.documents import apart, content
from r2com.rights import actions, covering, file
from r2com.rights.models import Given, Passage, ReadThrough
from tests import files

WHY = {"reason": "other_person", "why": "She asked us not to say where she lives"}
AUNT = {"relation": "Aunt", "ring": "1", "helps": "Marzipan on Sundays", "phone": "", "contact": "ask"}


@pytest.fixture
def aunt(case, practitioner, now):
    return corner.name(case, name="Joss Quillon", **AUNT, by=practitioner, at=now)


@pytest.fixture
def paper(case, practitioner, now):
    data = files.pdf("A letter of the housing office")
    said = {"name": "Answer to Joss Quillon", "kind": "letter", "source": "person", "seen_by": "everybody"}
    return documents.add(case, original=data, clean=apart.cleaned(data), **said, by=practitioner, at=now)


@pytest.fixture
def asked(case, aunt, paper, practitioner, today, now):
    return actions.ask(case, received_on=today, how="said", checked="known", by=practitioner, at=now)


@pytest.fixture
def taken_out(asked, supervisor, now):
    return actions.leave_out(asked, words="joss  quillon", **WHY, by=supervisor, at=now)


def read(asked, by, now):
    return actions.read_through(asked, stood=file.mark(asked, by=by), by=by, at=now)


def unpacked(asked, by, now):
    return zipfile.ZipFile(io.BytesIO(file.packed(asked, by=by, at=now)))


def printed(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_no_file_leaves_unread(asked, practitioner, now):
    with pytest.raises(Refused, match="did not draft"):
        actions.give(asked, way="hand", by=practitioner, at=now)

    assert not Given.objects.exists()


def test_what_was_read_leaves(asked, practitioner, supervisor, now):
    read(asked, supervisor, now)

    actions.give(asked, way="hand", by=practitioner, at=now)

    assert Given.objects.get().request == asked


def test_whoever_drafted_it_neither_reads_it_nor_takes_out(asked, practitioner, now):
    with pytest.raises(Refused, match="You drafted"):
        read(asked, practitioner, now)
    with pytest.raises(Refused, match="You drafted"):
        actions.leave_out(asked, words="Joss Quillon", **WHY, by=practitioner, at=now)

    assert not ReadThrough.objects.exists()
    assert not Passage.objects.exists()


def test_whoever_drafted_it_does_not_put_back(taken_out, practitioner, now):
    with pytest.raises(Refused, match="You drafted"):
        actions.put_back(taken_out, by=practitioner, at=now)

    assert Passage.objects.standing().exists()


def test_whoever_does_not_work_in_the_case_does_not_read_it(asked, colleague, mentor, now):
    for somebody in (colleague, mentor):
        with pytest.raises(Refused, match="does not include"):
            read(asked, somebody, now)


def test_what_was_written_after_reading_is_read_first(case, asked, practitioner, supervisor, now):
    read(asked, supervisor, now)
    corner.name(case, name="Orla Vane", **AUNT, by=practitioner, at=now)

    with pytest.raises(Refused, match="once more"):
        actions.give(asked, way="hand", by=practitioner, at=now)

    read(asked, supervisor, now)
    actions.give(asked, way="hand", by=practitioner, at=now)


def test_what_stood_there_before_the_page_changed_is_not_said_to_be_read(asked, supervisor, now):
    stood = file.mark(asked, by=supervisor)
    actions.leave_out(asked, words="Marzipan", **WHY, by=supervisor, at=now)

    with pytest.raises(Changed):
        actions.read_through(asked, stood=stood, by=supervisor, at=now)


def test_words_taken_out_stand_nowhere_in_what_leaves(asked, taken_out, practitioner, now):
    with unpacked(asked, practitioner, now) as archive:
        told, paper = archive.read("record.json").decode(), printed(archive.read("record.pdf"))

    sign = "[Left out: It is about somebody else and would endanger them]"
    assert "Quillon" not in told + paper
    assert sign in told
    assert sign in " ".join(paper.split())
    assert "Marzipan" in told


def test_without_a_second_reader_they_would_stand_there(asked, practitioner, now):
    with unpacked(asked, practitioner, now) as archive:
        told, paper = archive.read("record.json").decode(), printed(archive.read("record.pdf"))

    assert "Joss Quillon" in told
    assert "Joss Quillon" in paper


def test_why_they_were_taken_out_stays_in_the_house(asked, taken_out, practitioner, now):
    with unpacked(asked, practitioner, now) as archive:
        told = json.loads(archive.read("record.json"))

    assert told["left_out"] == [{"reason": taken_out.get_reason_display(), "on": now.date().isoformat()}]
    assert "where she lives" not in json.dumps(told)
    assert Passage.objects.get().why == WHY["why"]


def test_words_put_back_leave_and_that_they_were_out_is_kept(asked, taken_out, practitioner, supervisor, now):
    actions.put_back(taken_out, by=supervisor, at=now)
    actions.put_back(taken_out, by=supervisor, at=now + timedelta(days=1))

    with unpacked(asked, practitioner, now) as archive:
        assert "Joss Quillon" in archive.read("record.json").decode()
    assert Passage.objects.get().put_back_at == now
    assert Event.objects.filter(name="file.passage_put_back").count() == 1


@pytest.mark.parametrize("words", ["Nobody of that name", "Quill", "   "])
def test_words_that_do_not_stand_there_are_not_taken_out(asked, supervisor, now, words):
    with pytest.raises(Refused, match="do not stand"):
        actions.leave_out(asked, words=words, **WHY, by=supervisor, at=now)


def test_a_reason_is_asked_for(asked, supervisor, now):
    with pytest.raises(Refused, match="why"):
        actions.leave_out(asked, words="Marzipan", reason="source", why=" ", by=supervisor, at=now)


def test_a_short_name_does_not_cover_the_inside_of_a_long_one(asked, supervisor, now):
    passage = Passage(request=asked, words="Jo\nJoan Vane", reason="source", by=supervisor, at=now)

    covered = covering.of([passage]).over({"a": ["Jo met Joan Vane and Joachim", 3]})

    assert covered["a"][0].count("Left out") == 2
    assert covered["a"][0].endswith("and Joachim")
    assert covered["a"][1] == 3


def test_the_paper_can_be_read_aloud(asked, taken_out, practitioner, now):
    with (
        unpacked(asked, practitioner, now) as archive,
        pikepdf.open(io.BytesIO(archive.read("record.pdf"))) as pdf,
    ):
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"


def test_papers_go_with_it_and_their_names_name_nobody(asked, paper, practitioner, now):
    with unpacked(asked, practitioner, now) as archive:
        told = json.loads(archive.read("record.json"))["files"]

        assert [one["file"] for one in told] == ["papers/1.pdf"]
        assert archive.read("papers/1.pdf") == content.whole(paper.clean)


def test_a_covered_copy_goes_in_the_place_of_the_paper(asked, paper, practitioner, now):
    begun = documents.begin_redaction(paper, by=practitioner, at=now)
    box = [[0, 0, 1000, 200]]
    begun = documents.mark(
        begun, page=1, base=begun.stands_at(1), fields=["12-24"], boxes=box, by=practitioner, at=now
    )
    drawn = apart.redacted(content.whole(paper.clean), paper.clean.type, {"1": begun.boxes(1)})
    copy = documents.make_copy(begun, made=drawn, marks=begun.marks, by=practitioner, at=now)

    with unpacked(asked, practitioner, now) as archive:
        assert archive.read("papers/1.pdf") == content.whole(copy)
        assert json.loads(archive.read("record.json"))["files"][0]["form"] == "redacted"


def test_who_received_the_file_before_stands_in_the_next_one(asked, practitioner, supervisor, today, now):
    read(asked, supervisor, now)
    actions.give(asked, way="hand", by=practitioner, at=now)
    again = actions.ask(asked.case, received_on=today, how="said", checked="known", by=practitioner, at=now)

    received = file.draft(again, by=practitioner).recipients

    assert received[-1] == {"to": "The person", "what": "The file that they asked for", "on": str(now.date())}


def test_the_page_shows_takes_out_and_is_read_through(sign_in, asked, supervisor, now):
    client, page = sign_in(supervisor), reverse("read_file", args=[asked.pk])
    assert "Joss Quillon" in client.get(page).text

    answer = client.post(page, {"words": "Joss Quillon", **WHY}, follow=True)
    client.post(
        reverse("file_read_through", args=[asked.pk]), {"stood": answer.context["drawn"].mark}, follow=True
    )

    assert "[Left out: " in answer.text
    assert ReadThrough.objects.get().by == supervisor


def test_the_page_puts_back(sign_in, taken_out, supervisor):
    sign_in(supervisor).post(reverse("put_passage_back", args=[taken_out.pk]))

    assert not Passage.objects.standing().exists()


def test_whoever_drafted_it_reads_and_has_no_button(sign_in, asked, practitioner):
    page = sign_in(practitioner).get(reverse("read_file", args=[asked.pk]))

    assert "Somebody else reads it before it leaves" in page.text
    assert "Take them out" not in page.text


@pytest.mark.parametrize("who", ["mentor", "administrator", "stranger", "colleague"])
def test_nobody_else_finds_the_page(request, sign_in, who, asked, taken_out):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("read_file", args=[asked.pk])).status_code == 404
    assert client.post(reverse("file_read_through", args=[asked.pk])).status_code == 404
    assert client.post(reverse("put_passage_back", args=[taken_out.pk])).status_code == 404


def test_a_mentor_in_the_case_does_not_read_the_file(sign_in, case, asked, mentor, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    assert sign_in(mentor).get(reverse("read_file", args=[asked.pk])).status_code == 404
