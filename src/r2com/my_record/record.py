"""The whole record of one person in plain words, entry by entry; sensitive items too, for it is theirs.

`coverage.py` says of every kind of personal data which part shows it, or why none does. What keeps entries
of a new kind adds a function to `parts/` and a line to `PARTS`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from r2com.cases.models import Case
from r2com.vault import keyring
from r2com.vault.models import Owner

from .line import Line, Part
from .models import HeldBack
from .parts import about, later, others, seen, talks, work

# Name, title, and what makes the entries of each part, in the order of the work.
PARTS: list[tuple[str, Any, Callable[[Case, Any], list[Line]]]] = [
    ("people", _("Who works with me"), about.people),
    ("profile", _("What is written about me"), about.profile),
    ("told", _("What I was told, and what I chose"), about.told),
    ("landing", _("Before the gate, and the first days"), others.landing),
    ("talks", _("What we talked about"), talks.lines),
    ("questionnaires", _("What I was asked on a form"), others.questionnaires),
    ("observations", _("What somebody saw or heard"), others.observations),
    ("plan", _("My plan"), work.plan),
    ("contacts", _("When we met"), work.contacts),
    ("programmes", _("What I chose to do"), later.programmes),
    ("reviews", _("Looking again, and the end"), later.reviews),
    ("threads", _("What colleagues asked each other"), others.threads),
    ("safety", _("When it gets hard"), about.safety),
    ("corner", _("People in my corner"), about.corner),
    ("conditions", _("What is asked of me"), about.conditions),
    ("promises", _("What was promised"), work.promises),
    ("papers", _("Papers and letters"), work.papers),
    ("contests", _("What I contested"), about.contests),
    ("seen", _("Who opened my record"), seen.lines),
    ("complain", _("How to complain"), about.complain),
]
NAMES = [name for name, _title, _lines in PARTS]


def parts(case: Case, user, names: Iterable[str] = tuple(NAMES), *, whole: bool = False) -> list[Part]:
    """Those parts, in the order of the work, as far as `user` sees them. A fixed number of queries.

    What is held back is left out with its reason, unless the record is read `whole`.
    """
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    wanted, held = set(names), {} if whole else held_back(case, user)
    made = [Part(name, str(title), lines(case, user)) for name, title, lines in PARTS if name in wanted]
    return [part.without(held) for part in made] if held else made


def held_back(case: Case, user) -> dict:
    """What is held back now: by kind, entry and part, and for whole entries by the entry alone, too."""
    rows = list(HeldBack.objects.visible_to(user).filter(case=case).standing().with_people())
    alone = {row.entry: row for row in rows if not row.part}
    return {(row.kind, row.entry, row.part): row for row in rows} | alone
