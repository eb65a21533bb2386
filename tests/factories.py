"""Real rows made through real actions, so that a test begins where a working day would."""

from datetime import date, timedelta

from django.contrib.auth import BACKEND_SESSION_KEY

from r2com.accounts import actions as accounts
from r2com.accounts.models import User
from r2com.cases import actions as cases
from r2com.instruments import actions as instruments
from r2com.instruments.reading import packaged
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListEntry, ListName, Membership
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.sharing import actions as sharing
from r2com.sharing.models import LawfulBasis

BORN = date(1990, 4, 12)
PASSWORD = "a plain sentence 7"


def organisation(name="Lantern Association", *, at):
    made = organisations.found(
        name=name,
        neutral_name=name.split()[0],
        country="PT",
        language="en",
        contact="data@example.org",
        by=None,
        at=at,
    )
    sharing.seed(made, by=None, at=at)
    people.seed_notices(made, by=None, at=at)
    return made


def may_keep_offences(organisation, *, at, starts=None):
    """The agency says by which law it keeps what belongs to an offence (GDPR Art. 10)."""
    said = {"category": "offence", "purpose": "Support", "basis": "GDPR Art. 10", "provision": "A law"}
    return sharing.add_basis(organisation, **said, starts=starts or at.date(), by=None, at=at)


def team(organisation, name, *, at):
    return organisations.begin_team(organisation, name=name, starts=at.date(), by=None, at=at)


def user(name, role, team, *, at, language="en"):
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}@example.org"
    made = User(email=email, name=name, language=language)
    made.set_unusable_password()
    made.save(force_insert=True)
    organisations.join(made, team.organisation, role=role, team=team, by=None, at=at)
    return made


def certified(user, organisation, *, at):
    """Trained for the judgements that need two people."""
    ends = at.date() + timedelta(days=730)
    return organisations.certify(user, organisation, grounds="A course", ends=ends, by=None, at=at)


def with_password(user, password=PASSWORD):
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def entry(organisation, name: ListName):
    return ListEntry.objects.filter(organisation=organisation, list=name).first()


def arrival(team, *, release_on, **changed):
    organisation = team.organisation
    given = {
        "team": team,
        "referred_by": entry(organisation, ListName.REFERRED_BY),
        "told": entry(organisation, ListName.TOLD),
        "asked": entry(organisation, ListName.ASKED),
        "basis": LawfulBasis.objects.filter(organisation=organisation, category="core").first(),
        "release_on": release_on,
        "takes_up": True,
    }
    return cases.Arrival(**{**given, **changed})


def person(organisation, name, *, by, at, born=BORN, language="en", **profile):
    return people.enter(organisation, name=name, born=born, language=language, by=by, at=at, **profile)


def case(team, *, by, at, name="Milo Fernweh", release_on=None, born=BORN, deputy=None, **profile):
    somebody = person(team.organisation, name, by=by, at=at, born=born, **profile)
    return cases.admit(
        somebody, arrival(team, release_on=release_on or at.date()), by=by, at=at, deputy=deputy
    )


def published(*, at):
    definition, languages = packaged()
    return instruments.publish(definition, languages, by=None, at=at)


def enrolled(name, role, team, *, at, password=PASSWORD):
    """Somebody with a real password, as an invitation would have made them."""
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}@example.org"
    made = accounts.enrol(email=email, name=name, language="en", password=password, by=None, at=at)
    organisations.join(made, team.organisation, role=role, team=team, by=None, at=at)
    return made


def sign_in(client, user):
    """Sign in past both factors, as the session looks afterwards."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    assert session[BACKEND_SESSION_KEY]
    return client


def membership(user):
    return Membership.objects.get(user=user, ends__isnull=True)


def yes(case, *, by, at):
    """The person was told, and says yes to sharing for ten days."""
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    given = people.give_notice(case.person, notice, how="read", proof="signed", by=by, at=at)
    said = {"purpose": "help", "agreed": True, "until": at.date() + timedelta(days=10), "how": "said"}
    recipient = entry(case.organisation, ListName.RECIPIENT)
    return people.record_choice(given, recipient=recipient, **said, by=by, at=at)
