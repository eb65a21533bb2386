"""What others are asked to check: certificates of ours, each change of one value, and what was taken back."""

import json
from copy import deepcopy

from r2com.core.credentials import PublishedKey, contexts, did_document, did_key, public_key
from tests.unit.credential_sample import GIVEN, HOUSE, KEY, NAMES, Lookup, alone, given, given_to

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
        case("in one list", in_one_list()),
        case("in one list, revoked", in_one_list(), revoked=[PLACE]),
        *[case(f"named: {kind}", given_to(name)) for kind, name in NAMES.items()],
    ]
    edited = [
        *[case(f"changed: {path}", document) for path, document in changed(given())],
        *[case(f"taken out: {path}", document) for path, document in taken_out(given())],
        *[case(f"changed without a domain: {path}", document) for path, document in changed(alone())],
    ]
    return {"now": "2026-03-03T00:00:00Z", "documents": published(), "cases": [*whole, *edited]}


def in_one_list():
    """A certificate that can be revoked, but not suspended: its place stands alone."""
    return given(statuses=GIVEN.statuses[:1])


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


def changed(document):
    """The document once for each value in it, with that one value made another."""
    for path, value in values(document):
        edited, holder = copied(document, path)
        holder[path[-1]] = another(value)
        yield "/".join(map(str, path)), edited


def taken_out(document):
    """The document once for each value in it, without that one value."""
    for path, _ in values(document):
        edited, holder = copied(document, path)
        del holder[path[-1]]
        yield "/".join(map(str, path)), edited


def copied(document, path):
    """A copy of the document, and what holds the value at `path` in it."""
    edited = deepcopy(document)
    holder = edited
    for key in path[:-1]:
        holder = holder[key]
    return edited, holder


def another(value):
    """A text with its last letter changed, the other of yes and no, or the next number."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("x" if value[-1] != "x" else "y")


def values(value, path=()):
    """Every single value of a document, with the way to it."""
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from values(entry, (*path, key))
    else:
        yield path, value


if __name__ == "__main__":
    print(json.dumps(bundle(), ensure_ascii=False))  # noqa: T201
