"""What programmes put into the line of time of a case."""

from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils.translation import gettext as _

from r2com.cases.timeline import Kept, Lane, register

from .models import Offer, SessionEntry, Turn

# A meeting is known by its day. Noon is on the same day wherever the installation stands.
ON_THE_DAY = ExpressionWrapper(F("day") + Value(timedelta(hours=12)), DateTimeField())


def register_kept() -> None:
    register(
        Kept(
            "programme",
            Lane.SUPPORT,
            lambda asker, case: Offer.objects.visible_to(asker).filter(case=case),
            at="at",
            who="by__name",
            word=F("says"),
            link="chosen_programme",
            says=lambda word: (
                _("Programme begun") if word == Offer.Says.YES else _("Programme offered, not taken up")
            ),
        ),
        Kept(
            "programme_turn",
            Lane.SUPPORT,
            lambda asker, case: Turn.objects.visible_to(asker).filter(offer__case=case),
            at="at",
            who="by__name",
            word=F("kind"),
            about="offer_id",
            link="chosen_programme",
            says=lambda word: _("Programme: %(what)s") % {"what": Turn.Kind(word).label},
        ),
        Kept(
            "programme_session",
            Lane.MET,
            lambda asker, case: SessionEntry.objects.visible_to(asker).filter(
                offer__case=case, what=SessionEntry.What.HELD
            ),
            at=ON_THE_DAY,
            who="leader__name",
            about="offer_id",
            link="chosen_programme",
            says=lambda word: _("Meeting of the programme"),
        ),
    )
