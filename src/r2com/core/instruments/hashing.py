"""Fingerprints of a definition and of its texts: a change of wording is a change."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def content_hash(source: Mapping[str, Any]) -> str:
    """SHA-256 (64 hexadecimal figures) of a definition, the same whatever the order of its keys."""
    return _sha256(source)


def text_hash(unit: Any) -> str:
    """SHA-256 of the English texts of one unit, as `units` gives them. Empty texts do not count."""
    return _sha256(_filled(unit))


def _sha256(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _filled(texts: Any) -> Any:
    if isinstance(texts, Mapping):
        filled = {key: _filled(text) for key, text in texts.items()}
        return {key: text for key, text in filled.items() if text not in ("", [], {})}
    return texts
