"""The commands about keys: new ones, whether everything opens, and the recovery kit."""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from r2com.accounts.second_factors import sealed_secrets
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.people.models import Person
from r2com.ui.pdf import pdf
from r2com.vault import kit as kits
from r2com.vault import rotation, verify
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

from .speech import complain, report, say

TEMPLATE = Path(__file__).resolve().parents[1] / "vault" / "typst" / "kit.typ"
STEP = 5_000


def organisations_of(kind: str, owners: list[UUID]) -> dict[UUID, UUID]:
    """To which agency each owner belongs; what belongs to none is the installation's."""
    if kind == Owner.ORGANISATION:
        return {owner: owner for owner in owners}
    model = {Owner.PERSON: Person, Owner.CASE: Case}.get(kind)
    rows = model._base_manager.filter(pk__in=owners).values_list("pk", "organisation_id") if model else ()
    return dict.fromkeys(owners, SYSTEM) | dict(rows)


def take_in() -> int:
    """Bring the keys of an earlier version under the epochs of their agencies. Again changes nothing."""
    return sum(rotation.take_in(organisations_of))


def rotate(args) -> int:
    """New keys above the data keys. After a kill the same words go on where it stopped."""
    done = {"taken_in": take_in()}
    if args.root:
        done["new_root"] = rotation.new_root()
        done["epochs_wrapped"] = sum(rotation.move_to_root())
    else:
        done["begun"] = rotation.begin()
        done["moved"] = _counted(rotation.move(timezone.now()), quiet=args.json)
        done["dropped"] = rotation.drop_empty(timezone.now())
    if args.destroy_old:
        done["destroyed"] = rotation.destroy_old_roots()
    if args.json:
        report(done)
    else:
        say(*_said(done))
    return 0


def _counted(lots: Iterator[int], *, quiet: bool) -> int:
    """How many there were, told from time to time."""
    count = told = 0
    for lot in lots:
        count += lot
        if not quiet and count - told >= STEP:
            say(f"{count} keys are wrapped anew.")
            told = count
    return count


def _said(done: dict) -> Iterator[str]:
    if done["taken_in"]:
        yield f"{done['taken_in']} keys of an earlier version were taken in."
    if "moved" in done:
        yield "A new epoch began." if done["begun"] else "An earlier rotation was not finished; it went on."
        yield f"{done['moved']} keys are wrapped by the new epoch."
    if "epochs_wrapped" in done:
        yield f"{done['epochs_wrapped']} epochs are wrapped by the newest root key."
        yield "Make a new recovery kit now: `r2com keys kit`."
    if "destroyed" in done:
        yield f"{done['destroyed']} older versions of the root key were destroyed."


def check(args) -> int:
    """Open everything that is sealed, once."""
    opened, tables, fault = 0, set(), None
    for table, count, fault in (*verify.everything(), *_second_factors()):
        opened += count
        tables.add(table)
        if fault:
            break
    if args.json:
        report({"opened": opened, "tables": len(tables), "fault": fault.as_dict() if fault else None})
    elif not fault:
        say(f"All {opened} sealed values in {len(tables)} tables open.")
    if fault:
        complain(f"{fault.table}.{fault.field}, row {fault.row}: {fault.why}.")
    return 1 if fault else 0


def _second_factors() -> Iterator[tuple[str, int, verify.Fault | None]]:
    """The secrets of second factors are sealed in a table that is not ours."""
    for table, row, why in sealed_secrets():
        yield table, 0 if why else 1, verify.Fault(table, "data", row, why) if why else None


def kit(args) -> int:
    """Make the recovery kit, or bring the root key back from it."""
    if args.restore:
        return _restore(args)
    shares = kits.make()
    if args.folder:
        folder = Path(args.folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for share in shares:
            path = folder / f"paper-{share.place}.pdf"
            path.touch(mode=0o600)
            path.write_bytes(pdf(TEMPLATE, paper(share)))
        say(f"Three papers lie in {folder}. Print each, give it to another person, and delete the files.")
        return 0
    for share in shares:
        say(f"Paper {share.place} of 3, kit {share.of.hex()}", *_lines(share.words), "")
    say("Any two of them bring the root key back. Give them to three people; keep none beside the data.")
    return 0


def paper(share: kits.Share) -> dict:
    """What the printed paper says."""
    return {
        "language": "en",
        "title": f"Recovery kit, paper {share.place} of 3",
        "kit": share.of.hex(),
        "rows": [share.words[at : at + 3] for at in range(0, kits.WORDS, 3)],
    }


def _lines(words: list[str]) -> list[str]:
    return ["  " + "  ".join(words[at : at + 7]) for at in range(0, len(words), 7)]


def _restore(args) -> int:
    papers = [Path(name).read_text(encoding="utf-8") for name in args.paper or []] or _typed()
    if kits.restore(papers):
        say(f"The root key is back in {settings.KEYS}. Run `r2com check`, then `r2com keys verify`.")
    else:
        say("This root key is there already. Nothing was changed.")
    return 0


def _typed() -> list[str]:
    if not sys.stdin.isatty():
        raise Refused("Name two files with the words of two papers: --paper FILE --paper FILE.")
    return [input(f"The words of the {which} paper: ") for which in ("first", "second")]
