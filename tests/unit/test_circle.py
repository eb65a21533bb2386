"""The circle of people as a drawing."""

from itertools import combinations

import pytest
from defusedxml import ElementTree

from r2com.ui.circle import RADII, SIZE, Bead, circle_svg, placed

RINGS = ["Close", "Beside me", "Further out"]


def test_everybody_stands_on_their_ring_and_nobody_on_somebody_else():
    beads = [Bead(ring, f"Friend {ring}{place}") for ring in (1, 2, 3) for place in range(6)]

    found = placed(beads)

    for bead, (_name, x, y) in zip(beads, found, strict=True):
        assert abs(((x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2) ** 0.5 - RADII[bead.ring - 1]) < 1.5
    assert min((a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 for a, b in combinations(found, 2)) > 12**2


def test_it_says_in_words_who_stands_where():
    drawing = ElementTree.fromstring(
        str(circle_svg("Milo", [Bead(1, "Mother"), Bead(3, "Sister")], rings=RINGS))
    )

    assert drawing.findtext("desc") == "Close: Mother. Beside me: –. Further out: Sister."


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_the_words():
    drawing = ElementTree.fromstring(str(circle_svg("Milo", [Bead(1, "Philippa-Marguerite")], rings=RINGS)))

    assert "Philippa-Marg…" in [text.text for text in drawing.iter("text")]
    assert "Philippa-Marguerite" in drawing.findtext("desc")


def test_names_are_escaped():
    assert "<b>" not in circle_svg("<b>", [Bead(1, "<b>")], rings=RINGS)


def test_a_ring_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="ring"):
        circle_svg("Milo", [Bead(4, "Mother")], rings=RINGS)
