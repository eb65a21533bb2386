"""One line of time over everything that is kept about a case, for whoever may see each part of it."""

from datetime import timedelta

import pytest

from r2com.access.questions import Frozen, Question
from r2com.assessments import actions as assessments
from r2com.cases import actions as cases
from r2com.cases import timeline
from r2com.cases.models import Case, CaseMember
from r2com.contacts import actions as contacts
from r2com.contacts.models import Attendance, Readers
from r2com.contacts.note import Note
from r2com.documents.models import Document, SeenBy
from r2com.plans import actions as plans
from r2com.tasks import actions as tasks

from .. import factories


@pytest.fixture
def lived(case, practitioner, published, now):
    """A case in which something of several kinds happened."""
    said = {"by": practitioner, "at": now}
    factories.yes(case, **said)
    task = tasks.promise(case, words="Ring the bank", owner=practitioner, due=now.date(), **said)
    tasks.finish(task, **said)
    assessments.begin(case, kind="full", **said)
    plans.begin(case, None, **said)
    contacts.write(case, note=Note(now, words="Coffee", readers=Readers.WRITER), **said)
    absent = Note(now - timedelta(days=1), attendance=Attendance.NO_WORD)
    contacts.write(case, note=absent, **said)
    Document.objects.create(
        case=case,
        kind="letter",
        name="Letter of the bank",
        seen_by=SeenBy.SENSITIVE,
        added_by=practitioner,
        added_at=now,
    )
    return case


def kinds(case, user):
    return {one.kind for one in timeline.of(case, user)}


def test_everything_that_happened_stands_in_one_line_the_newest_first(lived, practitioner):
    moments = timeline.of(lived, practitioner)

    assert {"opened", "told", "choice", "joined", "task_done", "talk", "plan", "contact", "document"} <= {
        one.kind for one in moments
    }
    assert [one.at for one in moments] == sorted((one.at for one in moments), reverse=True)
    titles = {one.title for one in moments}
    assert {"Done: Ring the bank", "Visit: They did not come, no word", "Paper: Letter of the bank"} <= titles


def test_each_part_has_its_own_door(lived, practitioner, colleague, mentor, stranger, now):
    cases.place(lived, colleague, part=CaseMember.Part.DEPUTY, by=practitioner, at=now)
    cases.place(lived, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    assert sum(one.kind == "contact" for one in timeline.of(lived, practitioner)) == 2
    assert sum(one.kind == "contact" for one in timeline.of(lived, colleague)) == 1
    assert kinds(lived, mentor).isdisjoint({"document", "contact"})
    assert kinds(lived, stranger) == {"opened"}


def test_one_question_asks_for_all_of_it(lived, practitioner, count_queries):
    timeline.of(lived, practitioner)

    with count_queries() as counted:
        timeline.of(lived, practitioner)

    assert len(counted.asked) <= 2, "the second is for a key that is not at hand"


def test_every_moment_leads_to_a_page_that_opens(sign_in, lived, practitioner):
    client = sign_in(practitioner)

    Document.objects.all().delete()  # it has no file here, so no page of its own

    for one in timeline.of(lived, practitioner):
        assert not one.url or client.get(one.url).status_code == 200, one


def test_the_page_shows_the_newest_and_the_rest_on_asking(sign_in, lived, practitioner, now):
    for number in range(20):
        task = tasks.promise(
            lived, words=f"Errand {number}", owner=practitioner, due=now.date(), by=practitioner, at=now
        )
        tasks.finish(task, by=practitioner, at=now + timedelta(minutes=number))
    client = sign_in(practitioner)

    newest = client.get(lived.get_absolute_url()).content.decode()
    everything = client.get(f"{lived.get_absolute_url()}?so_far=all").content.decode()

    assert "Errand 19" in newest
    assert "Case opened" not in newest
    assert "Back to the first day" in newest
    assert "Case opened" in everything


def test_a_question_that_would_freeze_a_moment_or_somebody_is_refused(case, practitioner, now):
    fine = Question(lambda asker: Case.objects.visible_to(asker))
    frozen = [
        Question(lambda asker: Case.objects.filter(opened_at__lte=now)),
        Question(lambda asker: Case.objects.filter(release_on=now.date())),
        Question(lambda asker: Case.objects.filter(pk=case.pk)),
        Question(lambda asker: Case.objects.visible_to(practitioner)),
    ]

    assert fine(practitioner) == [case]
    assert Question(lambda asker, day: Case.objects.filter(release_on__lt=day))(practitioner, day=now.date())
    for question in frozen:
        with pytest.raises(Frozen):
            question(practitioner)
