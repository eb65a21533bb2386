"""Sealing and opening a kilobyte: through the product's own door, and with the bare cipher."""

import os
import platform
from statistics import median
from time import perf_counter

WHAT = "Seal and open 1 KB"
LIMIT = 4
TURNS, EACH = 15, 4_000
TITLE = "## Sealing"
SECTION = """{title}

Measured in one run of one process ({machine}, Python {python}), in turns: {what} through the product's own
door (the owner's key, padding, the place it is bound to), and with the bare AES-256-GCM of `cryptography` and
a nonce. Medians in microseconds; wanted at most {limit} times the bare cipher.

| What | Ours | Bare | Ratio |
|---|---|---|---|
| {what} | {ours_us} | {bare_us} | {ratio} |
"""


def measure() -> dict:
    """Medians in microseconds, of both together in turns."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from r2com.core.identifiers import new_id
    from r2com.vault import keyring, sealing
    from r2com.vault.models import DataKey, Owner

    owner, text, place = new_id(), "a" * 1024, f"people.person.matters:{new_id()}"
    secret = os.urandom(32)
    keyring._keep(DataKey(kind=Owner.PERSON, owner=owner), secret)
    cipher, plain, bound = AESGCM(secret), text.encode(), place.encode()

    def ours():
        sealing.open_sealed(sealing.seal(text, Owner.PERSON, owner, place), Owner.PERSON, owner, place)

    def bare():
        nonce = os.urandom(12)
        cipher.decrypt(nonce, cipher.encrypt(nonce, plain, bound), bound)

    taken = {ours: [], bare: []}
    for _ in range(TURNS):
        for way, times in taken.items():
            began = perf_counter()
            for _ in range(EACH):
                way()
            times.append((perf_counter() - began) / EACH * 1_000_000)
    mine, peers = median(taken[ours]), median(taken[bare])
    return {
        "what": WHAT,
        "limit": LIMIT,
        "ours_us": round(mine, 1),
        "bare_us": round(peers, 1),
        "ratio": round(mine / peers, 1),
    }


def section() -> str:
    said = {"title": TITLE, "machine": platform.machine(), "python": platform.python_version()}
    return SECTION.format(**said, **measure())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    print(section())  # noqa: T201


if __name__ == "__main__":
    main()
