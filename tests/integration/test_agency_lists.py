"""The agency's lists: said in other words from a day on, and old records keep the old ones."""

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases.models import Door
from r2com.core.refusals import Changed, Refused
from r2com.organisations import actions
from r2com.organisations.models import ListEntry, ListName
from tests import factories

ASKED = ListName.ASKED


@pytest.fixture
def entry(organisation):
    return factories.entry(organisation, ASKED)


def words_on(day, organisation):
    rows = ListEntry.objects.on(day).filter(organisation=organisation, list=ASKED)
    return [entry.words["en"] for entry in rows]


def address(name, entry):
    return reverse(name, args=[entry.list, entry.pk])


def test_an_old_record_keeps_the_old_wording(case, administrator, organisation, today, now):
    door = Door.objects.get(case=case)
    before = door.asked.in_language("en")

    actions.reword(door.asked, words={"en": "Getting ready", "pt": "Preparar"}, by=administrator, at=now)

    assert Door.objects.get(case=case).asked.in_language("en") == before
    assert before not in words_on(today, organisation)
    assert words_on(today, organisation)[0] == "Getting ready"


def test_an_entry_is_reworded_in_its_place(sign_in, administrator, entry, today):
    sign_in(administrator).post(address("agency_entry", entry), {"en": "Getting ready", "pt": "Preparar"})

    entry.refresh_from_db()
    new = ListEntry.objects.on(today).get(
        organisation=entry.organisation, list=ASKED, position=entry.position
    )
    assert entry.ends == today
    assert new.words == {"en": "Getting ready", "pt": "Preparar"}
    assert Event.objects.get(name="entry.reworded").facts == {"list": "asked", "before": str(entry.pk)}


def test_the_older_wording_stays_readable_with_its_days(sign_in, administrator, entry):
    client = sign_in(administrator)
    old = entry.words["en"]
    client.post(address("agency_entry", entry), {"en": "Getting ready", "pt": ""})

    shown = client.get(reverse("agency_list", args=[ASKED]))

    assert [one["entry"].words["en"] for one in shown.context["older"]] == [old]
    assert b"No words in Portuguese yet" in shown.content


def test_when_two_reword_the_same_entry_both_wordings_are_shown(sign_in, administrator, entry, now):
    actions.reword(entry, words={"en": "Theirs", "pt": "Deles"}, by=None, at=now)

    shown = sign_in(administrator).post(address("agency_entry", entry), {"en": "Mine", "pt": "Meu"})

    page = shown.content.decode()
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert not ListEntry.objects.filter(words__en="Mine").exists()
    with pytest.raises(Changed):
        actions.reword(entry, words={"en": "Mine"}, by=administrator, at=now)


def test_an_entry_needs_words_in_the_agencys_language(sign_in, administrator, entry):
    shown = sign_in(administrator).post(address("agency_entry", entry), {"en": "", "pt": "Preparar"})

    assert "en" in shown.context["form"].errors
    entry.refresh_from_db()
    assert entry.ends is None


def test_an_entry_is_added_at_the_end(sign_in, administrator, organisation, today):
    sign_in(administrator).post(reverse("agency_list", args=[ASKED]), {"en": "Somewhere to train", "pt": ""})

    assert words_on(today, organisation)[-1] == "Somewhere to train"
    assert Event.objects.filter(name="entry.added", by=administrator.pk).exists()


def test_an_entry_moves_up_and_down(sign_in, administrator, organisation, today):
    client = sign_in(administrator)
    first, second, third, *_ = ListEntry.objects.filter(organisation=organisation, list=ASKED)

    client.post(address("shift_entry", third), {"where": "up"})
    client.post(address("shift_entry", first), {"where": "up"})

    expected = [first.words["en"], third.words["en"], second.words["en"]]
    assert words_on(today, organisation)[:3] == expected


def test_an_entry_is_retired_and_never_deleted(sign_in, administrator, entry, organisation, today):
    client = sign_in(administrator)

    client.post(address("retire_entry", entry))

    assert entry.words["en"] not in words_on(today, organisation)
    assert ListEntry.objects.filter(pk=entry.pk).exists()
    assert Event.objects.get(name="entry.retired").facts == {"list": "asked"}
    assert client.get(address("agency_entry", entry)).url == reverse("agency_list", args=[ASKED])


def test_the_last_entry_of_a_list_stays(administrator, organisation, today, now):
    first, *others = ListEntry.objects.filter(organisation=organisation, list=ASKED)
    for one in others:
        actions.retire(one, by=administrator, at=now)

    with pytest.raises(Refused):
        actions.retire(first, by=administrator, at=now)

    assert words_on(today, organisation) == [first.words["en"]]


@pytest.mark.parametrize("name", ["agency_entry", "retire_entry", "shift_entry"])
def test_another_agency_cannot_touch_our_lists(sign_in, stranger, entry, now, name):
    actions.join(
        stranger,
        factories.membership(stranger).organisation,
        role="administrator",
        team=None,
        by=None,
        at=now,
    )

    answer = sign_in(stranger).post(address(name, entry), {"en": "Theirs", "where": "up"})

    assert answer.status_code == 404
    entry.refresh_from_db()
    assert entry.ends is None


def test_what_is_not_a_list_is_not_found(sign_in, administrator, entry):
    client = sign_in(administrator)

    assert client.get(reverse("agency_list", args=["colours"])).status_code == 404
    assert client.get(reverse("agency_entry", args=["told", entry.pk])).status_code == 404
