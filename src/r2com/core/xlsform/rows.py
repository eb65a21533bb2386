"""What a row of the survey sheet asks, in its type, and why some types are not taken over."""

import re
from dataclasses import dataclass

PLAIN = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "date_time",
    "note": "note",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "calculate": "calculated",
    "range": "decimal",
    "email address": "text",
    "phone number": "text",
}
CHOOSES = re.compile(
    r"(?:(?P<one>select[ _]?(?:one|1))|(?P<many>select[ _](?:multiple|all that apply)))"
    r"(?:\s+from)?\s+(?P<list>\S+)(?P<other>\s+(?:or_other|or specify other|or other))?",
    re.IGNORECASE,
)
OPENS = re.compile(r"begin[ _](group|repeat|looped group)", re.IGNORECASE)
CLOSES = re.compile(r"end[ _](group|repeat|looped group)", re.IGNORECASE)
BEGINS_OTHERWISE = re.compile(r"begin[ _](\S+)", re.IGNORECASE)
ENDS_OTHERWISE = re.compile(r"end[ _](\S+)", re.IGNORECASE)

BY_ITSELF = "who wrote and when is kept by itself; nothing about a device is"
FILES = "files, pictures and sound do not go into a questionnaire; put them with the documents"
ORDER = "things are not put in an order here; ask for what matters most"
PLACES = "where somebody is is not recorded"
FROM_ELSEWHERE = "lists from another file are not read; put them on the choices sheet"
NOT_TAKEN = {
    BY_ITSELF: "start end today deviceid phonenumber simserial subscriberid username email audit imei",
    FILES: "image photo audio video file background-audio draw signature annotate",
    PLACES: "geopoint geotrace geoshape start-geopoint background-geopoint gps location",
    FROM_ELSEWHERE: "xml-external csv-external",
    "codes are not scanned here": "barcode",
    "nothing is asked in it": "hidden",
    ORDER: "rank",
}
LEFT = {type: why for why, types in NOT_TAKEN.items() for type in types.split()}
FROM_A_FILE = re.compile(r"select[ _](?:one|multiple)[ _](?:from[ _]file|external)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a type means: a kind of question, perhaps with a list; or why it is not taken over."""

    kind: str = ""
    choices: str = ""
    other: bool = False
    why_not: str = ""


def asks(type: str) -> Asks | None:
    """What a row asks by its type, or None when nobody has heard of such a type."""
    small = " ".join(type.lower().split())
    if small in PLAIN:
        return Asks(PLAIN[small])
    first = small.partition(" ")[0]
    if FROM_A_FILE.match(small):
        return Asks(why_not=FROM_ELSEWHERE)
    if small in LEFT or first in LEFT:
        return Asks(why_not=LEFT.get(small) or LEFT[first])
    if found := CHOOSES.fullmatch(" ".join(type.split())):
        return Asks("one" if found["one"] else "many", found["list"], bool(found["other"]))
    return Asks(why_not=ORDER) if first.endswith(("__row", "__level")) else None
