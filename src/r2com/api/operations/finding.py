"""Finding the rows of an answer, page by page, and writing the reading down before it is sent."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from r2com.audit import trail
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.vault import keyring
from r2com.vault.models import Owner


class Asked(Schema):
    """Which rows: at most `limit`, and those that come after the one named."""

    after: UUID | None = None
    limit: int = Field(50, ge=1, le=100)


def paged(rows: QuerySet, asked: Asked) -> tuple[list, UUID | None]:
    """A page by the key that sorts by time: whatever is added meanwhile, no row comes twice or is missed."""
    rows = rows.order_by("pk")
    if asked.after is not None:
        rows = rows.filter(pk__gt=asked.after)
    found = list(rows[: asked.limit + 1])
    here = found[: asked.limit]
    return here, here[-1].pk if len(found) > len(here) else None


def one_case(request: HttpRequest, reference: str, address: str) -> Case:
    """The case, or 404. The trail knows before anything is told."""
    case = frame.find(request, reference)
    opened(request, case, address)
    return case


def opened(request: HttpRequest, case: Case, address: str) -> None:
    trail.opened("api", subject=case, by=request.user, address=address, token=str(request.auth.pk))
    warm([case])


def opened_several(request: HttpRequest, cases: list[Case], address: str) -> None:
    ids = sorted({str(case.pk) for case in cases})
    trail.opened("api", subject=None, by=request.user, address=address, token=str(request.auth.pk), cases=ids)
    warm(cases)


def warm(cases: list[Case]) -> None:
    """Fetch every key that the answer needs, at once."""
    people, keys = {case.person_id for case in cases}, {case.pk for case in cases}
    keyring.warm_all({Owner.PERSON: people, Owner.CASE: keys})
