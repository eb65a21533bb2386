"""Before the gate: a line is done only when the one who receives has said so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.checklists import read
from r2com.core.refusals import Changed, Refused
from r2com.landing import actions, content, gate, today
from r2com.landing.models import GATE, Begun, ChecklistVersion, Entry, Line

from .. import factories

Says = Entry.Says


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def inside(team, practitioner, colleague, now, day):
    """Oda comes out in six weeks."""
    return factories.case(
        team,
        by=practitioner,
        deputy=colleague,
        name="Oda Kestrel",
        called="Oda",
        release_on=day + timedelta(weeks=6),
        at=now - timedelta(days=10),
    )


@pytest.fixture
def friend(inside, mentor, practitioner, now):
    cases.place(inside, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def later(team, practitioner, now, day):
    """Somebody else, whose list nobody has begun."""
    soon = day + timedelta(weeks=5)
    return factories.case(team, by=practitioner, name="Bas Quill", release_on=soon, at=now)


def stands(case, line):
    begun = Begun.objects.filter(case=case, checklist=GATE).with_version().with_lines().first()
    return next(one for one in gate.standings(Case.objects.get(pk=case.pk), begun) if one.id == line)


def confirmed(case, line, by, at, **changed):
    said = {"who": "Night desk, Hearth House", "how": "phone", "on": timezone.localdate(at), **changed}
    return actions.confirm(case, line=line, **said, by=by, at=at)


def address(name, case, *args):
    return reverse(name, args=[case.reference, *args])


def pages(case):
    return [
        address("before_the_gate", case),
        address("before_the_gate_pdf", case),
        address("gate_line", case, "bed"),
        address("add_gate_line", case),
        address("release_day", case),
    ]


# What stands


def test_a_line_that_is_arranged_stays_open_until_the_receiver_says_so(inside, practitioner, now):
    actions.say(inside, line="bed", says="arranged", words="Wrote to them", by=practitioner, at=now)
    arranged = stands(inside, "bed")
    confirmed(inside, "bed", practitioner, now + timedelta(minutes=1))

    assert (arranged.is_open, arranged.state) == (True, "Arranged, not confirmed")
    assert stands(inside, "bed").is_confirmed
    assert stands(inside, "bed").last.who == "Night desk, Hearth House"


def test_nobody_but_the_receiver_makes_it_done(inside, practitioner, now):
    who = {"by": practitioner, "at": now}
    with pytest.raises(Refused):
        actions.say(inside, line="bed", says="confirmed", **who)
    with pytest.raises(Refused):
        confirmed(inside, "bed", practitioner, now, who=" ")
    with pytest.raises(Refused):
        confirmed(inside, "bed", practitioner, now, how="guessed")
    with pytest.raises(Refused):
        confirmed(inside, "bed", practitioner, now, on=timezone.localdate(now) + timedelta(days=1))

    assert not Entry.objects.exists()
    assert not Event.objects.filter(name="gate.line_said").exists()


@pytest.mark.parametrize("who", ["ines lindqvarn ", "Prison welfare desk"])
def test_who_arranges_it_does_not_confirm_it(inside, practitioner, now, who):
    arranged = {"owner": practitioner, "outside": "Prison welfare desk"}
    actions.change_line(inside, line="bed", base=1, **arranged, by=practitioner, at=now)

    with pytest.raises(Refused):
        confirmed(inside, "bed", practitioner, now, who=who)

    assert stands(inside, "bed").is_open


def test_the_database_keeps_no_confirmation_without_how_and_when(inside, practitioner, now):
    line = actions.say(inside, line="bed", says="asked", by=practitioner, at=now).line

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(line=line, says="confirmed", recorded_by=practitioner, at=now)


def test_a_confirmation_is_taken_back_with_a_reason_and_the_line_is_open_again(inside, practitioner, now):
    confirmed(inside, "bed", practitioner, now)
    with pytest.raises(Refused):
        actions.take_back(inside, line="bed", words="  ", by=practitioner, at=now)
    with pytest.raises(Refused):
        actions.take_back(inside, line="phone", words="Lost", by=practitioner, at=now)
    later = now + timedelta(hours=1)

    actions.take_back(inside, line="bed", words="The room was given away", by=practitioner, at=later)

    assert stands(inside, "bed").is_open
    assert [entry.says for entry in stands(inside, "bed").entries] == [Says.TAKEN_BACK, Says.CONFIRMED]


def test_a_line_that_does_not_apply_is_not_open_and_can_come_back(inside, practitioner, now):
    with pytest.raises(Refused):
        actions.not_needed(inside, line="no_contact", words="", by=practitioner, at=now)
    actions.not_needed(inside, line="no_contact", words="There are none", by=practitioner, at=now)
    with pytest.raises(Refused):
        confirmed(inside, "no_contact", practitioner, now)
    left = stands(inside, "no_contact")
    actions.need_again(inside, line="no_contact", by=practitioner, at=now + timedelta(minutes=1))

    assert (left.is_open, left.state) == (False, "Does not apply")
    assert stands(inside, "no_contact").is_open


def test_a_line_of_ones_own_is_due_and_moves_like_the_others(inside, practitioner, now, day):
    own = actions.add_line(inside, words="Licence card", weeks_before=3, by=practitioner, at=now)
    before = stands(inside, str(own.pk)).due
    moved = day + timedelta(weeks=8)

    actions.move_release(inside, to=moved, by=practitioner, at=now)

    assert before == day + timedelta(weeks=3)
    assert stands(inside, str(own.pk)).due == moved - timedelta(weeks=3)
    assert stands(inside, "hand_over").due == moved - timedelta(weeks=4)
    assert Event.objects.get(name="case.release_moved").facts == {"to": moved.isoformat()}


def test_without_a_day_of_release_no_line_has_a_day(inside, practitioner, now):
    actions.move_release(inside, to=None, by=practitioner, at=now)

    assert stands(inside, "bed").due is None


def test_a_line_without_words_or_of_another_list_is_refused(inside, case, practitioner, now):
    with pytest.raises(Refused):
        actions.add_line(inside, words=" ", weeks_before=None, by=practitioner, at=now)
    other = actions.add_line(case, words="Hers", weeks_before=None, by=practitioner, at=now)

    for line in (str(other.pk), "nothing", "0190b7a0-0000-7000-8000-000000000000"):
        with pytest.raises(Refused):
            actions.say(inside, line=line, says="asked", by=practitioner, at=now)


def test_lines_stand_in_the_order_of_their_days_and_late_ones_say_so(inside, practitioner, now, day):
    found = gate.standings(inside, None)
    headings = {heading: [one.id for one in rows] for heading, rows in gate.in_parts(found, day)}

    assert [one.due for one in found] == sorted(one.due for one in found)
    assert headings["Its day has passed"] == ["papers", "first_look", "account", "benefit"]
    assert headings["Open"][0] == "bed"


def test_only_somebody_who_works_in_the_case_is_the_owner(inside, supervisor, practitioner, now):
    with pytest.raises(Refused):
        actions.change_line(inside, line="bed", base=1, owner=supervisor, by=practitioner, at=now)

    assert not Line.objects.filter(owner=supervisor).exists()


def test_two_who_write_at_once_lose_nothing(inside, practitioner, colleague, now, sign_in):
    actions.change_line(inside, line="bed", base=1, owner=None, outside="The prison", by=colleague, at=now)
    with pytest.raises(Changed):
        actions.change_line(inside, line="bed", base=1, owner=None, by=practitioner, at=now)
    sent = {"go": "keep", "base": 1, "owner": "", "outside": "His aunt", "notes": "Ring at ten"}

    page = sign_in(practitioner).post(address("gate_line", inside, "bed"), sent).text

    assert "This was changed in two places" in page
    assert "The prison" in page
    assert "His aunt" in page
    assert 'name="base" value="2"' in page


# Which version


def other_version(monkeypatch):
    """The software now brings another version of the list, with another wording and without a bed."""
    definition, _languages = content.packaged(GATE)
    kept = [one for one in definition["lines"] if one["id"] != "bed"]
    changed = {**definition, "version": "2", "name": "Another list", "lines": kept}
    monkeypatch.setattr(content, "newest", lambda name: read(changed, {}))
    monkeypatch.setattr(content, "packaged", lambda name: (changed, {}))


def test_a_list_that_was_begun_keeps_its_version(inside, later, practitioner, now, monkeypatch, sign_in):
    confirmed(inside, "bed", practitioner, now)
    other_version(monkeypatch)

    begun = sign_in(practitioner).get(address("before_the_gate", inside)).text
    fresh = sign_in(practitioner).get(address("before_the_gate", later)).text

    assert "A bed for the first night" in begun
    assert "Another list" not in begun
    assert "Another list" in fresh
    assert "A bed for the first night" not in fresh
    actions.say(later, line="phone", says="asked", by=practitioner, at=now)
    assert sorted(ChecklistVersion.objects.values_list("version", flat=True)) == ["1", "2"]


def test_a_kept_version_that_was_altered_is_not_used(inside, practitioner, now, monkeypatch):
    confirmed(inside, "bed", practitioner, now)
    version = ChecklistVersion.objects.get()
    version.definition["name"] = "Something else"
    version.save()
    other_version(monkeypatch)

    with pytest.raises(content.Altered):
        stands(inside, "bed")


# Who may


def test_a_worker_opens_every_page_and_the_trail_knows(inside, practitioner, sign_in):
    client = sign_in(practitioner)

    assert [client.get(url).status_code for url in pages(inside)] == [200] * 5
    assert Event.objects.filter(name="record.opened", case=inside.pk).count() == 4
    assert Event.objects.filter(name="list.printed", case=inside.pk, by=practitioner.pk).count() == 1


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_for_somebody_outside_the_case_no_page_exists(request, inside, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    assert [client.get(url).status_code for url in pages(inside)] == [404] * 5
    assert client.post(address("gate_line", inside, "bed"), {"go": "say", "says": "asked"}).status_code == 404
    assert not Event.objects.filter(name__in=["record.opened", "list.printed"]).exists()


def test_a_mentor_reads_and_does_not_write(inside, friend, sign_in, now):
    client = sign_in(friend)

    answers = [client.get(url).status_code for url in pages(inside)]

    assert answers == [200, 200, 200, 404, 404]
    assert client.post(address("gate_line", inside, "bed"), {"go": "say", "says": "asked"}).status_code == 404
    assert client.post(address("release_day", inside), {"release_on": ""}).status_code == 404
    with pytest.raises(Refused):
        actions.say(inside, line="bed", says="asked", by=friend, at=now)
    with pytest.raises(Refused):
        actions.move_release(inside, to=None, by=friend, at=now)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "supervisor"])
def test_the_deputy_and_the_supervisor_write_too(request, inside, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    kept = client.post(address("gate_line", inside, "bed"), {"go": "say", "says": "asked", "words": ""})

    assert kept.status_code == 302
    assert Entry.objects.get().says == Says.ASKED


def test_what_stands_on_a_sensitive_line_is_not_for_a_mentor(inside, friend, practitioner, now, sign_in):
    confirmed(inside, "medicine", practitioner, now, who="Doctor Wintergreen")
    confirmed(inside, "bed", practitioner, now)
    urls = [address("before_the_gate", inside), address("gate_line", inside, "medicine")]

    mine = [sign_in(practitioner).get(url).text for url in urls]
    theirs = [sign_in(friend).get(url).text for url in urls]

    assert all("Doctor Wintergreen" in page for page in mine)
    assert not any("Doctor Wintergreen" in page for page in theirs)
    assert "Night desk" in theirs[0]


# The pages


def test_a_line_is_arranged_confirmed_and_taken_back_on_its_page(inside, practitioner, day, sign_in):
    client, url = sign_in(practitioner), address("gate_line", inside, "bed")
    arranged = {
        "owner": str(practitioner.pk),
        "outside": "",
        "promised_for": day.isoformat(),
        "notes": "Quiet",
    }

    for sent in (
        {"go": "keep", "base": 1, **arranged},
        {"go": "say", "says": "arranged", "words": "By letter"},
        {"go": "confirm", "who": "Night desk", "how": "letter", "on": day.isoformat()},
    ):
        assert client.post(url, sent).url == address("before_the_gate", inside) + "#line-bed"
    page = client.get(url).text

    assert "Night desk, letter or message seen, <time" in page
    assert "By letter" in page
    assert "Quiet" in page
    assert "It is confirmed" not in page
    assert client.post(url, {"go": "take_back", "words": "Given away"}).status_code == 302
    assert "Given away" in client.get(url).text


def test_a_confirmation_without_a_name_is_asked_for_and_nothing_is_lost(inside, practitioner, day, sign_in):
    sent = {"go": "confirm", "who": "", "how": "phone", "on": day.isoformat()}

    page = sign_in(practitioner).post(address("gate_line", inside, "bed"), sent)

    assert page.status_code == 200
    assert "Fill in “Who receives it and has said so”." in page.text
    assert not Entry.objects.exists()


def test_a_line_that_does_not_apply_comes_back_in_one_press(inside, practitioner, sign_in):
    client, url = sign_in(practitioner), address("gate_line", inside, "no_contact")

    assert client.post(url, {"go": "not_needed", "words": "None"}).status_code == 302
    assert "It applies after all" in client.get(url).text
    assert client.post(url, {"go": "need_again"}).status_code == 302
    assert client.post(url, {"go": "need_again"}, follow=True).status_code == 200
    assert stands(inside, "no_contact").says == Says.NEEDED


def test_a_line_of_ones_own_is_added_on_its_page(inside, practitioner, sign_in):
    client = sign_in(practitioner)
    missing = client.post(address("add_gate_line", inside), {"words": "", "weeks_before": "3"})

    kept = client.post(address("add_gate_line", inside), {"words": "Licence card", "weeks_before": "3"})

    assert missing.status_code == 200
    assert kept.status_code == 302
    line = Line.objects.get()
    assert (line.words, line.weeks_before) == ("Licence card", 3)
    assert client.get(address("gate_line", inside, str(line.pk))).status_code == 200


def test_a_line_that_is_not_on_the_list_does_not_exist(inside, case, practitioner, now, sign_in):
    other = actions.add_line(case, words="Hers", weeks_before=None, by=practitioner, at=now)

    assert sign_in(practitioner).get(address("gate_line", inside, "car")).status_code == 404
    assert sign_in(practitioner).get(address("gate_line", inside, str(other.pk))).status_code == 404


def test_the_day_of_release_moves_on_its_page(inside, practitioner, day, sign_in):
    client, url = sign_in(practitioner), address("release_day", inside)
    later = day + timedelta(weeks=9)

    assert client.post(url, {"release_on": "soon"}).status_code == 200
    assert client.post(url, {"release_on": later.isoformat()}).status_code == 302
    assert Case.objects.get(pk=inside.pk).release_on == later
    assert client.post(url, {"release_on": ""}).status_code == 302
    assert "The day is not known." in client.get(address("before_the_gate", inside)).text


def test_for_somebody_who_is_out_the_page_says_so_and_offers_the_board(case, practitioner, sign_in):
    page = sign_in(practitioner).get(address("before_the_gate", case)).text

    assert "came out" in page
    assert address("first_72_hours", case) in page
    assert "Go to the 72-hour board" in page
    assert "Nothing was written here before release" in page


def test_for_somebody_who_is_out_the_list_that_was_begun_stays(case, practitioner, now, sign_in):
    actions.say(case, line="bed", says="asked", by=practitioner, at=now)

    page = sign_in(practitioner).get(address("before_the_gate", case)).text

    assert "A bed for the first night" in page
    assert "Nothing was written here" not in page


def test_the_page_title_and_the_trail_say_nothing_of_what_was_typed(inside, practitioner, now, sign_in):
    confirmed(inside, "bed", practitioner, now)
    own = actions.add_line(inside, words="Secret errand", weeks_before=None, by=practitioner, at=now)

    page = sign_in(practitioner).get(address("gate_line", inside, str(own.pk))).text

    assert "Secret errand" not in page[page.index("<title>") : page.index("</title>")]
    facts = " ".join(str(event.facts) for event in Event.objects.all())
    assert "Hearth" not in facts
    assert "Secret" not in facts


def test_in_portuguese_the_list_is_portuguese(inside, practitioner, sign_in):
    client = sign_in(practitioner)
    client.cookies["language"] = "pt"

    assert "Cama para a primeira noite" in client.get(address("before_the_gate", inside)).text


@pytest.mark.parametrize("name", ["before_the_gate", "gate_line"])
def test_the_pages_ask_at_most_twelve_queries_however_much_there_is(
    name, inside, practitioner, now, sign_in, count_queries
):
    url = address(name, inside, *(["bed"] if name == "gate_line" else []))
    client = sign_in(practitioner)
    confirmed(inside, "phone", practitioner, now)
    client.get(url)
    with count_queries() as few:
        client.get(url)
    for number in range(20):
        actions.add_line(inside, words=f"Errand {number}", weeks_before=2, by=practitioner, at=now)
        actions.say(inside, line="bed", says="asked", words="Again", by=practitioner, at=now)

    with count_queries() as many:
        client.get(url)

    assert len(many.asked) == len(few.asked), "\n".join(many.asked)
    assert len(many.asked) <= 12, "\n".join(many.asked)


# For Today


def test_who_comes_out_soon_with_what_nobody_has_confirmed(
    inside, practitioner, team, stranger, now, day, count_queries
):
    soon = factories.case(
        team, by=practitioner, name="Bas Quill", release_on=day + timedelta(days=10), at=now
    )
    confirmed(soon, "bed", practitioner, now)
    today.releases(practitioner, day)
    with count_queries() as few:
        found = today.releases(practitioner, day)
    for number in range(20):
        factories.case(team, by=practitioner, name=f"P {number}", release_on=day + timedelta(days=30), at=now)

    with count_queries() as many:
        everybody = today.releases(practitioner, day)

    assert [one.case for one in found] == [soon]
    assert "bed" not in [line.id for line in found[0].open]
    assert "phone" in [line.id for line in found[0].open]
    assert (len(everybody), today.releases(stranger, day)) == (21, [])
    assert len(many.asked) == len(few.asked) <= 5, "\n".join(many.asked)
