"""What contacts put into the line of time of a case."""

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from r2com.cases.timeline import Kept, Lane, register

from .models import Attendance, Contact, Kind


def register_kept() -> None:
    register(
        Kept(
            "contact",
            Lane.MET,
            lambda asker, case: Contact.objects.visible_to(asker).filter(case=case),
            at="standing__happened_at",
            who="written_by__name",
            word=Concat(F("standing__kind"), Value(" "), F("standing__attendance"), output_field=TextField()),
            link="contact",
            says=_title,
        )
    )


def _title(word: str) -> str:
    """What kind it was; where it did not come about, that it did not."""
    kind, attendance = word.split(" ")
    said = str(Kind(kind).label)
    attended = Attendance(attendance)
    return said if attended.took_place else f"{said}: {attended.label}"
