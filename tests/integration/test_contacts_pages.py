"""The pages of contacts: writing one in a minute, reading them, amending, and one session for several."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.contacts import actions
from r2com.contacts.models import Attendance, Contact, Readers, Version
from r2com.contacts.note import About, Note, Said
from r2com.drafts.models import Draft
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from .. import factories


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def goal(case, published, practitioner, now):
    plan = plans.begin(case, None, by=practitioner, at=now)
    steps = [NextStep("Hand in the form")]
    return plans.add_goal(
        plan, words="A room I can lock", item="A1", strength_item="E1", steps=steps, by=practitioner, at=now
    )


@pytest.fixture
def other(team, practitioner, now):
    return factories.case(team, by=practitioner, name="Teodor Otherling", at=now - timedelta(days=1))


def note(now, **changed):
    given = {"happened_at": now - timedelta(hours=1), "words": "Walked to the office together."}
    return Note(**{**given, **changed})


def written(case, by, now, **changed):
    return actions.write(case, note=note(now, **changed), by=by, at=now)


def shown(page):
    """What stands in the form as it is shown: the value of each field, ticked choices only."""
    values = {}
    for tag in re.findall(
        r"<(?:input|textarea)[^>]*>(?:[^<]*</textarea>)?", page.split('class="contact"', 1)[1]
    ):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        body = re.search(r">\s*([^<]*)</textarea>", tag)
        if name and (("radio" not in tag and "checkbox" not in tag) or " checked" in tag):
            values[name[1]] = body[1] if body else value[1] if value else ""
    for name, options in re.findall(r'<select name="(\w+)"(.*?)</select>', page, re.DOTALL):
        values[name] = re.search(r'value="(\w*)" selected', options)[1]
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def new(case, back=""):
    return reverse("write_contact", args=[case.reference]) + (f"?{urlencode({'next': back})}" if back else "")


def filled(now, **changed):
    moment = timezone.localtime(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    given = {"happened_at": moment, "kind": "call", "attendance": "took_place", "readers": "case_team"}
    return {**given, "words": "Rang, all well.", **changed}


# Writing


def test_a_routine_contact_needs_one_sentence(case, practitioner, sign_in, today):
    client = sign_in(practitioner)
    begun = shown(client.get(new(case)).text)

    client.post(new(case), {**begun, "words": "Walked together."})

    contact = Contact.objects.get()
    assert begun["present"] == "Milo, Ines"
    assert begun["readers"] == "case_team"
    assert abs((timezone.now() - contact.standing.happened_at).total_seconds()) < 120
    assert (contact.standing.kind, contact.standing.minutes) == ("visit", 45)
    assert (contact.promised.words, contact.promised.due) == ("Meet again", today + timedelta(days=7))


def test_the_next_one_begins_as_the_last_one(case, practitioner, sign_in, now, today):
    written(case, practitioner, now, kind="call", minutes=10, readers=Readers.EVERYBODY)
    tasks.promise(
        case, words="Ring", owner=practitioner, due=today + timedelta(days=2), by=practitioner, at=now
    )

    begun = shown(sign_in(practitioner).get(new(case)).text)

    assert (begun["kind"], begun["minutes"], begun["readers"]) == ("call", "10", "everybody")
    assert begun["next_words"] == begun["next_due"] == ""


def test_afterwards_one_is_where_one_was(case, practitioner, sign_in, now):
    client = sign_in(practitioner)

    answer = client.post(new(case, "/people/?a=b"), filled(now))

    assert answer.url == "/people/?a=b"
    assert "The note is kept." in client.get("/people/").text
    assert Contact.objects.get().get_absolute_url() in answer.wsgi_request.session["_messages"]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "x"])
def test_nobody_is_sent_elsewhere(case, practitioner, sign_in, now, elsewhere):
    client = sign_in(practitioner)

    assert f'href="{elsewhere}"' not in client.get(new(case, elsewhere)).text
    assert client.post(new(case, elsewhere), filled(now)).url == case.get_absolute_url()


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator", "supervisor"])
def test_for_those_who_bring_nothing_there_is_no_form(request, case, sign_in, now, who):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(new(case)).status_code == 404
    assert client.post(new(case), filled(now)).status_code == 404
    assert not Contact.objects.exists()


def test_a_mentor_writes_and_is_back_on_the_list(case, friend, sign_in, now):
    client = sign_in(friend)

    client.post(new(case), filled(now, readers="everybody"))

    assert "Rang, all well." in client.get(reverse("contacts", args=[case.reference])).text


def test_each_statement_stays_what_it_is(case, practitioner, sign_in, now):
    said = {"said_1": "I need a room.", "said_2": "By Christmas.", "observed_1": "Brought papers."}
    said |= {"reported_1": "He slept there.", "who_1": "Uncle Joss", "view_1": "He is ready."}
    client = sign_in(practitioner)

    client.post(new(case), filled(now, **said))

    page = client.get(Contact.objects.get().get_absolute_url()).text
    for words in ("“I need a room.”", "“By Christmas.”", "Observed", "(Uncle Joss)", "He is ready."):
        assert words in page
    assert "“Brought papers.”" not in page


def test_another_line_needs_no_script_and_loses_nothing(case, practitioner, sign_in, now):
    answer = sign_in(practitioner).post(new(case), filled(now, said_1="One.", look="said"))

    values = shown(answer.text)
    assert (values["said_1"], values["said_2"], values["words"]) == ("One.", "", "Rang, all well.")
    assert "said_3" not in values
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": "", "said_1": " "}, "Write in a few words what happened."),
        ({"attendance": "no_word"}, "You wrote down what happened."),
        ({"happened_at": "2999-01-01T10:00"}, "This lies in the future."),
        ({"happened_at": "1800-01-01T10:00"}, "Write the day on which it happened."),
        ({"minutes": "-1"}, "Write between 0 and 1440 minutes"),
        ({"next_words": "Ring"}, "Choose a day for it"),
        ({"who_1": "Joss"}, "Write what was told"),
        ({"kind": ""}, "Choose one under “What kind”."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(case, practitioner, sign_in, now, changed, said):
    sent = filled(now, **{"said_1": "I need a room.", "purpose": "The form", **changed})

    answer = sign_in(practitioner).post(new(case), sent)

    assert answer.status_code == 200
    assert said in answer.text
    assert sent["said_1"].strip() in answer.text
    assert "The form" in answer.text
    assert not Contact.objects.exists()


def test_what_was_typed_and_not_kept_comes_back_with_all_its_lines(case, practitioner, sign_in, now):
    fields = {"words": ["Half a sen"], "said_1": ["One."], "said_2": ["Two."]}
    Draft.objects.create(
        user=practitioner.pk, key=f"contact:new:{case.pk}", case=case.pk, saved_at=now, fields=fields
    )
    client = sign_in(practitioner)

    begun = shown(client.get(new(case)).text)
    client.post(new(case), {**begun, "kind": "call"})

    assert (begun["words"], begun["said_2"]) == ("Half a sen", "Two.")
    assert Draft.objects.get().fields == {}


def test_goals_of_the_standing_plan_are_offered_and_time_without_one_is_not_spoken_of(
    case, goal, practitioner, sign_in, now
):
    client = sign_in(practitioner)

    client.post(new(case), filled(now, towards=[str(goal.pk), str(goal.steps.get().pk)]))
    client.post(new(case), filled(now))

    two, one = Contact.objects.newest_first()[0], Contact.objects.newest_first()[1]
    named = [contact for contact in (one, two) if contact.standing.towards.exists()]
    bare = [contact for contact in (one, two) if contact not in named]
    assert [{row.step and row.step.words for row in named[0].standing.towards.all()}] == [
        {None, "Hand in the form"}
    ]
    assert "“A room I can lock”" in client.get(named[0].get_absolute_url()).text
    assert "oal" not in client.get(bare[0].get_absolute_url()).text.split("<main")[1].split("</main")[0]


def test_what_was_promised_is_done_in_the_same_breath(case, practitioner, sign_in, now, today):
    task = tasks.promise(case, words="Ring", owner=practitioner, due=today, by=practitioner, at=now)

    sign_in(practitioner).post(new(case), filled(now, done=[str(task.pk)]))

    assert not Task.objects.open().exists()


def test_a_task_of_somebody_else_is_not_offered(case, supervisor, practitioner, sign_in, now, today):
    task = tasks.promise(case, words="Ring the desk", owner=supervisor, due=today, by=practitioner, at=now)
    client = sign_in(practitioner)

    assert "Ring the desk" not in client.get(new(case)).text
    assert client.post(new(case), filled(now, done=[str(task.pk)])).status_code == 200
    assert Task.objects.open().exists()


# Reading


def test_the_list_shows_the_newest_first_with_what_to_know(case, practitioner, sign_in, now):
    written(case, practitioner, now, happened_at=now - timedelta(days=4), words="Long ago.")
    written(case, practitioner, now, attendance=Attendance.NO_WORD, words="", because="Nobody knows.")
    written(case, practitioner, now, statements=(Said("said", "No."),), happened_at=now - timedelta(hours=3))

    page = sign_in(practitioner).get(reverse("contacts", args=[case.reference])).text

    assert page.index("Nobody knows.") < page.index("“No.”") < page.index("Long ago.")
    assert "They did not come, no word" in page
    assert page.count("written down more than a day later") == 1
    assert Event.objects.filter(name="record.opened", facts__address="contacts").count() == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "call"}, {"Call."}),
        ({"came": "no"}, {"No show."}),
        ({"came": "yes"}, {"Call.", "Friend."}),
        ({"whose": "mine"}, {"Call.", "No show."}),
        ({"since": "tomorrow"}, set()),
        ({"until": "today"}, {"Call.", "No show.", "Friend."}),
        ({"kind": "bogus", "since": "0001-01-01", "before": "x~y"}, {"Call.", "No show.", "Friend."}),
    ],
)
def test_the_list_is_narrowed_in_the_address(case, practitioner, friend, sign_in, now, asked, found):
    written(case, practitioner, now, kind="call", words="Call.")
    written(case, practitioner, now, attendance=Attendance.TOLD_US, words="", because="No show.")
    written(case, friend, now, words="Friend.", readers=Readers.EVERYBODY)
    days = {"tomorrow": timezone.localdate() + timedelta(days=1), "today": timezone.localdate()}
    asked = {name: days.get(value, value) for name, value in asked.items()}

    page = sign_in(practitioner).get(reverse("contacts", args=[case.reference]), asked).text

    assert {words for words in ("Call.", "No show.", "Friend.") if f"<p>{words}</p>" in page} == found


def test_a_long_list_goes_on_where_it_ended(case, practitioner, sign_in, now):
    for number in range(30):
        moment = now - timedelta(minutes=number // 2 + 1)
        written(case, practitioner, now, words=f"Number {number:02}.", happened_at=moment, kind="call")
    client = sign_in(practitioner)
    url = reverse("contacts", args=[case.reference])

    first = client.get(url, {"kind": "call"}).text
    further = re.search(r'href="(\?[^"]*before[^"]*)"', first)[1].replace("&amp;", "&")
    written(case, practitioner, now, words="Meanwhile.")
    second = client.get(url + further).text

    numbers = [re.findall(r"<p>Number (\d\d)\.</p>", page) for page in (first, second)]
    assert sorted(numbers[0] + numbers[1]) == [f"{number:02}" for number in range(30)]
    assert "kind=call" in further
    assert "Back to the newest" in second
    assert "Earlier ones" not in second


def test_nothing_yet_and_nothing_like_this_are_said_apart(case, practitioner, sign_in):
    client = sign_in(practitioner)
    url = reverse("contacts", args=[case.reference])

    assert "No contact yet" in client.get(url).text
    assert "None like this" in client.get(url, {"kind": "call"}).text


def test_a_reader_reads_and_does_not_write(case, practitioner, supervisor, sign_in, now):
    contact = written(case, practitioner, now)
    client = sign_in(supervisor)

    page = client.get(contact.get_absolute_url()).text

    assert "Walked to the office" in page
    assert "Another one like this" not in page
    assert "Amend" not in page
    for name in ("contact_again", "amend_contact"):
        assert client.get(reverse(name, args=[contact.pk])).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator", "friend"])
def test_a_closed_note_does_not_exist(request, case, practitioner, sign_in, now, who):
    contact = written(case, practitioner, now)
    client = sign_in(request.getfixturevalue(who))

    for name, *args in [("contact",), ("contact_again",), ("amend_contact",), ("contact_version", 1)]:
        assert client.get(reverse(name, args=[contact.pk, *args])).status_code == 404


@pytest.mark.parametrize("many", [False, True])
def test_a_list_asks_as_few_queries_at_fifty_rows_as_at_one(
    case, practitioner, sign_in, now, count_queries, many
):
    client, url = sign_in(practitioner), reverse("contacts", args=[case.reference])
    for _number in range(50 if many else 1):
        written(case, practitioner, now, statements=(Said("said", "No."),) * 3)
    client.get(url)

    with count_queries() as counted:
        client.get(url)

    assert len(counted.asked) == 5


def test_a_note_asks_few_queries(case, goal, practitioner, sign_in, now, count_queries):
    statements, towards = (Said("said", "No."),) * 20, (About(goal), About(goal, goal.steps.get()))
    contact = written(case, practitioner, now, statements=statements, towards=towards)
    client = sign_in(practitioner)

    with count_queries() as reading:
        client.get(contact.get_absolute_url())
    with count_queries() as writing:
        client.get(new(case))

    assert len(reading.asked) <= 8
    assert len(writing.asked) <= 12


# Duplicating and amending


def test_another_one_like_this_takes_over_what_is_routine_and_nothing_that_was_said(
    case, practitioner, sign_in, now
):
    statements = (Said("said", "I need a room."), Said("observed", "Tired."), Said("view", "Sad."))
    contact = written(
        case, practitioner, now, kind="call", minutes=5, statements=statements, happened_at=now - timedelta(9)
    )
    client = sign_in(practitioner)

    page = client.get(reverse("contact_again", args=[contact.pk])).text
    client.post(reverse("contact_again", args=[contact.pk]), shown(page))

    latest = Contact.objects.newest_first().first()
    assert (latest.standing.kind, latest.standing.minutes) == ("call", 5)
    assert latest.standing.words == "Walked to the office together."
    assert timezone.now() - latest.standing.happened_at < timedelta(minutes=3)
    assert not latest.standing.statements.exists()
    assert "I need a room." not in page


def test_amending_shows_what_stands_and_keeps_both(case, goal, practitioner, sign_in, now):
    said = (Said("said", "One."), Said("said", "Two."), Said("reported", "Three.", "Joss"))
    contact = written(case, practitioner, now, statements=said, towards=(About(goal),))
    client, url = sign_in(practitioner), reverse("amend_contact", args=[contact.pk])

    begun = shown(client.get(url).text)
    answer = client.post(url, {**begun, "said_2": "Not two.", "reason": "I misheard"})

    after = client.get(answer.url).text
    assert (begun["said_2"], begun["who_1"], begun["towards"]) == ("Two.", "Joss", str(goal.pk))
    assert answer.url == contact.get_absolute_url()
    assert "“Not two.”" in after
    assert "I misheard" in after
    assert "“Two.”" not in after
    earlier = client.get(reverse("contact_version", args=[contact.pk, 1])).text
    assert "“Two.”" in earlier
    assert "It was amended since." in earlier
    assert client.get(reverse("contact_version", args=[contact.pk, 10**12])).status_code == 404


def test_two_windows_that_amend_are_both_shown(case, practitioner, sign_in, now):
    contact = written(case, practitioner, now)
    client, url = sign_in(practitioner), reverse("amend_contact", args=[contact.pk])
    begun = {**shown(client.get(url).text), "reason": "Why"}
    client.post(url, {**begun, "words": "The first window."})

    clash = client.post(url, {**begun, "words": "The second window."})
    again = {**shown(clash.text), "words": "Both windows."}
    client.post(url, again)

    assert "This was changed in two places" in clash.text
    assert "The first window." in clash.text
    assert "The second window." in clash.text
    assert clash.text.count("<h4>") == 2  # the words, and the reason
    assert Contact.objects.get().standing.words == "Both windows."
    assert Version.objects.count() == 3


def test_a_colleague_who_may_write_does_not_amend(case, practitioner, friend, sign_in, now):
    contact = written(case, practitioner, now, readers=Readers.EVERYBODY)
    client = sign_in(friend)

    assert client.get(contact.get_absolute_url()).status_code == 200
    assert client.get(reverse("amend_contact", args=[contact.pk])).status_code == 404
    assert client.get(reverse("contact_again", args=[contact.pk])).status_code == 200


# One session, several people


def session(now, *, people, **changed):
    return filled(now, minutes=60, people=[str(case.pk) for case in people], words="Cooked.", **changed)


def each(case, attendance="took_place", **own):
    return {f"{name}_{case.pk}": value for name, value in {"attendance": attendance, **own}.items()}


def test_one_form_gives_each_a_note_that_names_nobody_else(case, other, practitioner, sign_in, now):
    client, url = sign_in(practitioner), reverse("group_session")
    asked = client.post(url, session(now, people=[case, other], look="people")).text

    both = {**each(case, said="Good soup.", words="Stayed long."), **each(other, "no_word")}
    client.post(url, session(now, people=[case, other], **both))

    milos, teos = Contact.objects.get(case=case), Contact.objects.get(case=other)
    page, their = (client.get(contact.get_absolute_url()).text for contact in (milos, teos))
    assert f"attendance_{case.pk}" in asked
    assert f"attendance_{other.pk}" in asked
    assert milos.standing.words == "Cooked.\n\nStayed long."
    assert "“Good soup.”" in page
    assert "in a group" in page
    assert "Teodor" not in page
    assert "Otherling" not in page
    assert (teos.standing.words, teos.standing.attendance, teos.standing.minutes) == ("", "no_word", 30)
    assert "Good soup" not in their
    assert "Milo" not in their
    assert "Cooked" not in their


def test_those_expected_are_people_i_may_write_about_by_the_day_of_release(
    case, other, team, practitioner, colleague, supervisor, sign_in, now
):
    factories.case(team, by=colleague, name="Bea Brambleworth", at=now - timedelta(days=1))

    page = sign_in(practitioner).get(reverse("group_session")).text
    none = sign_in(supervisor).get(reverse("group_session")).text

    assert page.index("Milo Fernweh") < page.index("Teodor Otherling")
    assert "Brambleworth" not in page
    assert "Nobody yet" in none


def test_nobody_else_can_be_slipped_into_a_session(case, team, practitioner, colleague, sign_in, now):
    foreign = factories.case(team, by=colleague, name="Bea Brambleworth", at=now - timedelta(days=1))
    client = sign_in(practitioner)

    answer = client.post(
        reverse("group_session"), session(now, people=[case, foreign], **each(case), **each(foreign))
    )

    assert answer.status_code == 200
    assert not Contact.objects.exists()


def test_a_session_with_a_contradiction_keeps_nothing_and_loses_nothing(
    case, other, practitioner, sign_in, now
):
    parts = {**each(case), **each(other, "told_us", said="I cannot.")}

    page = (
        sign_in(practitioner).post(reverse("group_session"), session(now, people=[case, other], **parts)).text
    )

    assert "You wrote down what happened." in page
    assert "I cannot." in page
    assert not Contact.objects.exists()


def test_administrators_have_no_sessions(administrator, sign_in):
    assert sign_in(administrator).get(reverse("group_session")).status_code == 404
