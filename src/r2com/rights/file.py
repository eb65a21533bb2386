"""The file a person gets: the record as paper and data, its papers, who received what, and who looked.

It is never kept. What is held back stands there with its reason, and what a second reader took out is
covered wherever it stood. `docs/reference/person-file.schema.json` describes the data.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import translation

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import shown
from r2com.documents import content
from r2com.my_record import looked, paper, record
from r2com.safety_plans.paper import language

from . import covering
from .attached import Attached, attached
from .models import FileRequest, Passage
from .recipients import recipients

FORMAT = "person-file-1"
# Reading the file is itself a reading, so that this part is never as it stood a moment ago.
ALWAYS_CHANGES = "seen"


@dataclass(frozen=True)
class Draft:
    """What would leave the house just now, as one user sees it."""

    parts: list[dict]
    recipients: list[dict[str, str]]
    files: list[Attached]
    left_out: list[dict[str, str]]

    @property
    def mark(self) -> str:
        """The same for the same content, without what changes by being read."""
        told = [part for part in self.parts if part["name"] != ALWAYS_CHANGES]
        papers = [(str(one.file.pk), one.name) for one in self.files]
        content_told = json.dumps([told, self.recipients, papers, self.left_out], sort_keys=True)
        return sha256(content_told.encode()).hexdigest()


def packed(asked: FileRequest, *, by: User, at: datetime) -> bytes:
    """Everything in one ZIP file; the names in it name nobody."""
    file, case = io.BytesIO(), asked.case
    with translation.override(language(case)), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        drawn, cover = draft(asked, by=by), covering.of(_passages(asked))
        zipped.writestr("record.pdf", paper.printed(case, by=by, at=at, cover=cover))
        told = json.dumps(data(case, drawn, at=at), ensure_ascii=False, indent=1)
        zipped.writestr("record.json", told)
        for one in drawn.files:
            zipped.writestr(one.place, content.whole(one.file))
    return file.getvalue()


def draft(asked: FileRequest, *, by: User) -> Draft:
    """What would leave, in the language that is spoken just now, without what was taken out."""
    case, passages = asked.case, _passages(asked)
    kept = paper.data(record.parts(case, by), shown(case, by))
    cover = covering.of(passages)
    left_out = [
        {"reason": str(one.get_reason_display()), "on": one.at.date().isoformat()} for one in passages
    ]
    papers = attached(case, by, cover)
    return Draft(cover.over(kept["parts"]), cover.over(recipients(case, by)), papers, left_out)


def data(case: Case, drawn: Draft, *, at: datetime) -> dict:
    """The same for a machine."""
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "house": case.organisation.neutral_name,
        "parts": drawn.parts,
        "files": [one.told for one in drawn.files],
        "left_out": drawn.left_out,
        "recipients": drawn.recipients,
        "looked": looks(case),
    }


def mark(asked: FileRequest, *, by: User) -> str:
    """What stands for the content of the file just now, in the language of the person."""
    with translation.override(language(asked.case)):
        return draft(asked, by=by).mark


def holds(asked: FileRequest, words: str, *, by: User) -> bool:
    """Whether every line of these words stands in the file."""
    with translation.override(language(asked.case)):
        told = "\n".join(covering.texts(draft(asked, by=by).parts))
    return all(covering.as_it_stands(line).search(told) for line in covering.lines(words))


def looks(case: Case) -> list[dict[str, str]]:
    """Every reading: when, in which part, for which house, and what was opened. Nobody is named."""
    rows, before = [], None
    while True:
        found = looked.at_case(case, before)
        rows += found.rows
        before = found.older
        if before is None:
            break
    return [
        {"at": one.at.isoformat(), "role": one.role, "house": one.house, "did": one.did, "page": one.page}
        for one in rows
    ]


def _passages(asked: FileRequest) -> list[Passage]:
    return list(asked.passages.standing().select_related("request"))
