"""Puts workers and a few people, all invented, into the new installation of this environment."""

import os

NAMES = ["Milo", "Samira", "Teo", "Nadia", "Vera", "Uli", "Joss", "Pia"]


def enter() -> None:
    from django.utils import timezone

    from r2com.access.roles import Role
    from r2com.organisations.models import Organisation
    from tests import factories

    at, agency = timezone.now(), Organisation.objects.get()
    team = factories.team(agency, "Harbour team", at=at)
    lead = factories.user("Ines Lindqvarn", Role.PRACTITIONER, team, at=at)
    deputy = factories.user("Bram Oosterlicht", Role.PRACTITIONER, team, at=at)
    factories.user("Rut Halvarsen", Role.SUPERVISOR, team, at=at)
    for name in NAMES:
        factories.case(team, by=lead, deputy=deputy, name=f"{name} Fernweh", at=at)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
    import django

    django.setup()
    enter()
