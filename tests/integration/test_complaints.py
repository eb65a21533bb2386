"""Anybody may complain; somebody uninvolved decides; nothing else changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from r2com.access.models import Grant
from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.rights import actions, door, views
from r2com.rights.models import Complaint, ComplaintDecision
from tests import factories

SAID = {"about": "treated", "words": "Marzipan was promised and never came", "reach": "Under the bridge"}


@pytest.fixture
def officer(team, now):
    return factories.user("Sol Marrowby", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


@pytest.fixture
def second(organisation, now):
    """A supervisor of another team."""
    team = factories.team(organisation, "Hill team", at=now - timedelta(days=30))
    return factories.user("Wim Achterberg", Role.SUPERVISOR, team, at=now - timedelta(days=20))


@pytest.fixture
def complaint(organisation, now):
    return actions.complain(organisation, **SAID, by=None, at=now)[0]


def decided(complaint, by, now):
    actions.say_whom(complaint, users=[], by=by, at=now)
    actions.decide(complaint, outcome="not", words="We see it otherwise", by=by, at=now)


def sees(user, complaint):
    return Complaint.objects.visible_to(user).filter(pk=complaint.pk).exists()


def test_anybody_complains_without_an_account(client, organisation):
    answer = client.post(reverse("complain"), SAID)

    complaint = Complaint.objects.get()
    assert answer.status_code == 200
    assert complaint.reference in answer.text
    assert complaint.words == SAID["words"]
    assert Event.objects.get(name="complaint.made").by is None


def test_the_open_page_names_neither_house_nor_programme(client, organisation):
    answer = client.get(reverse("complain"))

    assert organisation.name not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_what_was_said_is_sealed(complaint):
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, reach FROM rights_complaint")
        kept = b"".join(bytes(value) for value in cursor.fetchone())

    assert b"Marzipan" not in kept
    assert b"bridge" not in kept


def test_the_answer_is_read_with_reference_and_words(client, organisation, officer, now):
    complaint, words = actions.complain(organisation, **SAID, by=None, at=now)
    actions.say_whom(complaint, users=[], by=officer, at=now)
    actions.decide(complaint, outcome="right", words="We bring it on Monday", by=officer, at=now)
    keys = {"reference": complaint.reference.lower(), "words": words.upper().replace(" ", "-")}

    answer = client.post(reverse("complaint_answer"), keys)

    assert "We bring it on Monday" in answer.text
    assert officer.name not in answer.text


def test_wrong_words_and_a_reference_that_nobody_has_answer_alike(client, complaint):
    tries = [(complaint.reference, "no such words here"), ("C-2222222", "no such words here"), ("a\0b", "x")]

    answers = [client.post(reverse("complaint_answer"), {"reference": r, "words": w}) for r, w in tries]

    assert all("do not fit together" in answer.text for answer in answers[:2])
    assert all(SAID["words"] not in answer.text for answer in answers)
    assert door.find("a\0b", "x") is None


def test_too_many_tries_wait(client, complaint, settings):
    keys = {"reference": complaint.reference, "words": "no such words here"}

    answers = [client.post(reverse("complaint_answer"), keys).status_code for _each in range(40)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_data_protection_reads_first_then_a_supervisor(complaint, officer, second, now):
    before = sees(second, complaint)

    actions.say_whom(complaint, users=[], by=officer, at=now)

    assert (before, sees(second, complaint), sees(officer, complaint)) == (False, True, True)


def test_one_about_data_protection_goes_past_it(organisation, officer, second, now):
    complaint, _words = actions.complain(organisation, **{**SAID, "about": "protection"}, by=None, at=now)

    assert not sees(officer, complaint)
    assert sees(second, complaint)


def test_a_supervisor_who_is_complained_about_does_not_see_it(sign_in, complaint, officer, second, now):
    actions.say_whom(complaint, users=[second], by=officer, at=now)

    client = sign_in(second)

    assert client.get(complaint.get_absolute_url()).status_code == 404
    assert complaint.reference not in client.get(reverse("complaints")).text
    with pytest.raises(Refused):
        actions.decide(complaint, outcome="not", words="No", by=second, at=now)


def test_nobody_who_works_with_the_person_sees_it(case, supervisor, practitioner, officer, second, now):
    complaint, _words = actions.complain(
        case.organisation, **SAID, record=case, came="paper", by=practitioner, at=now
    )
    actions.say_whom(complaint, users=[], by=officer, at=now)

    assert not sees(practitioner, complaint)
    assert not sees(supervisor, complaint)
    assert sees(second, complaint)


def test_it_does_not_stand_among_what_happened_in_the_record(case, practitioner, now):
    actions.complain(case.organisation, **SAID, record=case, came="paper", by=practitioner, at=now)

    assert Event.objects.get(name="complaint.made").case is None


@pytest.mark.parametrize("who", ["practitioner", "colleague", "mentor", "administrator", "stranger"])
def test_for_everybody_else_there_is_none(request, sign_in, who, complaint):
    client = sign_in(request.getfixturevalue(who))

    assert client.get(reverse("complaints")).status_code == 404
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_data_protection_elsewhere_sees_none(stranger, complaint, now):
    team = factories.membership(stranger).team
    other = factories.user("Una Elsewhere", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))

    assert not sees(other, complaint)


def test_the_appeal_goes_to_somebody_else(complaint, officer, second, now):
    actions.say_whom(complaint, users=[], by=officer, at=now)
    actions.decide(complaint, outcome="not", words="We see it otherwise", by=officer, at=now)
    actions.appeal(complaint, words="You asked nobody", by=None, at=now)

    with pytest.raises(Refused, match="first time"):
        actions.decide(complaint, outcome="not", words="Still", by=officer, at=now)
    actions.decide(complaint, outcome="right", words="We asked now", by=second, at=now)

    assert [one.by for one in ComplaintDecision.objects.order_by("on_appeal")] == [officer, second]


def test_an_appeal_comes_once_and_within_thirty_days(complaint, officer, now):
    actions.say_whom(complaint, users=[], by=officer, at=now)
    actions.decide(complaint, outcome="not", words="We see it otherwise", by=officer, at=now)

    with pytest.raises(Refused):
        actions.appeal(complaint, words="Late", by=None, at=now + timedelta(days=31))
    actions.appeal(complaint, words="In time", by=None, at=now)
    with pytest.raises(Refused):
        actions.appeal(complaint, words="Twice", by=None, at=now)


def test_nobody_appeals_what_is_not_decided(complaint, now):
    with pytest.raises(Refused):
        actions.appeal(complaint, words="Too early", by=None, at=now)


def test_a_complaint_changes_no_grant_rating_or_plan(case, practitioner, officer, now):
    before = everything_else()

    complaint, _words = actions.complain(
        case.organisation, **SAID, record=case, came="together", by=practitioner, at=now
    )
    actions.say_whom(complaint, users=[practitioner], by=officer, at=now)
    actions.decide(complaint, outcome="right", words="We change it", by=officer, at=now)
    actions.appeal(complaint, words="Not enough", by=None, at=now)

    assert everything_else() == before
    assert Grant.objects.exists()


def everything_else():
    """Every row of every table but those of complaints, of the trail and of what seals them."""
    own = ("rights_", "audit_", "django_", "vault_")
    tables = [name for name in connection.introspection.table_names() if not name.startswith(own)]
    with connection.cursor() as cursor:
        found = {}
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608, names of our own tables
            found[name] = sorted(map(repr, cursor.fetchall()))
        return found


def test_it_is_sent_from_the_record_and_read_with_the_code(sign_in, case, practitioner):
    client = sign_in(practitioner)

    answer = client.post(reverse("bring_complaint", args=[case.reference]), {**SAID, "came": "paper"})

    assert Complaint.objects.get().reference in answer.text
    assert client.get(reverse("my_record", args=[case.reference])).text.count("Complain about something") == 1


def test_a_complaint_is_decided_on_its_pages(sign_in, complaint, officer):
    client, address = sign_in(officer), complaint.get_absolute_url()
    nothing = client.get(reverse("complaints")).text

    client.post(address, {"users": []})
    client.post(address, {"outcome": "partly", "words": "We ring on Monday"})

    assert complaint.reference in nothing
    assert ComplaintDecision.objects.get().words == "We ring on Monday"
    assert "We ring on Monday" in client.get(address).text


def test_the_empty_list_says_so(sign_in, officer):
    assert "Nothing waits" in sign_in(officer).get(reverse("complaints")).text


def test_answered_ones_push_none_that_waits_off_the_page(
    sign_in, organisation, complaint, officer, now, monkeypatch
):
    monkeypatch.setattr(views.complaints, "AT_ONCE", 1)
    decided(complaint, officer, now)
    later, _words = actions.complain(organisation, **SAID, by=None, at=now)

    shown = sign_in(officer).get(reverse("complaints")).context

    assert (list(shown["waiting"]), list(shown["decided"])) == ([later], [complaint])


def test_one_that_is_looked_at_again_waits_until_another_person_answered(complaint, officer, second, now):
    decided(complaint, officer, now)
    assert not Complaint.objects.waiting().exists()

    actions.appeal(complaint, words="They did not ask me.", by=None, at=now)

    assert list(Complaint.objects.waiting()) == [complaint]
    actions.decide(complaint, outcome="right", words="We ring today.", by=second, at=now)
    assert list(Complaint.objects.decided()) == [complaint]


def test_what_is_written_down_in_the_record_is_kept_while_it_is_typed(sign_in, case, practitioner):
    page = sign_in(practitioner).get(reverse("bring_complaint", args=[case.reference]))

    assert "data-autosave" in page.text
