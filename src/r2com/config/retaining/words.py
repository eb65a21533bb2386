"""What one says on the command line about what is not kept any longer."""

import argparse
from collections.abc import Callable


def add(commands, command: Callable[..., argparse.ArgumentParser]) -> None:
    verbs = commands.add_parser(
        "retention", help="What falls due, what goes, and the proof that it is gone."
    ).add_subparsers(required=True, metavar="VERB")
    said = "Say what falls due, by which rule. Nothing changes."
    plan = command(verbs, "plan", "retaining.commands.plan", said)
    plan.add_argument("--json", action="store_true", help="for a program that reads along")
    command(verbs, "run", "retaining.commands.run", "Destroy what two people said yes to.")
    said = "Try to open everything that a certificate says was destroyed; 1 when something opens."
    verify = command(verbs, "verify", "retaining.commands.verify", said)
    verify.add_argument("certificate", metavar="CERTIFICATE")
    copies = "also in these copies, one of the data and one of the keys, brought back where it is thrown away"
    verify.add_argument("--backup", nargs=2, metavar="FILE", default=[], help=copies)
    verify.add_argument("--keys-only", action="store_true", help="rows that open no more may be there")
    verify.add_argument("--json", action="store_true", help="for a program that reads along")
    said = "Destroy again what was destroyed, after an older copy came back."
    replay = command(verbs, "replay", "retaining.commands.replay", said)
    replay.add_argument("certificates", nargs="*", metavar="CERTIFICATE", help="those kept elsewhere, too")
    replay.add_argument("--keys-only", action="store_true", help="leave the rows, which open no more")
