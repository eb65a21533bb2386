"""The commands about what is not kept any longer: parse, one action, some sentences."""

from pathlib import Path

from django.utils import timezone

from r2com.config.copies import archive, drilling
from r2com.config.copies.archive import DATA, KEYS
from r2com.config.speech import complain, report, say
from r2com.core.refusals import Refused
from r2com.keeping import certificates, due, erasing, proof, replaying, work
from r2com.organisations.models import Organisation

TOLD = "{records} records destroyed, {held} held, {changed} changed meanwhile: {pk}."


def plan(args) -> int:
    """What falls due in every agency, by reference and rule."""
    day = due.today(timezone.now())
    lines = [one for agency in Organisation.objects.order_by("pk") for one in due.due(agency, day)]
    if args.json:
        report([{"reference": one.case.reference, "held": one.is_held, **one.line()} for one in lines])
        return 0
    for one in lines:
        kept = "Held" if one.is_held else "Due"
        say(f"{kept}: {one.case.reference}, closed {one.closed_on}, kept until {one.kept_until}.")
    say(f"{len(lines)} records are due. Nothing was changed; propose it on the page “What is due to go”.")
    return 0


def run(args) -> int:
    """Run every plan that two people agreed to. Again does nothing."""
    done = work.run_agreed(timezone.localtime())
    for one in done:
        say(TOLD.format(**one.said, pk=one.pk))
    if not done:
        say("Nothing waits that two people said yes to.")
    return 0


def verify(args) -> int:
    """Here, and in copies where they are given."""
    path = Path(args.certificate).resolve()
    note = path.read_text(encoding="utf-8")
    found = {"here": proof.prove(note, keys_only=args.keys_only)}
    if args.backup:
        found["backup"] = _in_copies(path, [Path(name).resolve() for name in args.backup])
    wrong = [f"{where}: {sentence}" for where, one in found.items() for sentence in one["wrong"]]
    if args.json:
        report(found)
    for sentence in [] if args.json else wrong:
        complain(sentence)
    if not (wrong or args.json):
        tried = sum(one["tried"] for one in found.values())
        say(f"What the certificate says is so: {tried} sealed values were tried, and none opens.")
    return 1 if wrong else 0


def _in_copies(certificate: Path, paths: list[Path]) -> dict:
    copies = {archive.manifest(path).holds: path for path in paths}
    if set(copies) != {DATA, KEYS}:
        raise Refused("Name one copy of the data and one of the keys.")
    with drilling.brought_back(copies) as there:
        there("retention", "replay", str(certificate), "--keys-only")
        return there("retention", "verify", str(certificate), "--keys-only", "--json")["here"]


def replay(args) -> int:
    """Every certificate that is known here, and those that were kept elsewhere."""
    notes = [*certificates.known(), *(Path(name).read_text(encoding="utf-8") for name in args.certificates)]
    done = replaying.replay(notes, rows=not args.keys_only)
    erasing.settle()
    say(f"Destroyed again: {done['keys']} keys, {done['rows']} records and people.")
    return 0
