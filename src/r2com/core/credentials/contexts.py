"""The vocabularies (JSON-LD contexts) a credential may use, pinned as files with their fingerprints.

What a signature covers depends on what the words mean. So the meanings travel with the program, and nothing
is ever fetched: an unknown vocabulary ends in `UnknownVocabulary`, an altered file in `ValueError`.
"""

import json
from functools import cache
from hashlib import sha256
from typing import Any

from r2com import content

from .refusing import UnknownVocabulary, Why

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
VERSIONS = ("3.0.1", "3.0.2", "3.0.3")
ALL_OPEN_BADGES = frozenset(
    f"https://purl.imsglobal.org/spec/ob/v3p0/context-{each}.json" for each in VERSIONS
)


@cache
def known() -> dict[str, dict[str, str]]:
    """Every pinned vocabulary by its address: file, SHA-256, source and licence."""
    return {entry["url"]: entry for entry in content.read_json("credentials", "contexts.json")}


@cache
def vocabulary(url: str) -> dict[str, Any]:
    """The pinned document of one address. Raises UnknownVocabulary; ValueError when the file was altered."""
    if url not in known():
        raise UnknownVocabulary(Why.UNKNOWN_WORDS, url[:200])
    entry = known()[url]
    held = content.folder("credentials", "contexts", entry["file"]).read_bytes()
    if sha256(held).hexdigest() != entry["sha256"]:
        raise ValueError(f"The pinned vocabulary {entry['file']} is not the one that was pinned.")
    document: dict[str, Any] = json.loads(held)
    return document


def load(url: str, _options: object = None) -> dict[str, Any]:
    """A pinned vocabulary in the shape in which PyLD asks for documents."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": vocabulary(url),
        "tag": "static",
    }
