"""The file a person gets: the record as paper and data, who it went to, and who looked. It is never kept.

What is held back stands there with its reason. `docs/reference/person-file.schema.json` describes the data.
"""

import io
import json
import zipfile
from datetime import datetime

from django.utils import translation

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import shown
from r2com.documents.models import Release
from r2com.my_record import looked, paper, record
from r2com.people.models import Choice
from r2com.safety_plans.paper import language

FORMAT = "person-file-1"


def packed(case: Case, *, by: User, at: datetime) -> bytes:
    """Everything in one ZIP file; the names in it name nobody."""
    file = io.BytesIO()
    with translation.override(language(case)), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("record.pdf", paper.printed(case, by=by, at=at))
        zipped.writestr("record.json", json.dumps(data(case, by=by, at=at), ensure_ascii=False, indent=1))
    return file.getvalue()


def data(case: Case, *, by: User, at: datetime) -> dict:
    """The same for a machine."""
    kept = paper.data(record.parts(case, by), shown(case, by))
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "house": case.organisation.neutral_name,
        "parts": kept["parts"],
        "recipients": recipients(case, by),
        "looked": looks(case),
    }


def recipients(case: Case, user) -> list[dict[str, str]]:
    """Whom the person agreed to share with, and to whom a paper went."""
    agreed = Choice.objects.visible_to(user).filter(person=case.person_id, agreed=True)
    said = [
        {
            "to": one.recipient.in_language(translation.get_language() or "en"),
            "what": str(one.get_purpose_display()),
            "on": one.made_at.date().isoformat(),
        }
        for one in agreed.select_related("recipient")
    ]
    gone = Release.objects.visible_to(user).filter(file__document__case=case)
    return said + [
        {"to": one.to, "what": str(one.get_ground_display()), "on": one.released_at.date().isoformat()}
        for one in gone.select_related("file__document")
    ]


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
