"""Brings a list of invented people to the installation of this environment, ready to move in.

`python -m tests.torture.listed ROWS EMAIL`
"""

import os
import sys


def bring(rows: int, email: str) -> None:
    from django.utils import timezone

    from r2com.accounts.models import User
    from r2com.imports import actions
    from r2com.imports.mapping import from_dict
    from r2com.organisations.models import Membership
    from tests import lists

    at = timezone.now()
    by = User.objects.get(email=email)
    place = Membership.objects.get(user=by, ends__isnull=True)
    file = lists.as_csv([lists.row(number, today=at.date()) for number in range(rows)])
    found = actions.bring(place.team, file=file, reason="A trial", by=by, at=at)
    said = lists.said(place.team.organisation)
    said["columns"] = {name: headings for name, headings in said["columns"].items() if name != "worker"}
    found = actions.choose_map(found, map=from_dict(said), by=by, at=at)
    actions.begin(found, by=by, at=at)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
    import django

    django.setup()
    bring(int(sys.argv[1]), sys.argv[2])
