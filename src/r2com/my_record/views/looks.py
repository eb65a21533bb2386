"""Who looked at a record: for those who work in the case, and for the data-protection officer."""

from uuid import UUID

from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from .. import looked


@require_safe
def who_looked(request, reference):
    """Every reading of this record, the newest first."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    looks = looked.at_case(case, _before(request))
    return frame.record(request, case, "my_record/who_looked.html", {"looks": looks}, tab="who_looked")


@only(May.READ_REGISTERS)
@require_safe
def readings(request):
    """Every reading in the house. Records stand under their reference, so that nobody is named."""
    reference = request.GET.get("reference", "").replace("\0", "").strip()[:20]
    trail.opened("readings", subject=None, by=request.user)
    looks = looked.in_house(request.membership.organisation, reference, _before(request))
    return agency(
        request, "my_record/readings.html", {"looks": looks, "reference": reference}, tab="readings"
    )


def _before(request) -> UUID | None:
    """Where the page before ended; anything else begins at the newest."""
    try:
        return UUID(request.GET.get("before", ""))
    except ValueError:
        return None
