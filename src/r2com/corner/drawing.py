"""The circle of people, as a drawing and as rows: the same on the page and on paper."""

from django.utils.safestring import SafeString

from r2com.ui.circle import Bead, circle_svg

from .models import Supporter


def rings(supporters: list[Supporter]) -> list[tuple[str, list[Supporter]]]:
    """The rings from the inside out, each with its people."""
    return [(str(ring.label), [one for one in supporters if one.ring == ring]) for ring in Supporter.Ring]


def picture(supporters: list[Supporter], me: str, *, standalone: bool = False) -> SafeString:
    """The circle: the person in the middle, a bead for each supporter on their ring."""
    beads = [Bead(ring=int(one.ring), name=one.name) for one in supporters]
    return circle_svg(me, beads, rings=[str(ring.label) for ring in Supporter.Ring], standalone=standalone)
