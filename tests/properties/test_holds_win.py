"""Between a yes and its run: what is held stays, only what was agreed goes, and it goes once."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from r2com.cases.models import Case, Closure
from r2com.core.refusals import Refused
from r2com.keeping import actions, work
from r2com.keeping.models import Hold
from tests import factories
from tests.keeping import agreed, closed, officer_of

from .sending import taken_back

HISTORIES = int(os.environ.get("R2COM_HISTORIES", "25"))
RECORDS = 3
DEEDS = ("hold", "end", "open again", "agree", "run")
histories = some.lists(some.tuples(some.sampled_from(DEEDS), some.integers(0, RECORDS - 1)), max_size=12)


class House:
    """An agency with three records that are due, and what has to hold of it."""

    def __init__(self, team, practitioner, administrator, officer, now):
        self.administrator, self.officer, self.by, self.now = administrator, officer, practitioner, now
        self.organisation, self.agreed = team.organisation, set()
        at = now - timedelta(days=7)
        names = ("Ada One", "Ben Two", "Cy Three")
        made = [factories.case(team, by=practitioner, name=name, at=at) for name in names]
        self.cases = [closed(case, practitioner, now) for case in made]

    def there(self):
        return set(Case.objects.filter(pk__in=[case.pk for case in self.cases]).values_list("pk", flat=True))

    def held(self):
        return set(Hold.objects.standing().values_list("case", flat=True))

    def do(self, deed, number):
        case, by = self.cases[number], {"by": self.officer, "at": self.now}
        if deed == "hold":
            day = self.now.date() + timedelta(days=9)
            house = self.organisation
            actions.hold(house, reference=case.reference, reason=Hold.Reason.CLAIM, review_on=day, **by)
        elif deed == "end":
            for one in Hold.objects.standing().filter(case=case.pk):
                actions.end_hold(one, **by)
        elif deed == "open again":
            Case.objects.filter(pk=case.pk).update(closure=None)
        elif deed == "agree":
            closed_now = Closure.objects.filter(case__closure__isnull=False).values_list("case", flat=True)
            due = (self.there() & set(closed_now)) - self.held()
            agreed(self.organisation, self.administrator, self.officer, self.now)
            self.agreed |= due
        else:
            self.run()

    def run(self):
        before, held = self.there(), self.held()
        done = work.run_agreed(self.now)
        gone = before - self.there()
        assert not gone & held
        assert gone <= self.agreed
        assert sum(one.said["records"] for one in done) == len(gone)
        assert work.run_agreed(self.now) == []
        assert self.there() == before - gone
        self.agreed = set()


@settings(max_examples=HISTORIES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_held_records_are_never_touched_and_a_run_is_done_once(
    history, team, practitioner, administrator, now
):
    with taken_back():
        officer = officer_of(team, now)
        house = House(team, practitioner, administrator, officer, now)

        for deed, number in history:
            try:
                house.do(deed, number)
            except Refused:
                continue
        house.run()

        left = Case.objects.filter(pk__in=house.there()).select_related("person")
        assert all(case.person.name for case in left)
