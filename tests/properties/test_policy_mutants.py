"""Each rule of the policy, weakened, is found by a check: what no check finds is no rule."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from r2com.access import grants, limits, middleware, roles
from r2com.access import models as access
from r2com.access.categories import Category
from r2com.access.declared import EVERYBODY
from r2com.access.roles import May, Role
from r2com.cases import actions as cases
from r2com.cases import grants as case_grants
from r2com.cases import models as case_models
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.guards import actions as guards
from r2com.guards import grants as guard_grants
from r2com.guards.actions import emergencies
from r2com.organisations import actions as organisations
from r2com.organisations.actions import proposing
from r2com.organisations.proposals import RETENTION_RUN
from tests import factories

WHY = "Somebody stands at his door right now."


@pytest.fixture
def cast(case, practitioner, colleague, supervisor, mentor, administrator, stranger, team, now):
    officer = factories.user("Sol Evenwater", Role.DATA_PROTECTION, team, at=now - timedelta(days=20))
    deputy = factories.user("Dora Windmark", Role.PRACTITIONER, team, at=now - timedelta(days=20))
    at = now - timedelta(hours=3)
    cases.place(case, mentor, part="mentor", by=practitioner, at=at)
    cases.place(case, deputy, part="deputy", by=practitioner, at=at)
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "at"})


def sees(user, case) -> bool:
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def refuses(do) -> bool:
    try:
        do()
    except Refused:
        return True
    return False


def opened(c, user, ago):
    place = factories.membership(user)
    said = {"reference": c.case.reference, "reason": "life", "words": WHY}
    return guards.open_in_emergency(place, **said, by=user, at=c.now - ago)


# The checks: each says True while the rule holds.


def strangers_see_nothing(c):
    grants.rebuild([c.case.pk])
    return not any(sees(user, c.case) for user in (c.stranger, c.colleague, c.administrator))


def what_is_over_is_over(c):
    opened(c, c.colleague, timedelta(minutes=30))
    access.Grant.objects.filter(user=c.colleague.pk).update(until=c.now - timedelta(seconds=1))
    return not sees(c.colleague, c.case)


def an_emergency_ends(c):
    opened(c, c.colleague, timedelta(minutes=61))
    return not sees(c.colleague, c.case)


def an_emergency_only_reads(c):
    opened(c, c.colleague, timedelta(0))
    return not grants.allows(c.colleague, c.case.pk, May.RATE)


def who_is_kept_out_sees_nothing(c):
    guards.exclude(c.case, c.supervisor, reason="family", by=c.practitioner, at=c.now)
    return not sees(c.supervisor, c.case)


def being_kept_out_beats_an_emergency(c):
    opened(c, c.colleague, timedelta(0))
    guards.exclude(c.case, c.colleague, reason="unsafe", by=c.practitioner, at=c.now)
    return not sees(c.colleague, c.case)


def only_those_named_see_it(c):
    named = [c.practitioner, c.deputy]
    guards.restrict(c.case, reason="unsafe", named=named, by=c.practitioner, at=c.now)
    return not sees(c.supervisor, c.case) and sees(c.deputy, c.case)


def a_mentor_opens_few_kinds(c):
    grants.rebuild([c.case.pk])
    grant = access.Grant.objects.get(user=c.mentor.pk)
    return not grant.opens(Category.HEALTH) and not grant.allows(May.RATE)


def kinds_are_asked_for(c):
    return not Case.objects.filter(pk__in=access.seen("case", c.mentor, kind=Category.VICTIM)).exists()


def offences_are_closed_without_authority(c):
    grants.rebuild([c.case.pk])
    return not access.Grant.objects.get(user=c.practitioner.pk).opens(Category.OFFENCE)


def a_role_bounds_a_part(c):
    case_models.CaseMember.objects.create(case=c.case, user=c.administrator, part="mentor", since=c.now)
    grants.rebuild([c.case.pk])
    return not sees(c.administrator, c.case)


def nobody_gives_themself_more(c):
    return refuses(lambda: cases.place(c.case, c.supervisor, part="lead", by=c.supervisor, at=c.now))


def nobody_looks_at_their_own(c):
    emergency = opened(c, c.supervisor, timedelta(0))
    return refuses(lambda: guards.review(emergency, outcome="right", by=c.supervisor, at=c.now))


def two_people_are_two(c):
    kind = {"kind": RETENTION_RUN, "content": b"x"}
    proposal = organisations.propose(c.case.organisation, **kind, by=c.administrator, at=c.now)
    with pytest.MonkeyPatch.context() as patch:  # leaves only the rule that the two are two
        patch.setattr(proposing, "_must_work_here", lambda *args: None)
        return refuses(lambda: organisations.agree(proposal, by=c.administrator, at=c.now))


def what_says_nothing_is_refused(c):
    def silent(request):
        return None

    match = SimpleNamespace(url_name="no such address")
    request = SimpleNamespace(resolver_match=match, user=c.practitioner, method="GET", membership=None)
    try:
        middleware.ask_what_is_declared(silent).process_view(request, silent, (), {})
    except middleware.Http404:
        return True
    return False


MUTANTS = [
    (
        "forget when it is over",
        access,
        "SEEN",
        {w: f'SELECT "{w}" FROM access_grant WHERE "user" = %s AND %s = %s' for w in ("case", "person")},  # noqa: S608
        what_is_over_is_over,
    ),
    (
        "default allow",
        access,
        "SEEN",
        {
            w: f'SELECT "{w}" FROM access_grant WHERE "user" <> %s AND since <= %s AND since <= %s'  # noqa: S608
            for w in ("case", "person")
        },
        strangers_see_nothing,
    ),
    ("an emergency of a week", emergencies, "LASTS", timedelta(minutes=119), an_emergency_ends),
    ("an emergency that writes", guard_grants, "READS", [May.READ, May.RATE], an_emergency_only_reads),
    ("drop being kept out", limits, "is_kept_out", lambda grant, said: False, who_is_kept_out_sees_nothing),
    (
        "an emergency beats being kept out",
        limits,
        "is_kept_out",
        lambda grant, said: grant.purpose != "emergency" and (grant.case, grant.user) in said.kept_out,
        being_kept_out_beats_an_emergency,
    ),
    ("drop the names", limits, "is_unnamed", lambda grant, said: False, only_those_named_see_it),
    (
        "the supervisor always",
        limits,
        "is_unnamed",
        lambda grant, said: grant.purpose != "supervision" and grant.user not in said.named[grant.case],
        only_those_named_see_it,
    ),
    (
        "open every kind",
        grants,
        "opened_by",
        lambda may, purpose: frozenset(Category),
        a_mentor_opens_few_kinds,
    ),
    (
        "do not ask for kinds",
        access,
        "seen",
        lambda what, user, allowed=None, kind=None, real=access.seen: real(what, user, allowed),
        kinds_are_asked_for,
    ),
    (
        "authority is assumed",
        limits,
        "_limits",
        {"guards": limits._limits["guards"]},
        offences_are_closed_without_authority,
    ),
    (
        "a part beyond the role",
        case_grants,
        "ROLES",
        dict.fromkeys(roles.ROLES, roles.ROLES[Role.SUPERVISOR]),
        a_role_bounds_a_part,
    ),
    ("give oneself more", cases, "_must_not_widen_own", lambda *args: None, nobody_gives_themself_more),
    ("look at one's own", emergencies, "must_be_two", lambda *args: None, nobody_looks_at_their_own),
    ("one is two", proposing, "must_be_two", lambda *args: None, two_people_are_two),
    (
        "answer what says nothing",
        middleware,
        "declared",
        lambda *args: EVERYBODY,
        what_says_nothing_is_refused,
    ),
]


CHECKS = sorted({check for *_, check in MUTANTS}, key=lambda check: check.__name__)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_rule_holds(cast, check):
    assert check(cast)


@pytest.mark.parametrize(
    ("_what", "where", "name", "weaker", "check"), MUTANTS, ids=[one[0] for one in MUTANTS]
)
def test_a_weaker_rule_is_found(cast, monkeypatch, _what, where, name, weaker, check):
    monkeypatch.setattr(where, name, weaker)

    assert not check(cast)
