"""What falls due, by which rule, and what a hold keeps. Looking changes nothing."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from r2com.cases.models import Case
from r2com.organisations.models import Organisation, RetentionRule
from r2com.vault.models import Owner

from .marks import mark
from .models import Hold

FORMAT = "r2com-retention-plan-1"


@dataclass(frozen=True)
class Due:
    """A closed record whose time is over. The rule is the one that was in force when it was closed."""

    case: Case
    rule: RetentionRule
    closed_on: date
    kept_until: date
    is_held: bool

    @property
    def mark(self) -> str:
        return mark(Owner.CASE, self.case.pk)

    def line(self) -> dict[str, str]:
        """What the plan says of it: category, what began the time, until when, and what is done."""
        return {
            "mark": self.mark,
            "category": self.rule.kind,
            "trigger": f"closed {self.closed_on.isoformat()}",
            "months": str(self.rule.months),
            "kept_until": self.kept_until.isoformat(),
            "action": "erase",
            "rule": str(self.rule.pk),
        }


def due(organisation: Organisation, on: date) -> list[Due]:
    """Every closed record of an agency whose last day lies before `on`, those first that are longest over."""
    held = Hold.objects.standing().filter(case=OuterRef("pk"))
    rows = (
        Case.objects.closed()
        .filter(organisation=organisation, closure__kept_until__lt=on)
        .annotate(is_held=Exists(held))
        .select_related("closure")
        .order_by("closure__kept_until", "pk")
    )
    rules = list(RetentionRule.objects.filter(organisation=organisation, kind=RetentionRule.Kind.CLOSED))
    return [_due(case, rules) for case in rows]


def content(lines: list[Due]) -> str:
    """A plan as text: the same records by the same rules give the same text, in every process."""
    said = {"format": FORMAT, "lines": sorted((one.line() for one in lines), key=lambda one: one["mark"])}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def today(at: datetime) -> date:
    return timezone.localdate(at)


def _due(case, rules: list[RetentionRule]) -> Due:
    closed_on = timezone.localdate(case.closure.closed_at)
    inside = [one for one in rules if one.starts <= closed_on and (one.ends is None or closed_on < one.ends)]
    return Due(case, (inside or rules)[-1], closed_on, case.closure.kept_until, case.is_held)
