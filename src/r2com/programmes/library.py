"""Which programmes travel with the software, and the one that somebody began, as it was on that day."""

from functools import cache, lru_cache
from uuid import UUID

from r2com.content import folder, read_json
from r2com.core import programmes
from r2com.core.programmes import Programme

from .models import Edition

HOME = "programmes"
Files = tuple[dict, dict[str, dict]]


class Altered(Exception):
    """A kept programme no longer matches the hash it was kept with."""


def offered(language: str) -> list[Programme]:
    """The newest edition of each programme, by name in this language; what is guarded comes last."""
    found = [newest(id).in_language(language) for id in ids()]
    return sorted(found, key=lambda programme: (programme.guard, programme.name))


@cache
def ids() -> tuple[str, ...]:
    return tuple(sorted(entry.name for entry in folder(HOME).iterdir() if entry.is_dir()))


@cache
def newest(id: str) -> Programme:
    """The newest edition of a programme in English. Raises core.programmes.BadDefinition, KeyError."""
    return programmes.read(*packaged(id))


@cache
def packaged(id: str) -> Files:
    """The newest definition of a programme and its languages, as they lie in the files. Raises KeyError."""
    if id not in ids():
        raise KeyError(id)
    edition = max((e.name for e in folder(HOME, id).iterdir() if e.is_dir()), key=_in_order)
    where = (HOME, id, edition)
    languages = sorted(f.name for f in folder(*where, "languages").iterdir() if f.name.endswith(".json"))
    given = {file[:-5]: read_json(*where, "languages", file) for file in languages}
    return read_json(*where, "programme.json"), given


def kept(edition: Edition, language: str) -> Programme:
    """A programme as it was begun, for ever. Raises Altered when its row was changed since."""
    return _read(edition.pk, edition.content_hash).in_language(language)


@lru_cache(maxsize=64)
def _read(pk: UUID, content_hash: str) -> Programme:
    edition = Edition.objects.get(pk=pk)
    if programmes.content_hash(edition.definition, edition.languages) != content_hash:
        raise Altered(str(edition))
    return programmes.read(edition.definition, edition.languages)


def _in_order(edition: str) -> tuple[int, str]:
    return (int(edition), "") if edition.isdigit() else (0, edition)
