"""What was handed over to somebody and waits to be read. Today shows it among what waits."""

from r2com.access.models import seen
from r2com.access.roles import May

from .models import HandOverNote


def unread(user):
    """Notes to this user about open cases that they see, handed over and not read yet."""
    mine = HandOverNote.objects.filter(to=user.pk, case__in=seen("case", user, May.READ_SENSITIVE))
    waits = mine.filter(handed__isnull=False, reading__isnull=True, taken_back__isnull=True)
    return waits.filter(case__closure__isnull=True)
