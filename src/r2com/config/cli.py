"""The command `r2com`: one front door to an installation, spoken in verbs."""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module

from django.db import Error as DatabaseFault

from r2com.core.instruments import BadDefinition
from r2com.core.refusals import Refused
from r2com.vault.keyservice import KeyRefused, KeyServiceAway

from . import cli_keys
from .agreement import words as agreement
from .auditing import words as auditing
from .copies import words as copies
from .retaining import words as retaining
from .speech import complain

DJANGO = ("commands", "keys", "auditing.commands", "copies.commands", "retaining.commands")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say. Answers 0 only when all is well; says in one sentence what is not."""
    args = parser().parse_args(words)
    try:
        return _do(args)
    except BadDefinition as bad:
        complain("\n".join(map(str, bad.faults)))
    except (Refused, KeyRefused, KeyServiceAway, OSError) as refusal:
        complain(str(refusal))
    except DatabaseFault as fault:
        complain(f"The database says no: {fault}. `r2com check` tells more.")
    except KeyboardInterrupt:
        complain("Stopped.")
    return 1


def _do(args: argparse.Namespace) -> int:
    """Run the function that a command names; most need the application, a few only files."""
    module, function = args.run.rsplit(".", 1)
    if module in DJANGO:
        if args.run == "commands.demo":
            os.environ["R2COM_DEMO"] = "1"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
        import_module("django").setup()
    return getattr(import_module(f"r2com.config.{module}"), function)(args)


def parser() -> argparse.ArgumentParser:
    about = "Support after prison: run and look after an installation."
    top = argparse.ArgumentParser(prog="r2com", description=about)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _demo(commands)
    _init(commands)
    _upgrade(commands)
    _run(commands)
    _worker(commands)
    _check(commands)
    _instruments(commands)
    _checklists(commands)
    _cases(commands)
    _certificates(commands)
    cli_keys.add(commands)
    auditing.add(commands, _command)
    copies.add(commands, _command)
    agreement.add(commands, _command)
    retaining.add(commands, _command)
    return top


def _demo(commands) -> None:
    command = _command(commands, "demo", "commands.demo", "Show the application with an invented agency.")
    command.add_argument("--prepare", action="store_true", help="make it ready, but do not serve")
    command.add_argument("--port", type=_port, default=8000)
    command.add_argument("--cases", type=_count, default=0, metavar="N", help="have N further invented cases")
    command.add_argument(
        "--list-names",
        action="store_const",
        dest="run",
        const="demo.names.list_names",
        help="only list the invented people who are supported",
    )


def _init(commands) -> None:
    command = _command(
        commands, "init", "commands.init", "Begin a real installation and its first administrator."
    )
    for flag, what in INIT.items():
        command.add_argument(f"--{flag}", help=what)
    command.add_argument("--password-file", metavar="PATH", help="where the password stands")


INIT = {
    "organisation": "the agency's name",
    "neutral-name": "what a stranger may read over somebody's shoulder",
    "country": "two letters, such as PT",
    "language": "en or pt",
    "admin-email": "the first administrator's address",
    "admin-name": "the first administrator's name",
    "data-protection": "whom people write to about their data (the administrator, if left out)",
}


def _upgrade(commands) -> None:
    _command(
        commands,
        "upgrade",
        "commands.upgrade",
        "Copy, bring the tables up to date, look, or take it all back.",
    )


def _run(commands) -> None:
    command = _command(commands, "run", "commands.run", "Serve the pages, unless the check finds an error.")
    command.add_argument("--port", type=_port, default=8000)
    command.add_argument("--host", default="127.0.0.1")


def _worker(commands) -> None:
    command = _command(commands, "worker", "commands.worker", "Do what comes round by itself, until stopped.")
    command.add_argument("--once", action="store_true", help="do what is due now, then stop")


def _check(commands) -> None:
    command = _command(commands, "check", "commands.check", "Say what is wrong here, and how to mend it.")
    command.add_argument("--deploy", action="store_true", help="also what is unsafe where real people work")
    command.add_argument("--json", action="store_true", help="for a program that reads along")


def _instruments(commands) -> None:
    verbs = commands.add_parser(
        "instruments", help="Check, bring, take along and publish instruments."
    ).add_subparsers(required=True, metavar="VERB")
    check = _command(verbs, "check", "definitions.check", "Say what is wrong with a definition, and where.")
    check.add_argument("what", metavar="PATH|ID")
    check.add_argument("--json", action="store_true", help="for a program that reads along")
    publish = _command(verbs, "publish", "commands.publish", "Publish a version, for good.")
    publish.add_argument("what", metavar="PATH|ID")
    marks = "Mark each translation as made from the present wording."
    hashes = _command(verbs, "hashes", "definitions.write_hashes", marks)
    hashes.add_argument("what", metavar="PATH")
    bring = _command(verbs, "import", "foreign.bring", "Make an instrument of an XLSForm from Kobo or ODK.")
    bring.add_argument("file", metavar="FILE.xlsx")
    bring.add_argument("--out", required=True, metavar="DIR", help="a new folder for the instrument")
    bring.add_argument("--json", action="store_true", help="for a program that reads along")
    take = _command(verbs, "export", "foreign.take", "Write an instrument as a form for elsewhere.")
    take.add_argument("what", metavar="PATH|ID")
    take.add_argument("--format", required=True, choices=["fhir", "xlsform"])
    take.add_argument("--out", required=True, metavar="FILE", help="a new file")
    take.add_argument("--json", action="store_true", help="for a program that reads along")


def _checklists(commands) -> None:
    verbs = commands.add_parser("checklists", help="Check checklist files.").add_subparsers(
        required=True, metavar="VERB"
    )
    check = _command(verbs, "check", "checklists.check", "Say what is wrong with a checklist, and where.")
    check.add_argument("what", metavar="PATH|ID/VERSION")
    check.add_argument("--json", action="store_true", help="for a program that reads along")


def _cases(commands) -> None:
    verbs = commands.add_parser("cases", help="Move an existing caseload in.").add_subparsers(
        required=True, metavar="VERB"
    )
    said = "Open a case for each row of a list (CSV or .xlsx), or go on where it was cut off."
    bring = _command(verbs, "import", "commands.import_cases", said)
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--map", required=True, metavar="MAP", help="which column is which field, as JSON")
    bring.add_argument("--by", metavar="EMAIL", help="the supervisor who answers for it (or `by` in the map)")
    bring.add_argument("--dry-run", action="store_true", help="only say what would happen; write nothing")
    bring.add_argument("--json", action="store_true", help="for a program that reads along")
    undo = _command(verbs, "undo-import", "commands.undo_import", "Say which cases of a list would go again.")
    undo.add_argument("id", metavar="ID")
    undo.add_argument("--by", required=True, metavar="EMAIL", help="the supervisor who answers for it")
    undo.add_argument("--yes", action="store_true", help="delete them")


def _certificates(commands) -> None:
    verbs = commands.add_parser("credentials", help="Check certificates.").add_subparsers(
        required=True, metavar="VERB"
    )
    said = "Say whether a certificate (JSON, PDF, PNG, SVG) is valid, and each check for itself."
    check = _command(verbs, "verify", "certificates.verify", said)
    check.add_argument("file", metavar="FILE")
    check.add_argument("--json", action="store_true", help="for a program that reads along")
    check.add_argument("--offline", action="store_true", help="look nothing up; then much cannot be told")
    check.add_argument("--language", choices=["en", "pt"], default="en", help="en or pt")
    export = _command(verbs, "export", "certificates.export", "Write an invented certificate to try with.")
    export.add_argument("--demo", action="store_true", required=True, help="house and person are invented")
    export.add_argument("--out", required=True, metavar="FILE", help="a new .json, .pdf, .png or .svg")
    export.add_argument("--language", choices=["en", "pt"], default="en", help="of the words on paper")


def _command(commands, name: str, run: str, what: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=what)
    command.set_defaults(run=run)
    return command


def _port(word: str) -> int:
    if not (word.isdigit() and 0 < int(word) < 65536):
        raise argparse.ArgumentTypeError("choose a number from 1 to 65535")
    return int(word)


def _count(word: str) -> int:
    if not word.isdigit():
        raise argparse.ArgumentTypeError("give a whole number")
    return int(word)
