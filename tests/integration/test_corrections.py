"""A contest is followed by writing other words as a new revision; what stood there stays readable."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.contacts import actions as contacts
from r2com.contacts.models import Version
from r2com.contacts.note import Note, Said
from r2com.contests import actions, correcting, kinds
from r2com.contests.models import Contest, Correction, Decision
from r2com.contests.shown import shown
from r2com.core.refusals import Changed, Refused
from r2com.guards import actions as guards
from r2com.my_record import record
from r2com.people import actions as people
from r2com.people.models import Person

FOLLOWED = {"outcome": "followed", "reasons": "He was there; we checked the list"}


@pytest.fixture
def note(case, practitioner, now):
    said = (Said("observed", "Came late"), Said("said", "I was on time"))
    written = Note(happened_at=now - timedelta(days=1), words="He did not come", statements=said)
    return contacts.write(case, note=written, by=practitioner, at=now)


def contested(user, kind, pk, now, part="", asks="correct"):
    entry = kinds.find(user, kind, pk, part)
    return actions.say(entry, words="I was there", asks=asks, through="together", by=user, at=now)


def answer(contest, words, by, now, **said):
    entry = kinds.find(by, contest.kind, contest.entry, contest.part)
    over = correcting.seen(entry.words)
    return actions.decide(contest, **{**FOLLOWED, **said}, words=words, over=over, by=by, at=now)


def test_a_field_is_corrected_and_the_earlier_words_are_kept(case, person, practitioner, supervisor, now):
    people.correct(person, base=1, matters="To be left alone", by=practitioner, at=now)
    contest = contested(practitioner, "profile", person.pk, now, "matters")

    decision = answer(contest, "A job by spring", supervisor, now)

    assert Person.objects.get().matters == "A job by spring"
    assert Person.objects.get().version == 3
    assert decision.correction.before == "To be left alone"
    assert decision.correction.after == "A job by spring"
    assert (decision.decided_by, decision.decided_at) == (supervisor, now)


def test_a_note_gets_a_new_version_and_the_earlier_one_stays(note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)

    answer(contest, "He came at ten", supervisor, now)

    earlier, later = Version.objects.order_by("number")
    assert (earlier.words, later.words) == ("He did not come", "He came at ten")
    assert [one.words for one in later.statements.all()] == [one.words for one in earlier.statements.all()]
    assert supervisor.name in later.reason


def test_one_statement_is_corrected_and_the_others_stay(note, practitioner, supervisor, now):
    late = note.standing.statements.get(position=1)
    contest = contested(practitioner, "statement", late.pk, now)

    answer(contest, "Came at ten", supervisor, now)

    later = Version.objects.get(number=2)
    assert [one.words for one in later.statements.all()] == ["Came at ten", "I was on time"]
    assert later.words == "He did not come"


def test_whoever_wrote_it_does_not_correct_it(note, practitioner, now):
    contest = contested(practitioner, "contact", note.pk, now)

    with pytest.raises(Refused, match="You wrote"):
        answer(contest, "He came at ten", practitioner, now)

    assert Version.objects.count() == 1


def test_declined_with_a_reason_nothing_is_written(note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)

    decision = answer(contest, "He did not come", supervisor, now, outcome="not")

    assert Version.objects.count() == 1
    assert not decision.has_correction
    with pytest.raises(Refused):
        answer(contest, "He came at ten", supervisor, now)


def test_declined_without_a_reason_is_no_answer(note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)

    with pytest.raises(Refused, match="reasons"):
        answer(contest, "He did not come", supervisor, now, outcome="not", reasons=" ")


@pytest.mark.parametrize(
    ("outcome", "words", "says"),
    [("followed", "He did not come", "You follow it"), ("not", "He came", "You do not follow it")],
)
def test_what_is_answered_and_what_is_written_are_the_same(
    note, practitioner, supervisor, now, outcome, words, says
):
    contest = contested(practitioner, "contact", note.pk, now)

    with pytest.raises(Refused, match=says):
        answer(contest, words, supervisor, now, outcome=outcome)

    assert not Decision.objects.exists()
    assert not Correction.objects.exists()


def test_nothing_is_written_over_words_that_nobody_saw(case, person, practitioner, supervisor, now):
    contest = contested(practitioner, "profile", person.pk, now, "matters")
    over = correcting.seen("")
    people.correct(person, base=1, matters="Meanwhile", by=practitioner, at=now)

    with pytest.raises(Changed):
        actions.decide(contest, **FOLLOWED, words="Later", over=over, by=supervisor, at=now)

    assert Person.objects.get().matters == "Meanwhile"
    assert not Decision.objects.exists()


def test_a_record_that_is_set_aside_is_not_corrected(case, note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)
    guards.set_aside(case, ground="accuracy", words="He asks for it", by=practitioner, at=now)
    contest = Contest.objects.get(pk=contest.pk)

    with pytest.raises(Refused, match="not corrected here"):
        answer(contest, "He came at ten", supervisor, now)

    assert Version.objects.count() == 1


@pytest.mark.parametrize("asks", ["remark", "delete", "restrict"])
def test_what_asks_for_something_else_is_not_corrected(note, practitioner, supervisor, now, asks):
    contest = contested(practitioner, "contact", note.pk, now, asks=asks)

    assert correcting.entry_to_correct(contest, supervisor) is None


def test_a_day_of_birth_is_changed_on_its_own_page(case, person, practitioner, supervisor, now):
    born = contested(practitioner, "profile", person.pk, now, "born")
    works = contested(practitioner, "profile", person.pk, now, "works")

    assert correcting.entry_to_correct(born, supervisor) is None
    assert correcting.entry_to_correct(works, supervisor)


def test_it_says_so_wherever_the_contest_shows(case, note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)
    answer(contest, "He came at ten", supervisor, now)
    case.refresh_from_db()

    told = shown(case, practitioner).lines(note)
    mine = record.parts(case, practitioner, ["contests"])[0].lines[0].who

    assert "I was there" in told
    assert "was corrected" in told
    assert "He did not come" in mine
    assert supervisor.name in mine


def test_the_trail_says_that_it_was_corrected_and_not_what(note, practitioner, supervisor, now):
    answer(contested(practitioner, "contact", note.pk, now), "He came at ten", supervisor, now)

    corrected = Event.objects.get(name="entry.corrected")
    assert corrected.facts == {"kind": "contact"}
    assert Event.objects.filter(name="contact.corrected", by=supervisor.pk).exists()


def test_the_page_corrects_and_shows_both(sign_in, note, practitioner, supervisor, now):
    contest = contested(practitioner, "contact", note.pk, now)
    client, page = sign_in(supervisor), contest.get_absolute_url()
    asked = client.get(page)
    assert "What stands there from now on" in asked.text

    over = asked.context["form"]["over"].value()
    sent = {**FOLLOWED, "words": "He came at ten", "over": over, "told": ""}
    answered = client.post(page, sent, follow=True)

    assert "What was corrected" in answered.text
    assert "He did not come" in answered.text
    assert "He came at ten" in answered.text
    assert "He did not come" in client.get(Version.objects.get(number=1).get_absolute_url()).text


@pytest.mark.parametrize("who", ["mentor", "administrator", "stranger", "colleague"])
def test_nobody_else_corrects(request, sign_in, who, note, practitioner, now):
    contest = contested(practitioner, "contact", note.pk, now)
    client = sign_in(request.getfixturevalue(who))

    sent = {**FOLLOWED, "words": "He came", "over": correcting.seen("He did not come")}

    assert client.post(reverse("contest", args=[contest.pk]), sent).status_code == 404
    assert Version.objects.count() == 1
