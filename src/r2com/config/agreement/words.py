"""How one asks for the agreement of raters on the command line."""

import argparse
from collections.abc import Callable

SCALES = ("nominal", "ordinal", "interval", "ratio")


def add(commands, command: Callable[..., argparse.ArgumentParser]) -> None:
    said = "Say how far raters agree, from a list of subject, rater and rating (CSV)."
    words = command(commands, "agreement", "agreement.commands.agreement", said)
    words.add_argument("file", metavar="FILE.csv")
    words.add_argument(
        "--scale", choices=SCALES, default="nominal", help="what the ratings are (nominal, if left out)"
    )
    words.add_argument("--json", action="store_true", help="for a program that reads along")
    words.add_argument("--plot", metavar="FILE.svg", help="draw it, too, in a new file")
    words.add_argument("--bootstrap", type=int, metavar="TIMES", help="draw the intervals, for example 2000")
    words.add_argument("--seed", type=int, default=1979, help="where the drawing begins (1979, if left out)")
    words.add_argument("--language", choices=["en", "pt"], default="en", help="of remarks and drawing")
