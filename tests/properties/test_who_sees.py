"""Whatever happens in whatever order, exactly those see the record who should: a model says who."""

from contextlib import ExitStack
from datetime import timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import May, Role
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.guards import actions as guards
from r2com.guards.models import Emergency, Exclusion, Restriction
from r2com.my_record import actions as my_record
from r2com.my_record import door
from r2com.my_record.models import Link
from r2com.organisations import actions as organisations
from r2com.people import actions as choices
from tests import factories

from .sending import taken_back

# Whoever may be let in; "Pia" works for a partner agency, "Rut" supervises the team without having a part.
PARTS = {"Dora": "deputy", "Bram": "deputy", "Cleo": "deputy", "Rafe": "mentor", "Pia": "partner"}
WHO = (*PARTS, "Rut")
ONE = st.sampled_from(WHO)
HURRY = ("Dora", "Bram", "Cleo", "Rut")
WHY = "Somebody stands at his door right now."


def test_exactly_those_see_the_record_who_should(
    case, practitioner, supervisor, administrator, mentor, colleague, team, now
):
    people = {"Rut": supervisor, "Rafe": mentor, "Bram": colleague}
    people["Pia"] = factories.user("Pia Elsewhere", Role.PARTNER, team, at=now - timedelta(days=9))
    for name in ("Dora", "Cleo"):
        people[name] = factories.user(f"{name} Overbeek", Role.PRACTITIONER, team, at=now - timedelta(days=9))

    class Days(RuleBasedStateMachine):
        """Each step is a moment of its own; what a rule refuses leaves everything as it was."""

        @initialize()
        def begin(self):
            self.around = ExitStack()
            self.around.enter_context(taken_back())
            self.clock = self.around.enter_context(time_machine.travel(now, tick=False))
            self.now, self.works, self.named, self.placed_later = now, set(), None, set()
            self.out, self.emergencies, self.gone = set(), {}, set()
            self.yes, self.choice, self.visits, self.is_open = None, None, [], True

        def teardown(self):
            if hasattr(self, "around"):
                self.around.close()

        def at(self):
            self.pass_by(timedelta(seconds=1))
            return {"by": practitioner, "at": self.now}

        def pass_by(self, time):
            self.now += time
            self.clock.move_to(self.now)

        @rule(who=st.sampled_from(sorted(PARTS)))
        def place(self, who):
            try:
                cases.place(case, people[who], part=PARTS[who], **self.at())
            except Refused:
                has_no_yes = who == "Pia" and not self.says_yes()
                assert who in self.out | self.gone or has_no_yes or not self.is_open
                return
            self.works -= {one for one in PARTS if PARTS[one] == PARTS[who] == "deputy"}
            self.works.add(who)
            if self.named is not None:
                self.placed_later.add(who)

        @rule(who=ONE)
        def end_place(self, who):
            places = CaseMember.objects.filter(case=case, user=people[who], until__isnull=True)
            assert places.exists() == (who in self.works)
            try:
                for member in places:
                    cases.end_place(member, **self.at())
            except Refused:
                assert not self.is_open
                return
            self.works.discard(who)

        @rule(who=ONE)
        def exclude(self, who):
            try:
                guards.exclude(self.case(), people[who], reason="unsafe", **self.at())
            except Refused:
                assert who in self.out | self.gone
                return
            if self.is_open:  # once the support has ended, a part stays what it was
                self.works.discard(who)
            self.out.add(who)

        @rule(who=ONE)
        def let_back_in(self, who):
            for exclusion in Exclusion.objects.standing().filter(user=people[who]):
                guards.let_back_in(exclusion, **self.at())
            self.out.discard(who)

        @rule(names=st.sets(ONE, min_size=1))
        def restrict(self, names):
            named = [practitioner, *(people[name] for name in sorted(names))]
            try:
                guards.restrict(case, reason="unsafe", named=named, **self.at())
            except Refused:
                assert not names <= {who for who in WHO if self.works_here(who)}
                return
            self.named, self.placed_later = set(names), set()

        @rule()
        def open_up(self):
            for restriction in Restriction.objects.standing():
                guards.end_restriction(restriction, **self.at())
            self.named = None

        @rule(who=st.sampled_from(HURRY))
        def emergency(self, who):
            if who in self.gone:
                return
            said = {"reference": case.reference, "reason": "life", "words": WHY}
            by = {**self.at(), "by": people[who]}
            try:
                opened = guards.open_in_emergency(factories.membership(people[who]), **said, **by)
            except Refused:
                assert who in self.out
                return
            self.emergencies[who] = opened.until

        @rule(who=st.sampled_from(HURRY))
        def end_emergency(self, who):
            by = {**self.at(), "by": people[who]}
            for opened in Emergency.objects.filter(user=people[who], until__gt=self.now):
                guards.end(opened, **by)
            self.emergencies.pop(who, None)

        @rule()
        def say_yes(self):
            self.choice = factories.yes(case, **self.at())
            self.yes = self.choice.until

        @rule()
        def withdraw(self):
            if self.choice:
                choices.withdraw(self.choice, how="said", **self.at())
            self.yes = None

        @rule()
        def read_own_record(self):
            """The person opens a link to their own record, and reads for half an hour."""
            made = {"parts": ["conditions"], "lasts": timedelta(hours=1)}
            link, _token, code = my_record.make_link(self.case(), **made, **self.at())
            assert my_record.open_link(link, code=code, by=None, at=self.now)
            self.visits.append([link, self.now + timedelta(minutes=30)])

        @rule(is_by_themselves=st.booleans())
        def stop_reading(self, is_by_themselves):
            by = self.at()
            for visit in self.visits:
                link = Link.objects.get(pk=visit[0].pk)
                if is_by_themselves:
                    my_record.leave(link.opening, by=None, at=self.now)
                else:
                    my_record.take_link_back(link, **by)
                visit[1] = min(visit[1], self.now)

        @rule(who=st.sampled_from(["Dora", "Rafe", "Rut"]))
        def leave_the_agency(self, who):
            if who not in self.gone:
                by = {**self.at(), "by": administrator}
                organisations.leave(people[who], ends=self.now.date(), reason="work", **by)
            self.gone.add(who)
            self.works.discard(who)
            self.emergencies.pop(who, None)

        @rule()
        def end_the_support(self):
            if self.is_open:
                cases.close(self.case(), reason="settled", **self.at())
            self.is_open = False

        @rule()
        def go_on(self):
            if not self.is_open:
                cases.reopen(self.case(), why="It goes on.", **self.at())
            self.is_open = True

        @rule(minutes=st.integers(1, 70))
        def wait(self, minutes):
            self.pass_by(timedelta(minutes=minutes))

        @rule(days=st.integers(1, 12))
        def days_pass(self, days):
            self.pass_by(timedelta(days=days))

        @invariant()
        def exactly_those(self):
            if not hasattr(self, "around"):
                return
            seen = {who for who in WHO if Case.objects.visible_to(people[who]).filter(pk=case.pk).exists()}
            assert seen == {who for who in WHO if self.should_see(who)}
            assert Case.objects.visible_to(practitioner).filter(pk=case.pk).exists()

        @invariant()
        def the_person_reads_while_the_visit_lasts(self):
            for link, until in getattr(self, "visits", []):
                reads = Case.objects.visible_to(door.reader(link.opening)).filter(pk=case.pk).exists()
                assert reads == (self.now < until)

        @invariant()
        def only_who_works_there_writes(self):
            if not hasattr(self, "around"):
                return
            for grant in Grant.objects.live().filter(case=case.pk).exclude(user=practitioner.pk):
                if May.RATE in grant.may:
                    assert self.is_open
                    assert grant.user in {people[who].pk for who in self.works}

        @invariant()
        def what_is_stored_is_what_the_sources_give(self):
            if hasattr(self, "around"):
                assert grants.differing([case.pk]) == set()

        def case(self):
            """As it stands now."""
            return Case.objects.get(pk=case.pk)

        def says_yes(self):
            return self.yes is not None and self.now.date() <= self.yes

        def works_here(self, who):
            if who in self.out | self.gone:
                return False
            if who == "Pia":
                return who in self.works and self.is_open and self.says_yes()
            return who in self.works or who == "Rut"

        def should_see(self, who):
            if who in self.out:
                return False
            is_named = self.named is None or who in self.named | self.placed_later
            return (self.works_here(who) and is_named) or self.emergencies.get(who, self.now) > self.now

    limits = {"max_examples": 25, "stateful_step_count": 25, "deadline": None}
    run_state_machine_as_test(
        Days, settings=settings(**limits, suppress_health_check=list(HealthCheck), database=None)
    )
