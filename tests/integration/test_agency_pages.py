"""Who has the agency's pages, what stands in the bar, and how many queries a list takes."""

import re
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from r2com.access.roles import Role
from r2com.organisations import actions, middleware
from r2com.organisations.models import ListEntry, RetentionRule, Team
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.sharing import actions as sharing
from r2com.sharing.models import LawfulBasis
from tests import factories

REGISTERS = ["notices", "bases", "agency_retention"]
PAGES = ["agency", "invite", "agency_teams", "agency_lists", "agency_roles", "add_basis", *REGISTERS]
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "django_session", "accounts_session", "audit_")
USER_AND_MEMBERSHIP = 2


@pytest.fixture
def officer(team, now):
    """The data-protection officer."""
    return factories.user("Dora Fennimore", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))


def every_address(organisation, user):
    """Each page of the agency, those of single rows included."""
    entry = ListEntry.objects.filter(organisation=organisation).first()
    basis = LawfulBasis.objects.filter(organisation=organisation).first()
    notice = Notice.objects.filter(organisation=organisation).first()
    team = Team.objects.filter(organisation=organisation).first()
    return {name: reverse(name) for name in PAGES} | {
        "agency_person": reverse("agency_person", args=[user.pk]),
        "change_place": reverse("change_place", args=[user.pk]),
        "end_place": reverse("end_place", args=[user.pk]),
        "reset_second_factor": reverse("reset_second_factor", args=[user.pk]),
        "end_team": reverse("end_team", args=[team.pk]),
        "agency_list": reverse("agency_list", args=[entry.list]),
        "agency_entry": reverse("agency_entry", args=[entry.list, entry.pk]),
        "retire_entry": reverse("retire_entry", args=[entry.list, entry.pk]),
        "shift_entry": reverse("shift_entry", args=[entry.list, entry.pk]),
        "basis": reverse("basis", args=[basis.pk]),
        "notice": reverse("notice", args=[notice.pk]),
        "write_notice": reverse("write_notice", args=["en"]),
        "change_retention": reverse("change_retention", args=[RetentionRule.Kind.CLOSED]),
    }


@pytest.mark.parametrize("role", ["practitioner", "supervisor", "mentor"])
def test_nobody_but_the_administrator_has_these_pages(
    request, sign_in, organisation, team, administrator, role
):
    client = sign_in(request.getfixturevalue(role))

    for name, address in every_address(organisation, administrator).items():
        assert client.get(address).status_code == client.post(address).status_code == 404, name


def test_the_administrator_has_them_all(sign_in, organisation, administrator, practitioner):
    client = sign_in(administrator)
    posts_only = {
        "change_place",
        "end_place",
        "reset_second_factor",
        "end_team",
        "retire_entry",
        "shift_entry",
    }

    for name, address in every_address(organisation, practitioner).items():
        assert client.get(address).status_code == (405 if name in posts_only else 200), name


def test_the_officer_reads_the_registers_and_changes_nothing(sign_in, officer, organisation, practitioner):
    client = sign_in(officer)

    for name, address in every_address(organisation, practitioner).items():
        reads = name in {*REGISTERS, "notice"}
        assert client.get(address).status_code == (200 if reads else 404), name
        assert client.post(address).status_code == (405 if reads else 404), name
    for name in REGISTERS:
        shown = client.get(reverse(name)).content.decode()
        assert "/add/" not in shown
        assert "/new/" not in shown
        assert "/retention/closed/" not in shown


def test_nobody_sees_these_pages_without_signing_in(client, organisation, administrator):
    for name, address in every_address(organisation, administrator).items():
        assert client.get(address).url.startswith("/sign-in/"), name


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("practitioner", ["today", "tasks", "people", "door"]),
        (
            "supervisor",
            [
                *("today", "tasks", "supervision", "people", "door", "practice"),
                *("exports", "emergencies", "complaints"),
            ],
        ),
        ("mentor", ["today", "tasks", "people"]),
        ("administrator", ["agency"]),
        ("officer", ["bases", "exports", "emergencies", "file_requests", "complaints"]),
    ],
)
def test_the_bar_has_what_the_role_has(request, role, links):
    place = factories.membership(request.getfixturevalue(role))

    assert [name for name, _label in middleware.menu(place)] == links


def test_the_tabs_lead_to_what_the_role_may_open(sign_in, administrator, officer):
    everything = [
        "People",
        "Teams",
        "Lists",
        "Letters",
        "Notices",
        "Lawful bases",
        "How long we keep",
        "What is due to go",
        "What needs two people",
        "Roles explained",
        "Our practice",
        "Programs",
    ]

    assert tabs_of(sign_in(administrator).get(reverse("bases"))) == everything
    protection = [*everything[4:8], "Held records", "Who looked", everything[8]]
    assert tabs_of(sign_in(officer).get(reverse("bases"))) == protection


def test_a_tab_that_would_stand_alone_is_left_out(sign_in, supervisor):
    assert sign_in(supervisor).get(reverse("practice")).context["tabs"] == []


def test_the_tabs_of_a_record_stand_in_groups_that_say_what_they_are(sign_in, practitioner, case):
    tabs = sign_in(practitioner).get(reverse("person", args=[case.reference])).context["tabs"]

    groups = [str(group) for group, _tabs in groupby(tabs, key=itemgetter(3))]
    assert groups == ["", "Day by day", "Understanding", "The plan", "Around them", "The record"]
    assert len(groups) == len(set(groups))


def tabs_of(shown):
    found = re.search(r'<nav class="tabs".*?</nav>', shown.content.decode(), re.DOTALL)[0]
    return re.findall(r"<a [^>]*>(.*?)</a>", found)


def test_an_administrator_comes_to_the_agency_from_the_first_page(sign_in, administrator):
    assert sign_in(administrator).get("/").url == reverse("agency")


def test_the_administrator_has_no_page_of_a_record(sign_in, administrator, case):
    client = sign_in(administrator)

    assert client.get(reverse("person", args=[case.reference])).status_code == 404
    assert "Milo" not in "".join(client.get(reverse(name)).content.decode() for name in PAGES)


def grow(organisation, team, by, now, numbers):
    """A row more of each kind that a list shows, for each number."""
    for number in numbers:
        gone = factories.user(f"Kit{number} Number", Role.PRACTITIONER, team, at=now - timedelta(days=2))
        actions.leave(gone, ends=now.date(), reason="work", by=by, at=now)
        factories.user(f"Lou{number} Number", Role.PRACTITIONER, team, at=now)
        actions.begin_team(organisation, name=f"Team {number}", starts=now.date(), by=by, at=now)
        invited = {
            "name": f"N{number}",
            "email": f"n{number}@example.org",
            "role": "mentor",
            "language": "en",
        }
        actions.invite(organisation, **invited, team=team, by=by, at=now)
        entry = actions.add_entry(organisation, name="recipient", words={"en": f"E{number}"}, by=by, at=now)
        new = actions.reword(entry, words={"en": f"F{number}"}, by=by, at=now)
        actions.keep_for(organisation, kind="closed", months=number + 1, reason="r", by=by, at=now)
        covers = [["care", str(new.pk)]]
        people.publish_notice(organisation, language="en", text="{sharing}", covers=covers, by=by, at=now)
        given = {"category": "offence", "purpose": "p", "basis": "b", "provision": "p"}
        sharing.add_basis(organisation, **given, starts=now.date(), by=by, at=now)


def counted(client, address):
    """The statements of a page, without those of every page: session, user, membership, audit."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    statements = [query["sql"] for query in queries]
    return (
        len([sql for sql in statements if not any(word in sql for word in NOT_COUNTED)]) - USER_AND_MEMBERSHIP
    )


@pytest.mark.parametrize(
    "name", ["agency", "agency_teams", "agency_lists", "write_notice", "recipients", *REGISTERS]
)
def test_a_page_takes_the_same_few_queries_however_long_its_list(
    sign_in, organisation, team, administrator, now, name
):
    special = {"write_notice": ("write_notice", ["en"]), "recipients": ("agency_list", ["recipient"])}
    address = reverse(special[name][0], args=special[name][1]) if name in special else reverse(name)
    client = sign_in(administrator)
    grow(organisation, team, administrator, now, [0])
    client.get(address)
    few = counted(client, address)

    grow(organisation, team, administrator, now, range(1, 20))

    assert counted(client, address) == few <= 6
