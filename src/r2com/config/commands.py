"""What each command does: parse, one action, one sentence."""

import getpass
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from r2com.accounts.demo_codes import current_codes
from r2com.accounts.models import User
from r2com.core.refusals import Refused
from r2com.instruments import actions as instruments

from . import caseload, checks, definitions, deploying, installation, serving, upgrading
from . import worker as working
from .demo import begin as demonstration
from .demo import many
from .findings import ERROR, NOTE
from .speech import complain, report, say


def demo(args) -> int:
    """Make the demonstration, show who can sign in, and serve it."""
    say("Making the demonstration ready.")
    installation.prepare(installation.DEMO)
    fresh = demonstration.begin(at=timezone.localtime())
    say(
        "The invented agency is in."
        if fresh
        else "The invented agency was here already; nothing was loaded again."
    )
    if args.cases:
        many.grow_to(args.cases, at=timezone.localtime(), tell=say)
    say("", *sign_ins(), "")
    say("This is a demonstration. Every person in it is invented. Do not enter anything real.")
    if not args.prepare:
        say(f"Open http://localhost:{args.port}/ and stop with Ctrl-C.")
        serving.serve(host="127.0.0.1", port=args.port)
    return 0


def sign_ins() -> list[str]:
    """The cast as lines for the screen."""
    rows = [("Name", "Email", "Password", "Code now", "What they do")]
    rows += [(one.name, one.email, one.password, one.code, str(one.role)) for one in current_codes()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return [*lines, "", "A code changes every 30 seconds. The sign-in page shows the codes, too."]


def init(args) -> int:
    """Begin a real, empty installation."""
    said = _beginning(args)
    installation.prepare(installation.REAL)
    agency = installation.begin(said, at=timezone.localtime())
    say(
        f"{agency.name} is set up, with {said.admin_name} as its administrator.",
        "Next: start `r2com run`, and `r2com worker` beside it.",
        "Sign in, set up the second factor, begin a team, and invite whoever works in it.",
        f"Keep the keys ({settings.KEYS}) in another backup than the data ({settings.DATA}).",
    )
    return 0


def upgrade(args) -> int:
    """Bring an installation up to what this version needs, or back to where it was."""
    if installation.kind(settings.DATA) is None:
        raise Refused("There is nothing to upgrade yet. Begin with `r2com init`.")
    upgrading.upgrade(at=timezone.localtime(), tell=say)
    say("The tables are up to date.")
    return 0


def run(args) -> int:
    """Serve the pages, unless something is wrong."""
    errors = [finding for finding in checks.look() if finding.severity == ERROR]
    for finding in errors:
        complain(f"{finding.sentence} {finding.mend}")
    if errors:
        return 1
    say(f"Serving at http://{args.host}:{args.port}/.")
    serving.serve(host=args.host, port=args.port)
    return 0


def worker(args) -> int:
    """Do what comes round by itself."""
    working.register()
    if not args.once:
        say("Working. Stop with Ctrl-C.")
        working.serve()
        return 0
    done = working.one_round()
    for name, well in done.items():
        say(f"{name}: {'done' if well else 'failed, and is tried again'}.")
    if not done:
        say("Nothing was due.")
    return 0 if all(done.values()) else 1


def check(args) -> int:
    """Say what is wrong, and how to mend it."""
    found = [*checks.look(), *(deploying.look() if args.deploy else [])]
    wrong = [one for one in found if one.severity != NOTE]
    if args.json:
        report({"findings": [finding.as_dict() for finding in found]})
        return 1 if wrong else 0
    if not wrong:
        say("All is well.")
    say(*[f"{one.severity.capitalize()} ({one.id}): {one.sentence} {one.mend}" for one in found])
    return 1 if wrong else 0


def publish(args) -> int:
    """Publish a version of an instrument."""
    published = instruments.publish(*definitions.read(args.what), by=None, at=timezone.localtime())
    say(f"{published.instrument} {published.version} is published.")
    return 0


def import_cases(args) -> int:
    """Move an existing caseload in."""
    return caseload.bring_in(args)


def undo_import(args) -> int:
    """Take a list that moved in back out."""
    return caseload.take_out(args)


def _beginning(args) -> installation.Beginning:
    """What was given with flags, and for the rest a question. Nothing is made before all is answered."""
    installation.must_be(installation.REAL)
    organisation = args.organisation or _ask("The agency's name")
    neutral_name = args.neutral_name or _ask("A neutral name that a stranger may read")
    country = _country(args.country or _ask("The country, in two letters"))
    language = _language(args.language or _ask("The language, en or pt"))
    email = _checked(args.admin_email or _ask("The first administrator's address"), validate_email)
    name = args.admin_name or _ask("Their name")
    user = User(email=email, name=name)
    password = _checked(_password(args.password_file), lambda word: validate_password(word, user))
    contact = args.data_protection or email
    return installation.Beginning(
        organisation, neutral_name, country, language, contact, email, name, password
    )


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(f"“{question}” is missing, and there is nobody to ask. See `r2com init --help`.")
    return input(f"{question}: ").strip() or _ask(question)


def _password(path: str | None) -> str:
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        raise Refused("The password is missing. Put it into a file and name it with --password-file.")
    first = getpass.getpass("A password for them: ")
    if first != getpass.getpass("Once more: "):
        raise Refused("The two passwords differ. Nothing was made.")
    return first


def _checked(word: str, check) -> str:
    try:
        check(word)
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from None
    return word


def _country(word: str) -> str:
    if len(word) != 2 or not word.isalpha():
        raise Refused("Write the country in two letters, such as PT.")
    return word.upper()


def _language(word: str) -> str:
    if word not in dict(settings.LANGUAGES):
        raise Refused(f"Choose a language: {', '.join(dict(settings.LANGUAGES))}.")
    return word
