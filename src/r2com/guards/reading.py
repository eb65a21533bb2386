"""What was read in an emergency, as the trail tells it."""

from r2com.audit.models import Event
from r2com.cases.frame import TABS

from .models import Emergency


def pages_read(emergency: Emergency) -> list[str]:
    """The pages of the record that were opened while it lasted, each once, in the order of the record."""
    opened = Event.objects.filter(name="record.opened", by=emergency.user_id, case=emergency.case_id)
    during = opened.filter(at__gte=emergency.opened_at, at__lte=emergency.until)
    names = set(during.values_list("facts__page", flat=True))
    return [str(label) for name, label in TABS if name in names]
