"""The words of `r2com keys`."""


def add(commands) -> None:
    verbs = commands.add_parser(
        "keys", help="New keys, whether everything opens, and the recovery kit."
    ).add_subparsers(required=True, metavar="VERB")
    rotate = _verb(verbs, "rotate", "rotate", "Wrap every key anew; go on where an earlier one was stopped.")
    rotate.add_argument("--root", action="store_true", help="a new root key instead of new epochs")
    rotate.add_argument(
        "--destroy-old", action="store_true", help="then destroy older versions of the root key"
    )
    check = _verb(verbs, "verify", "check", "Open everything that is sealed once; name the first that fails.")
    for command in (rotate, check):
        command.add_argument("--json", action="store_true", help="for a program that reads along")
    kit = _verb(verbs, "kit", "kit", "Write the root key on three papers, of which two bring it back.")
    kit.add_argument("--folder", metavar="PATH", help="write three PDF files there instead of to the screen")
    kit.add_argument("--restore", action="store_true", help="bring the root key back from two papers")
    kit.add_argument("--paper", action="append", metavar="FILE", help="a file with the words of a paper")


def _verb(verbs, name: str, function: str, about: str):
    command = verbs.add_parser(name, help=about, description=about)
    command.set_defaults(run=f"keys.{function}")
    return command
