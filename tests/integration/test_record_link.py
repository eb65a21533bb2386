"""The person reads their record by themselves: a link, a code, half an hour, and then nothing is left."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from r2com.access.models import Grant
from r2com.audit.models import Event
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note
from r2com.contests.models import Contest
from r2com.core.refusals import Refused
from r2com.my_record import actions, door
from r2com.my_record.models import Link, Opening
from r2com.my_record.views.visit import COOKIE

pytestmark = pytest.mark.usefixtures("authority")

WORDS = "At home at ten"


@pytest.fixture
def condition(case, practitioner, now):
    return conditions.write(case, words=WORDS, by=practitioner, at=now)


@pytest.fixture
def made(case, condition, practitioner, now):
    """A link with what is needed to open it: (link, address, code)."""
    said = {"parts": ["conditions", "contacts"], "lasts": timedelta(hours=24)}
    link, token, code = actions.make_link(case, **said, by=practitioner, at=now)
    return link, reverse("open_link", args=[token]), code


@pytest.fixture
def visit(made):
    """A browser in which the right code was given."""
    _link, address, code = made
    client = Client()
    client.post(address, {"code": code})
    return client


def text(answer):
    return answer.content.decode()


def events():
    return list(
        Event.objects.filter(name__startswith="record_link.").order_by("at").values_list("name", "by")
    )


def test_the_code_opens_what_was_chosen_and_nothing_else(visit, case, practitioner, now):
    contents, read = visit.get("/read/"), visit.get("/read/2/")

    assert "What is asked of me" in text(contents)
    assert "My plan" not in text(contents)
    assert WORDS in text(read)
    assert visit.get("/read/3/").status_code == 404


def test_until_the_code_is_right_nothing_is_opened(made, case):
    _link, address, _code = made
    client = Client()

    page = client.get(address)

    assert case.organisation.neutral_name in text(page)
    assert case.organisation.name not in text(page)
    assert case.person.name not in text(page)
    assert client.get("/read/").status_code == 404
    assert not Grant.objects.filter(source="reads their own record").exists()


def test_a_link_that_was_opened_is_not_opened_again(made, visit):
    _link, address, code = made
    other = Client()

    assert other.get(address).status_code == 404
    assert other.post(address, {"code": code}).status_code == 404
    assert Opening.objects.count() == 1


def test_unknown_expired_used_and_withdrawn_answer_alike(case, made, visit, practitioner, now):
    said = {"parts": ["plan"], "lasts": timedelta(hours=1), "by": practitioner}
    _link, expired, _code = actions.make_link(case, **said, at=now - timedelta(hours=2))
    withdrawn, token, _code = actions.make_link(case, **said, at=now)
    actions.take_link_back(withdrawn, by=practitioner, at=now)
    client = Client()

    answers = [client.get(reverse("open_link", args=[one])) for one in ("unknown", expired, token)]
    answers.append(client.get(made[1]))

    assert {answer.status_code for answer in answers} == {404}
    assert len({text(answer) for answer in answers}) == 1
    assert not client.cookies


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late(made):
    link, address, code = made
    client = Client()

    tries = [client.post(address, {"code": "0000"}).status_code for _number in range(5)]

    assert tries == [200, 200, 200, 200, 404]
    assert client.post(address, {"code": code}).status_code == 404
    assert Event.objects.filter(name="record_link.code_wrong", subject=link.pk).count() == 5


def test_spaces_in_the_code_do_not_matter(made):
    _link, address, code = made

    assert Client().post(address, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302


def test_nothing_that_opens_it_is_kept(made):
    link, address, code = made
    kept = str(Link.objects.filter(pk=link.pk).values().get())

    assert code not in kept
    assert address.split("/")[2] not in kept


def test_taking_it_back_ends_a_visit_in_the_middle(made, visit, practitioner, now):
    assert visit.get("/read/").status_code == 200

    actions.take_link_back(made[0], by=practitioner, at=now)

    assert visit.get("/read/").status_code == 404
    assert not Grant.objects.filter(source="reads their own record").exists()


def test_after_half_an_hour_it_is_over(made, visit):
    opening = Opening.objects.get()
    opening.until -= timedelta(minutes=31)
    opening.save()

    assert visit.get("/read/").status_code == 404


def test_whoever_reads_through_it_holds_a_grant_to_read_and_no_other(visit, case):
    opening = Opening.objects.get()

    grant = Grant.objects.get(user=opening.pk)

    assert (grant.case, sorted(grant.may)) == (case.pk, ["read sensitive items", "read the record"])
    assert grant.until == opening.until


def test_the_visit_is_nobodys_session(visit, case):
    assert set(visit.cookies) == {COOKIE}
    assert visit.cookies[COOKIE]["httponly"]
    assert visit.cookies[COOKIE]["samesite"] == "Strict"
    assert visit.cookies[COOKIE]["max-age"] == ""
    assert visit.get(reverse("my_record", args=[case.reference])).status_code == 302


def test_a_cookie_that_was_made_up_opens_nothing(made, visit, now):
    forged = visit.cookies[COOKIE].value[:-3] + "abc"

    assert door.by_cookie(forged, now) is None
    assert door.by_cookie(door.to_cookie("made up"), now) is None


def test_every_answer_is_kept_by_nobody_and_leaving_clears_the_browser(visit):
    left = visit.get("/read/leave/")

    assert "no-store" in left["Cache-Control"]
    assert left["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert visit.get("/read/").status_code == 404
    assert Opening.objects.get().left_at is not None


def test_what_the_person_writes_is_theirs_and_is_answered(visit, condition, supervisor):
    page = text(visit.get("/read/2/"))
    address = page.split('href="/read/2/')[1].split('"')[0]

    visit.post(f"/read/2/{address}", {"words": "It was nine", "asks": "correct"})

    made = Contest.objects.get()
    assert (made.words, made.through, made.written_by) == ("It was nine", "link", None)
    assert (made.entry, made.decider) == (condition.pk, supervisor)
    assert "It was nine" in text(visit.get("/read/2/"))


def test_nothing_is_said_about_an_entry_of_a_part_that_was_not_chosen(visit, case, practitioner, now):
    contacts.write(case, note=Note(now, words="A walk"), by=practitioner, at=now)
    page = text(visit.get("/read/1/"))
    mark = page.split('href="/read/1/')[1].split("/")[0]

    assert visit.get(f"/read/1/{mark}/").status_code == 200
    assert visit.get(f"/read/2/{mark}/").status_code == 404


def test_the_trail_knows_everything_and_no_words(made, visit, practitioner):
    visit.get("/read/2/")
    visit.get("/read/leave/")

    assert events() == [
        ("record_link.made", practitioner.pk),
        ("record_link.opened", None),
        ("record_link.read", None),
        ("record_link.left", None),
    ]
    assert Event.objects.get(name="record_link.read").facts == {"part": "conditions"}
    assert Event.objects.get(name="record_link.opened").case == made[0].case_id


def test_it_speaks_the_language_of_the_person_until_they_choose_another(made, case):
    link, address, _code = made
    Link.objects.filter(pk=link.pk).update(language="pt")
    client = Client()

    portuguese = client.get(address)
    client.cookies["language"] = "en"

    assert 'lang="pt"' in text(portuguese)
    assert 'lang="en"' in text(client.get(address))


def test_whoever_is_signed_in_does_not_use_it_up(made, sign_in, practitioner):
    link, address, code = made

    answer = sign_in(practitioner).post(address, {"code": code})

    assert answer.status_code == 404
    assert not Link.objects.get(pk=link.pk).is_opened


def test_a_link_lasts_for_three_days_at_the_most(case, practitioner, now):
    with pytest.raises(Refused):
        actions.make_link(case, parts=["plan"], lasts=timedelta(hours=73), by=practitioner, at=now)

    assert not Link.objects.exists()


def test_neither_mentor_nor_stranger_makes_one_or_takes_it_back(
    made, case, sign_in, mentor, stranger, supervisor, now
):
    for somebody in (mentor, stranger):
        client = sign_in(somebody)
        assert client.get(reverse("record_links", args=[case.reference])).status_code == 404
        assert client.post(reverse("take_link_back", args=[made[0].pk])).status_code == 404
        with pytest.raises(Refused):
            actions.make_link(case, parts=["plan"], lasts=timedelta(hours=1), by=somebody, at=now)


def test_the_worker_sees_address_and_code_once_and_takes_it_back(case, sign_in, practitioner):
    client, address = sign_in(practitioner), reverse("record_links", args=[case.reference])

    shown = text(client.post(address, {"parts": ["plan"], "lasts": "24"}))

    link = Link.objects.get()
    assert "/open/" in shown
    assert "/open/" not in text(client.get(address))
    client.post(reverse("take_link_back", args=[link.pk]))
    assert "Taken back" in text(client.get(address))
