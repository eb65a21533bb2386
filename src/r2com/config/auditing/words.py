"""How one asks about the trail on the command line."""

import argparse
from collections.abc import Callable
from uuid import UUID


def add(commands, command: Callable[..., argparse.ArgumentParser]) -> None:
    verbs = commands.add_parser("audit", help="Check the trail, and prove an entry.").add_subparsers(
        required=True, metavar="VERB"
    )
    said = "Read the whole trail again and name the first entry that is not as it was written."
    verify = command(verbs, "verify", "auditing.commands.verify", said)
    verify.add_argument("--json", action="store_true", help="for a program that reads along")
    since = "begin at the last checkpoint of at most N entries"
    verify.add_argument("--since", type=int, default=0, metavar="N", help=since)
    said = "Show that an entry stands in the trail, for somebody who has no access to it."
    prove = command(verbs, "prove", "auditing.commands.prove", said)
    prove.add_argument("id", metavar="ID", type=UUID)
    command(verbs, "key", "auditing.commands.key", "Say the public key that checkpoints are checked with.")
