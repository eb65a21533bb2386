"""From the files to a checklist that can be used, and from a list that was begun to its own version."""

from functools import cache, lru_cache
from uuid import UUID

from django.utils.translation import get_language

from r2com.content import folder, read_json
from r2com.core.checklists import Checklist, Line, read

from .models import Begun, ChecklistVersion


class Altered(Exception):
    """A version that somebody's list was begun with is no longer what it was."""


def packaged(name: str) -> tuple[dict, dict[str, dict]]:
    """The newest definition of a checklist that travels with the software, and its languages."""
    versions = [entry.name for entry in folder("checklists", name).iterdir() if entry.is_dir()]
    where = ("checklists", name, max(versions, key=_in_order))
    files = [file.name for file in folder(*where, "languages").iterdir() if file.name.endswith(".json")]
    languages = {file[:-5]: read_json(*where, "languages", file) for file in sorted(files)}
    return read_json(*where, "checklist.json"), languages


@cache
def newest(name: str) -> Checklist:
    """What a list that is begun today would be begun with."""
    return read(*packaged(name))


def of(begun: Begun | None, name: str, language: str | None = None) -> Checklist:
    """The list as it was when it was begun; before that, the newest one. Raises Altered."""
    found = newest(name)
    if begun is not None and begun.version.content_hash != found.content_hash:
        found = _kept(begun.version_id, begun.version.content_hash)
    return found.in_language(language or get_language() or "en")


def lines_by_id(checklist: Checklist) -> dict[str, Line]:
    return {line.id: line for line in checklist.lines}


@lru_cache(maxsize=32)
def _kept(pk: UUID, content_hash: str) -> Checklist:
    version = ChecklistVersion.objects.get(pk=pk)
    found = read(version.definition, version.languages)
    if found.content_hash != content_hash:
        raise Altered(str(version))
    return found


def _in_order(version: str) -> list[int | str]:
    """2 comes before 10."""
    return [f"{int(part):09}" if part.isdigit() else part for part in version.split(".")]
