"""What one says on the command line to take copies, bring them back and try them."""


def add(commands, command) -> None:
    """Add the commands; `command(commands, name, run, what)` makes one."""
    backup = command(
        commands,
        "backup",
        "copies.commands.backup",
        "Copy the data, or the keys, while people go on working.",
    )
    backup.add_argument("file", metavar="FILE", help="a new file; data and keys never go to one folder")
    backup.add_argument("--keys", action="store_true", help="the keys instead of the data")
    restore = command(
        commands, "restore", "copies.commands.restore", "Bring a copy back, whole or not at all."
    )
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="put it in the place of what is there")
    restore.add_argument(
        "--keep-sessions", action="store_true", help="do not sign out who was signed in when it was made"
    )
    drill = command(
        commands,
        "drill",
        "copies.commands.drill",
        "Bring copies back in a place that is thrown away, and look.",
    )
    drill.add_argument("copies", nargs="*", metavar="FILE", help="a copy of the data and one of the keys")
    drill.add_argument("--here", action="store_true", help="only look at this installation itself")
    drill.add_argument("--sealed", type=int, default=20, metavar="N", help="open at least N sealed fields")
    drill.add_argument("--json", action="store_true", help="for a program that reads along")
