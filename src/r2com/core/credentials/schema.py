"""The shape of an Open Badge: a pinned JSON Schema (draft 2019-09), after the data model of Open Badges 3.0.

Source: 1EdTech, Open Badges 3.0, appendix B. The file travels with the program; a schema that a
credential names is never fetched.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from jsonschema_rs import Draft201909Validator

from r2com import content

from .contexts import ALL_OPEN_BADGES
from .refusing import Why

PINNED = "39525e52795848e2791605845fac4ed8fc802c873ba6f1b381304e623d0bed56"
KINDS = {"OpenBadgeCredential", "AchievementCredential"}


@cache
def validator() -> Draft201909Validator:
    """The pinned schema, ready to use. Raises ValueError when the file was altered."""
    held = content.folder("credentials", "achievement-credential.schema.json").read_bytes()
    if sha256(held).hexdigest() != PINNED:
        raise ValueError("The pinned schema is not the one that was pinned.")
    return Draft201909Validator(json.loads(held))


def faults(document: Mapping[str, Any]) -> list[tuple[Why, str]]:
    """What does not fit the shape of an Open Badge, each with its place. Never raises for what is sent."""
    kinds = document.get("type")
    contexts = document.get("@context")
    if not KINDS & _texts(kinds):
        return [(Why.OTHER_KIND, "type")]
    if not isinstance(contexts, list) or not ALL_OPEN_BADGES & {
        url for url in contexts if isinstance(url, str)
    }:
        return [(Why.OTHER_KIND, "@context")]
    found = validator().iter_errors(dict(document))
    return [(Why.MISSHAPEN, "/".join(map(str, fault.instance_path))) for fault in found]


def _texts(value: Any) -> set[str]:
    return {entry for entry in value if isinstance(entry, str)} if isinstance(value, list) else set()
