"""Giving a credential: built, looked at with the same rules a stranger would use, then signed.

A signing library alone signs most broken credentials. Here one that would not be believed is never signed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import schema, structure
from .identifiers import method_of
from .keys import public_key
from .proofs import signed
from .refusing import Doubt, Why
from .verifying import named_issuer

LATER = {(Why.NO_PROOF, "proof")}


def issue(document: Mapping[str, Any], *, private: bytes, at: datetime) -> dict[str, Any]:
    """The signed credential. Raises Doubt when it breaks a rule of the data model or of Open Badges."""
    _must_be_sound(document, schema.faults(document))
    return _sign(document, private, at)


def issue_list(document: Mapping[str, Any], *, private: bytes, at: datetime) -> dict[str, Any]:
    """A signed status list; it is a credential, but no Open Badge."""
    _must_be_sound(document, [])
    return _sign(document, private, at)


def _must_be_sound(document: Mapping[str, Any], faults: list[structure.Fault]) -> None:
    for why, where in [*structure.faults(document), *faults]:
        if (why, where) not in LATER:
            raise Doubt(why, where)


def _sign(document: Mapping[str, Any], private: bytes, at: datetime) -> dict[str, Any]:
    method = method_of(named_issuer(document), public_key(private))
    return signed(document, private=private, method=method, at=at)
