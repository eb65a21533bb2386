"""Checking the trail, and proving an entry."""

from dataclasses import asdict

from r2com.audit import proving, verifying
from r2com.vault import signing

from ..speech import complain, report, say

NO_WITNESS = (
    "No witness is named in R2COM_WITNESS: a trail that was cut off at its end, or an old database put in "
    "its place, would not be noticed."
)


def verify(args) -> int:
    """Say whether the trail is as it was written; 1 and the first broken entry when it is not."""
    found = verifying.verify(since=args.since)
    if args.json:
        report(asdict(found))
    elif found.broken:
        complain(f"Broken at {found.broken.where} ({found.broken.what}): {found.broken.sentence}")
    else:
        say(f"The trail is whole: {found.entries} entries, {found.checkpoints} signed checkpoints.")
        say(f"The witness agrees: {found.witness}." if found.witness else NO_WITNESS)
    return 1 if found.broken else 0


def prove(args) -> int:
    report(proving.prove(args.id))
    return 0


def key(args) -> int:
    say(signing.verifier(signing.public()))
    return 0
