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
from r2com.guards.models import Exclusion, Restriction
from tests import factories

from .sending import taken_back

WHO = ("Dora", "Bram", "Cleo", "Rafe", "Rut")
ONE = st.sampled_from(WHO)
PARTS = {"Dora": "deputy", "Bram": "deputy", "Cleo": "deputy", "Rafe": "mentor"}
WHY = "Somebody stands at his door right now."


def test_exactly_those_see_the_record_who_should(
    case, practitioner, supervisor, mentor, colleague, team, now
):
    people = {"Rut": supervisor, "Rafe": mentor, "Bram": colleague}
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
            self.out, self.emergencies = set(), {}

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
                assert who in self.out
                return
            self.works -= {one for one in PARTS if PARTS[one] == PARTS[who] == "deputy"}
            self.works.add(who)
            if self.named is not None:
                self.placed_later.add(who)

        @rule(who=ONE)
        def end_place(self, who):
            places = CaseMember.objects.filter(case=case, user=people[who], until__isnull=True)
            assert places.exists() == (who in self.works)
            for member in places:
                cases.end_place(member, **self.at())
            self.works.discard(who)

        @rule(who=ONE)
        def exclude(self, who):
            try:
                guards.exclude(case, people[who], reason="unsafe", **self.at())
            except Refused:
                assert who in self.out
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
                assert not names <= (self.works | {"Rut"}) - self.out
                return
            self.named, self.placed_later = set(names), set()

        @rule()
        def open_up(self):
            for restriction in Restriction.objects.standing():
                guards.end_restriction(restriction, **self.at())
            self.named = None

        @rule(who=st.sampled_from(["Dora", "Bram", "Cleo", "Rut"]))
        def emergency(self, who):
            said = {"reference": case.reference, "reason": "life", "words": WHY}
            by = {**self.at(), "by": people[who]}
            try:
                opened = guards.open_in_emergency(factories.membership(people[who]), **said, **by)
            except Refused:
                assert who in self.out
                return
            self.emergencies[who] = opened.until

        @rule(minutes=st.integers(1, 70))
        def wait(self, minutes):
            self.pass_by(timedelta(minutes=minutes))

        @invariant()
        def exactly_those(self):
            if not hasattr(self, "around"):
                return
            seen = {who for who in WHO if Case.objects.visible_to(people[who]).filter(pk=case.pk).exists()}
            assert seen == {who for who in WHO if self.should_see(who)}
            assert Case.objects.visible_to(practitioner).filter(pk=case.pk).exists()

        @invariant()
        def only_who_works_there_writes(self):
            if not hasattr(self, "around"):
                return
            for grant in Grant.objects.live().filter(case=case.pk).exclude(user=practitioner.pk):
                who = next(name for name in WHO if people[name].pk == grant.user)
                assert May.RATE not in grant.may or who in self.works

        @invariant()
        def what_is_stored_is_what_the_sources_give(self):
            if hasattr(self, "around"):
                assert grants.differing([case.pk]) == set()

        def should_see(self, who):
            if who in self.out:
                return False
            works = who in self.works or who == "Rut"
            named = self.named is None or who in self.named | self.placed_later
            return (works and named) or self.emergencies.get(who, self.now) > self.now

    limits = {"max_examples": 25, "stateful_step_count": 25, "deadline": None}
    run_state_machine_as_test(
        Days, settings=settings(**limits, suppress_health_check=list(HealthCheck), database=None)
    )
