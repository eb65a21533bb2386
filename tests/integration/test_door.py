"""The door: search first, then open a case or say no. Whatever is typed stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.cases.models import Case, Door
from r2com.drafts.models import Draft
from r2com.organisations.models import ListName
from r2com.people.models import Person
from r2com.sharing.models import LawfulBasis
from tests import factories

DOOR = "/door/"


@pytest.fixture
def typed(organisation, today):
    """What a practitioner types for Samira, adult, released a month ago."""
    chosen = {name: factories.entry(organisation, name).pk for name in ("referred_by", "told", "asked")}
    return {
        "name": "Samira Quell",
        "born": "1992-02-03",
        "called": "Sami",
        "language": "pt",
        "safe_contact": "After six, never a message.",
        "referrer": "Duty desk",
        "asked_words": "A bed before winter.",
        "takes_up": "yes",
        "release_on": (today - timedelta(days=30)).isoformat(),
        "basis": LawfulBasis.objects.get(organisation=organisation, basis__contains="legitimate").pk,
        "step": "open",
        **chosen,
    }


@pytest.fixture
def no(organisation):
    return {
        "step": "decline",
        "decline_reason": factories.entry(organisation, ListName.DECLINE).pk,
        "signposts": [factories.entry(organisation, ListName.SIGNPOST).pk],
    }


def says(response, *sentences):
    page = response.content.decode()
    return [sentence for sentence in sentences if sentence not in page] == []


def nobody_new():
    return not Case.objects.exists() and not Person.objects.exists() and not Door.objects.exists()


def test_a_practitioner_opens_a_case_and_comes_to_explain(sign_in, practitioner, typed):
    answer = sign_in(practitioner).post(DOOR, typed)

    case = Case.objects.get()
    assert answer.url == reverse("explain", args=[case.reference])
    assert (case.person.name, case.person.language, case.person.short_name) == ("Samira Quell", "pt", "Sami")
    assert case.door.referrer == "Duty desk"
    assert [one.user for one in case.members.all()] == [practitioner]


def test_a_colleague_of_the_team_can_be_deputy_but_nobody_else(
    sign_in, practitioner, colleague, stranger, typed
):
    client = sign_in(practitioner)

    client.post(DOOR, {**typed, "deputy": stranger.pk})
    assert nobody_new()

    client.post(DOOR, {**typed, "deputy": colleague.pk})
    assert Case.objects.get().members.filter(part="deputy", user=colleague).exists()


@pytest.mark.parametrize("who", ["mentor", "administrator"])
def test_others_have_no_door(sign_in, request, who, typed):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(DOOR).status_code == 404
    assert client.post(DOOR, typed).status_code == 404
    assert nobody_new()


def test_the_search_finds_whom_one_may_see_and_their_page(sign_in, practitioner, case):
    answer = sign_in(practitioner).post(
        DOOR, {"step": "search", "name": "milo fernwey", "born": "1990-04-12"}
    )

    assert says(answer, "Milo Fernweh", reverse("person", args=[case.reference]))
    assert Event.objects.get(name="door.searched").facts == {"found": [str(case.person_id)]}


def test_the_search_finds_nobody_whom_one_may_not_see(sign_in, colleague, case):
    answer = sign_in(colleague).post(DOOR, {"step": "search", "name": "Milo Fernweh", "born": "1990-04-12"})

    assert says(answer, "Nobody you can see has a name like this.")
    assert not says(answer, case.reference)


def test_the_name_is_typed_once_and_never_stands_in_an_address(sign_in, practitioner):
    answer = sign_in(practitioner).post(
        DOOR, {"step": "search", "name": "Samira Quell", "born": "1992-02-03"}
    )

    assert answer.status_code == 200
    assert says(answer, 'value="Samira Quell"', 'value="1992-02-03"')


def test_somebody_with_a_name_like_this_has_to_be_looked_at_first(sign_in, practitioner, case, typed):
    client = sign_in(practitioner)
    like = {**typed, "name": "Milo Fernweh", "born": "1990-04-12"}

    assert says(client.post(DOOR, like), "Tick if none of them is this person.")
    assert Case.objects.count() == 1

    client.post(DOOR, {**like, "not_these": [str(case.person_id)]})
    assert Case.objects.count() == 2


def test_a_search_is_skipped_only_with_a_reason_which_is_kept(sign_in, practitioner, case, typed):
    client = sign_in(practitioner)
    assert says(client.post(DOOR, {"step": "skip", "name": "Milo Fernweh"}), "Fill in")

    page = client.post(DOOR, {"step": "skip", "search_skipped_because": "They wait at the gate"})
    client.post(DOOR, {**typed, "name": "Milo Fernweh", "search_skipped_because": "They wait at the gate"})

    assert says(page, "You skipped the search, because: They wait at the gate")
    assert Door.objects.latest("answered_at").search_skipped_because == "They wait at the gate"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"born": "today"}, "for adults only"),
        ({"born": ""}, "Write the date of birth"),
        ({"release_on": "far"}, "more than twelve weeks away"),
        ({"release_on": ""}, "Write the day of release"),
        ({"takes_up": "no"}, "only for people who take it up"),
    ],
)
def test_whom_the_programme_is_not_for_is_said_and_nothing_typed_is_lost(
    sign_in, practitioner, typed, today, change, sentence
):
    days = {"today": today.isoformat(), "far": (today + timedelta(weeks=13)).isoformat()}
    change = {name: days.get(value, value) for name, value in change.items()}

    answer = sign_in(practitioner).post(DOOR, {**typed, **change})

    assert says(answer, sentence, "A bed before winter.", "Samira Quell", "Say no, and keep the reason")
    assert nobody_new()


def test_twelve_weeks_ahead_is_not_too_early(sign_in, practitioner, typed, today):
    sign_in(practitioner).post(DOOR, {**typed, "release_on": (today + timedelta(weeks=12)).isoformat()})

    assert Case.objects.exists()


@pytest.mark.parametrize("step", ["open", "decline"])
def test_without_an_entry_in_the_register_nobody_is_written_down(
    sign_in, practitioner, typed, no, step, today
):
    LawfulBasis.objects.update(ends=today)

    answer = sign_in(practitioner).post(DOOR, {**typed, **no, "step": step})

    assert says(answer, "The register holds no lawful basis")
    assert nobody_new()


def test_the_warning_stands_beside_the_consent_entry(sign_in, practitioner):
    answer = sign_in(practitioner).post(DOOR, {"step": "search", "name": "Samira Quell"})

    assert says(answer, "Consent is shaky where taking part is a condition of release.")


def test_saying_no_starts_the_clock_for_deletion(sign_in, practitioner, typed, no, today):
    client = sign_in(practitioner)

    answer = client.post(DOOR, {**typed, **no})

    door = Door.objects.get()
    assert answer.url == reverse("declined", args=[door.pk])
    assert timedelta(days=90) <= door.delete_after - today <= timedelta(days=92)
    assert says(
        client.get(answer.url), "Samira Quell", "They do not want support now", "Municipal social service"
    )
    assert not Case.objects.exists()


def test_saying_no_needs_a_reason_and_somewhere_else_to_turn(sign_in, practitioner, typed, no):
    answer = sign_in(practitioner).post(DOOR, {**typed, "step": "decline"})

    assert says(
        answer, "Choose one under “Why we say no”", "Choose at least one under “Where else we point to”"
    )
    assert nobody_new()


def test_not_this_time_opens_a_part_and_keeps_what_was_typed(sign_in, practitioner, typed):
    answer = sign_in(practitioner).post(DOOR, {**typed, "step": "not_now", "born": ""})

    assert says(answer, "Why we say no", "A bed before winter.", "We keep this until")
    assert not says(answer, 'class="errors"')
    assert nobody_new()


def test_the_declined_page_is_for_the_writer_and_the_supervisor_of_the_team(
    client, practitioner, supervisor, colleague, stranger, typed, no
):
    factories.sign_in(client, practitioner).post(DOOR, {**typed, **no})
    page = reverse("declined", args=[Door.objects.get().pk])

    seen = {
        who.name: factories.sign_in(client, who).get(page).status_code
        for who in (supervisor, colleague, stranger)
    }

    assert seen == {supervisor.name: 200, colleague.name: 404, stranger.name: 404}
    opened = Event.objects.filter(name="record.opened", subject=Door.objects.get().pk)
    assert [event.by for event in opened] == [supervisor.pk]


def test_what_was_begun_comes_back_until_it_is_dropped(sign_in, practitioner):
    client = sign_in(practitioner)
    page = client.post(DOOR, {"step": "search", "name": "Samira Quell"})
    words = {"fields": {"name": ["Samira Quell"], "asked_words": ["A bed"]}, "version": 0}
    client.post(page.context["memory"].address, words, content_type="application/json")

    assert says(client.get(DOOR), "This is what you had begun", "A bed", 'value="Samira Quell"')

    client.post(DOOR, {"step": "drop"})
    assert not Draft.objects.get().fields
    assert not says(client.get(DOOR), "Samira")


def test_another_search_does_not_write_over_what_was_begun(sign_in, practitioner):
    client = sign_in(practitioner)
    page = client.post(DOOR, {"step": "search", "name": "Samira Quell"})
    words = {"fields": {"name": ["Samira Quell"], "asked_words": ["A bed"]}, "version": 0}
    client.post(page.context["memory"].address, words, content_type="application/json")

    answer = client.post(DOOR, {"step": "search", "name": "Somebody Else"}, follow=True)

    assert says(answer, "Finish or drop that first.", "A bed")


def test_whoever_has_no_team_of_their_own_is_asked_for_it(sign_in, organisation, team, now, typed):
    factories.team(organisation, "River team", at=now - timedelta(days=3))
    free = factories.user("Free Roamer", Role.SUPERVISOR, team, at=now - timedelta(days=3))
    membership = factories.membership(free)
    membership.team = None
    membership.save()
    client = sign_in(free)

    assert says(client.post(DOOR, {**typed, "team": ""}), "Choose one under “Team”")
    client.post(DOOR, {**typed, "team": team.pk})

    assert Case.objects.get().team == team


def test_the_door_asks_the_database_as_often_for_many_as_for_one(
    sign_in, practitioner, case, team, now, count_queries
):
    client = sign_in(practitioner)
    search = {"step": "search", "name": "Milo Fernweh"}
    with count_queries() as once:
        client.post(DOOR, search)
    for _each in range(5):
        factories.case(team, by=practitioner, at=now - timedelta(days=1), name="Milo Fernweh")

    with count_queries() as often:
        client.post(DOOR, search)

    assert len(often.asked) <= len(once.asked) <= 12
