"""An invented certificate, its keys, and what a stranger can look up about its issuer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from r2com.core.credentials import (
    Achievement,
    Entry,
    Given,
    Issuer,
    PublishedKey,
    Purpose,
    bits,
    credential,
    did_document,
    did_key,
    did_web,
    issue,
    issue_list,
    list_credential,
    public_key,
)

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=730)
HOUSE = did_web("lantern.example", "certificates")
LISTS = {
    purpose: f"https://lantern.example/certificates/status/{purpose}/1"
    for purpose in (Purpose.REVOCATION, Purpose.SUSPENSION)
}
RATING = Achievement(
    id="urn:uuid:0b5c5f0e-6f0c-4d2a-9a3e-8a2f1c9d7b10",
    name="Certified to rate with Open TV-RAT®",
    description="Rates alike with others.",
    criteria="Two exams on invented cases, agreed with the reference.",
)
PLACES = tuple(Entry(address, 94_567, purpose) for purpose, address in LISTS.items())
GIVEN = Given(
    id="urn:uuid:6f1f0f1e-63c5-4f4c-9c0e-2f6f5d3a9c11",
    holder="Łukasz Χ. 🌻 بدر",
    achievement=RATING,
    valid_from=NOW,
    valid_until=LATER,
    statuses=PLACES,
)

NAMES = {
    "registered": "Open TV-RAT® Łódź",
    "polish": "Łukasz Żółć-Ćwikła",
    "greek": "Χριστίνα Παπαδοπούλου",
    "emoji": "Zoë 🌻 👩🏽‍⚕️ 🏳️‍🌈",
    "arabic": "بدر الدين",
    "hebrew": "נועה בן־דוד",
    "both directions": "Nuno \u200fبدر\u200e (B.) ®",
    "letters in two parts": "Zsófia Ła\u0328wniczak e\u0301",
    "outside the first plane": "𠮷野家 𝔄",
    "marks": 'O\'Néill <b>&amp;</b> "Bob" ]]> \\ {} %s',
    "two lines": "Ana\nMaria",
}


def house(key=KEY, did=HOUSE):
    return Issuer(did, "House of the Lantern ®", "https://lantern.example/")


def given(**changes):
    """A signed certificate of the house."""
    return issue(credential(replace(GIVEN, **changes), house()), private=KEY, at=NOW)


def alone(**changes):
    """A signed certificate of a house without a domain, without lists."""
    issuer = Issuer(did_key(public_key(KEY)), "House of the Lantern ®")
    return issue(credential(replace(GIVEN, statuses=(), **changes), issuer), private=KEY, at=NOW)


def given_to(name):
    """A certificate in which the person and what is certified both have this name."""
    return alone(holder=name, achievement=replace(GIVEN.achievement, name=name, description=name))


class Lookup:
    """What the house publishes: its keys, and its lists with the raised places."""

    def __init__(self, *, revoked=(), suspended=(), keys=(KEY,), key=KEY, listed=True):
        raised = {Purpose.REVOCATION: revoked, Purpose.SUSPENSION: suspended}
        self.keys = [PublishedKey(public_key(each)) for each in keys]
        self.lists = {
            address: issue_list(
                list_credential(
                    address,
                    issuer=HOUSE,
                    purpose=purpose,
                    held=bits(raised[purpose]),
                    at=NOW,
                    until=LATER,
                ),
                private=key,
                at=NOW,
            )
            for purpose, address in LISTS.items()
            if listed
        }

    def issuer(self, did):
        return did_document(did, self.keys) if did == HOUSE else None

    def status_list(self, address):
        return self.lists.get(address)
