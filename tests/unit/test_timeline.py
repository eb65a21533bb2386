"""A line of time as a drawing."""

from datetime import date, timedelta

import pytest
from defusedxml import ElementTree

from r2com.ui.timeline import END, MOST_TICKS, START, Mark, ticks, timeline_svg

LANES = ["Met", "Planned"]
FIRST = date(2026, 9, 1)


def drawn(marks, **more):
    return ElementTree.fromstring(str(timeline_svg(LANES, marks, **more)))


def test_marks_stand_in_their_lane_in_the_order_of_their_days():
    marks = [Mark(0, FIRST), Mark(1, FIRST + timedelta(days=30)), Mark(0, FIRST + timedelta(days=60))]

    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in drawn(marks).iter("circle")]

    assert [x for x, _y in dots] == sorted(x for x, _y in dots)
    assert dots[0][0] == START
    assert dots[-1][0] == END
    assert dots[0][1] == dots[2][1] < dots[1][1]


def test_it_says_in_words_what_it_shows_and_counts_nothing():
    picture = drawn([Mark(0, FIRST), Mark(0, FIRST + timedelta(days=9)), Mark(0, FIRST)])

    assert picture.findtext("desc") == "Met: Sept. 1, 2026 – Sept. 10, 2026. Planned: –."


def test_the_months_named_stay_few_however_long_it_goes_on():
    for days in (10, 100, 400, 4000):
        assert len(ticks(FIRST, FIRST + timedelta(days=days))) <= MOST_TICKS + 1


def test_release_is_a_line_across_also_when_it_lies_ahead():
    marks, gate = [Mark(0, FIRST)], FIRST + timedelta(days=80)

    assert len(list(drawn(marks, gate=gate).iter("path"))) > len(list(drawn(marks).iter("path")))


def test_one_day_is_enough_and_nothing_is_refused():
    assert len(list(drawn([Mark(1, FIRST)]).iter("circle"))) == 1
    with pytest.raises(ValueError, match="something"):
        timeline_svg(LANES, [])


def test_a_lane_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="lane"):
        timeline_svg(LANES, [Mark(2, FIRST)])
