"""Trying to open what was destroyed: every ciphertext of it that still lies anywhere, and none may open."""

from collections.abc import Iterator

from r2com.vault import verify

from . import certificates, replaying
from .marks import mark


def prove(note: str, *, keys_only: bool = False) -> dict:
    """What a certificate promises against what is there. `wrong` is empty when it holds. Raises Refused.

    In a copy the rows are there and only the keys are gone: `keys_only`.
    """
    said = certificates.opened(note)
    tombstones = certificates.tombstones([note])
    keys, rows = len(replaying.keys_left(tombstones)), len(replaying.rows_left(tombstones))
    tries = list(attempts(tombstones))
    tried, opened = len(tries), tries.count(True)
    wrong = [f"{keys} keys that were destroyed are there."] if keys else []
    wrong += [f"{rows} records and people that were destroyed are there."] if rows and not keys_only else []
    wrong += [f"{opened} of {tried} sealed values open."] if opened else []
    return {
        "destroyed": len(said["destroyed"]),
        "keys": keys,
        "rows": rows,
        "tried": tried,
        "opened": opened,
        "wrong": wrong,
    }


def attempts(tombstones: replaying.Tombstones) -> Iterator[bool]:
    """For each sealed value of destroyed owners, whether it opens."""
    for model, fields in verify.sealed_models():
        for rows in verify.lots(model):
            ours = [row for row in rows if _is_among(row, tombstones)]
            for row in ours:
                for field in fields:
                    found = verify.opens(row, field)
                    if found is not None:
                        yield found


def _is_among(row, tombstones: replaying.Tombstones) -> bool:
    kind, owner = row.sealed_for()
    return (str(kind), mark(kind, owner)) in tombstones
