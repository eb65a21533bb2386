"""What openbadgeslib says about each certificate of a bundle. It is given every document and fetches none."""

import json
import sys
from pathlib import Path

from openbadgeslib.ob3 import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError

RAISED = ("revocation", "suspension")


def said(case, published):
    """Accepted, accepted but taken back, or refused.

    It knows signed lists only as JWT, so it is told not to look for a signature on ours.
    """
    known = {**published, **case["documents"]}
    try:
        OB3LdpVerifier().verify(
            json.dumps(case["credential"]),
            check_status=True,
            download=lambda url: document(known, url),
            verify_status_list=False,
        )
    except OB3VerificationError as refusal:
        told = [purpose for purpose in RAISED if f"status '{purpose}' is set" in str(refusal)]
        return ", ".join(["accepted", *told]) if told else "refused"
    return "accepted"


def document(known, url):
    """The document at an address, from the bundle."""
    if url not in known:
        raise OB3VerificationError(f"not known: {url}")
    return json.dumps(known[url]).encode()


def main():
    bundle = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    published = {
        "https://" + did.removeprefix("did:web:").replace(":", "/") + "/did.json": held
        for did, held in bundle["documents"].items()
        if did.startswith("did:web:") and "#" not in did
    }
    print(json.dumps({case["name"]: said(case, published) for case in bundle["cases"]}))  # noqa: T201


if __name__ == "__main__":
    main()
