"""What others are asked to check: certificates of ours, each edit of one letter, and what was taken back."""

import json
from copy import deepcopy

from r2com.core.credentials import PublishedKey, contexts, did_document, did_key, public_key
from tests.unit.credential_sample import GIVEN, HOUSE, KEY, Lookup, alone, given

MULTIKEY = "https://w3id.org/security/multikey/v1"
PLACE = GIVEN.statuses[0].index


def bundle():
    """Everything a verifier needs, as one document; the same bytes every time."""
    whole = [
        case("without a domain", alone()),
        case("of the house", given()),
        case("revoked", given(), revoked=[PLACE]),
        case("suspended", given(), suspended=[PLACE]),
        case("a neighbour is revoked", given(), revoked=[PLACE + 1]),
    ]
    edited = [case(f"edited: {path}", document) for path, document in edits(alone())]
    return {"now": "2026-03-03T00:00:00Z", "documents": published(), "cases": [*whole, *edited]}


def case(name, credential, **raised):
    return {"name": name, "credential": credential, "documents": Lookup(**raised).lists}


def published():
    """The vocabularies, and the documents of both issuers with their keys."""
    documents = {url: contexts.vocabulary(url) for url in contexts.known()}
    key = PublishedKey(public_key(KEY))
    for did in (HOUSE, did_key(key.public)):
        documents[did] = did_document(did, [key])
        for method in documents[did]["verificationMethod"]:
            documents[method["id"]] = {"@context": [MULTIKEY], **method}
    return documents


def edits(document):
    """The document once for each text in it, with the last letter of that text changed."""
    for path, text in texts(document):
        changed = deepcopy(document)
        holder = changed
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = text[:-1] + ("x" if text[-1] != "x" else "y")
        yield "/".join(map(str, path)), changed


def texts(value, path=()):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(entry, (*path, key))


if __name__ == "__main__":
    print(json.dumps(bundle(), ensure_ascii=False))  # noqa: T201
