"""Certificates anyone can verify: Open Badges 3.0 on W3C Verifiable Credentials 2.0, `eddsa-rdfc-2022`.

    key = new_key()
    issuer = Issuer(did_key(public_key(key)), "House of Learning")
    given = Given("urn:uuid:…", "Łukasz Nowak", achievement, valid_from=moment)
    document = issue(credential(given, issuer), private=key, at=moment)
    verify(read(file), at=moment, sources=Nothing()).verdict        # valid

Nothing here reads a clock, a database or the network; vocabularies and the schema are pinned as files.
"""

from .building import Achievement, Given, Issuer, credential
from .identifiers import PublishedKey, address_of, did_key, did_web, method_of
from .identifiers import document as did_document
from .issuing import issue, issue_list
from .keys import new_key, public_key
from .reading import read
from .refusing import Doubt, NotACredential, Why
from .status import Entry, Purpose, bits, free_place, list_credential
from .verifying import Check, Nothing, Outcome, Report, Sources, Step, Verdict, unreadable, verify

__all__ = [
    "Achievement",
    "Check",
    "Doubt",
    "Entry",
    "Given",
    "Issuer",
    "NotACredential",
    "Nothing",
    "Outcome",
    "PublishedKey",
    "Purpose",
    "Report",
    "Sources",
    "Step",
    "Verdict",
    "Why",
    "address_of",
    "bits",
    "credential",
    "did_document",
    "did_key",
    "did_web",
    "free_place",
    "issue",
    "issue_list",
    "list_credential",
    "method_of",
    "new_key",
    "public_key",
    "read",
    "unreadable",
    "verify",
]
