"""From a published row to an instrument that can be used, once a process."""

from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from r2com.content import folder, read_json
from r2com.core import instruments
from r2com.core.instruments import Instrument

from .models import PublishedInstrument

OPEN_TV_RAT = "open-tv-rat"
OURS = (OPEN_TV_RAT, "my-own-view", "practice-helicopter-view")


class Altered(Exception):
    """A published instrument no longer matches the hash it was published with."""


def instrument(published: PublishedInstrument, language: str) -> Instrument:
    """The instrument in a language. Raises Altered when its content was changed after publishing."""
    return _read(published.pk, published.content_hash, language)


def pinned(published: UUID, content_hash: str) -> Instrument:
    """The instrument that a row is pinned to, for what it says of its items; read once a process."""
    return _read(published, content_hash, "en")


def newest(name: str = OPEN_TV_RAT) -> PublishedInstrument:
    return PublishedInstrument.objects.filter(instrument=name).latest("published_at")


def sensitive_items() -> set[str]:
    """The items that some published version calls sensitive: what was sensitive once is treated so."""
    return {item.id for guide in _all() for item in guide.items if item.sensitive}


def certified_items() -> set[str]:
    """The items of which some published version says that their judgement may need two people."""
    return {item.id for guide in _all() for item in guide.items if guide.is_for_certified(item.id)}


def _all() -> list[Instrument]:
    versions = PublishedInstrument.objects.only("content_hash")
    return [_read(version.pk, version.content_hash, "en") for version in versions]


def never_record() -> tuple[str, ...]:
    """What the guide never wants written down about anybody; nothing before one is published."""
    rows = PublishedInstrument.objects.filter(instrument=OPEN_TV_RAT).defer("definition", "languages")
    published = rows.order_by("-published_at").first()
    return instrument(published, get_language() or "en").never_record if published else ()


def packaged(name: str = OPEN_TV_RAT) -> tuple[dict, dict[str, dict]]:
    """The newest definition of an instrument that travels with the software, and its languages."""
    versions = sorted(entry.name for entry in folder("instruments", name).iterdir() if entry.is_dir())
    where = ("instruments", name, versions[-1])
    languages = [
        entry.name for entry in folder(*where, "languages").iterdir() if entry.name.endswith(".json")
    ]
    return read_json(*where, "instrument.json"), {
        f[:-5]: read_json(*where, "languages", f) for f in sorted(languages)
    }


@lru_cache(maxsize=32)
def _read(pk: UUID, content_hash: str, language: str) -> Instrument:
    published = PublishedInstrument.objects.get(pk=pk)
    content = {"definition": published.definition, "languages": published.languages}
    if instruments.content_hash(content) != content_hash:
        raise Altered(str(published))
    return instruments.read(published.definition, published.languages).in_language(language)
