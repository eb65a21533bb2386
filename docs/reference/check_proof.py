"""Check a proof from `r2com audit prove ID`: python check_proof.py KEY < proof.json

KEY is what the agency told you with `r2com audit key`, by another way than the proof. Needs Python and
the package `cryptography`; no part of R2COM, and no database.
"""

import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main(key: str) -> str | None:
    """What is wrong with the proof, or None."""
    proof = json.load(sys.stdin)
    text, _, signature = proof["checkpoint"].rpartition("\n\n")
    if not is_signed(text + "\n", signature, key):
        return "The checkpoint is not signed with this key."
    _origin, size, root = text.splitlines()[:3]
    leaf = hashlib.sha256(b"\x00" + proof["entry"].encode()).digest()
    steps = [bytes.fromhex(step) for step in proof["proof"]]
    if climb(leaf, proof["index"], int(size), steps) != base64.b64decode(root):
        return "The entry is not in the signed log."
    sys.stdout.write(
        f"The log of {size} entries holds this one at place {proof['index']}:\n{proof['entry']}\n"
    )
    return None


def is_signed(text: str, line: str, key: str) -> bool:
    """C2SP signed-note: the line is "— name base64(key id, signature)"; the key "name+id+base64(1, key)"."""
    public = base64.b64decode(key.split("+", 2)[2])[1:]
    signature = base64.b64decode(line.split()[2])[4:]
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def climb(found: bytes, place: int, size: int, steps: list[bytes]) -> bytes | None:
    """From a leaf to the root (RFC 9162, 2.1.3.2)."""
    last = size - 1
    for step in steps:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        place, last = place // 2, last // 2
    return found if last == 0 else None


if __name__ == "__main__":
    wrong = main(sys.argv[1])
    sys.exit(wrong)
