import re
from xml.etree import ElementTree

import pytest

from r2com.ui import charts
from r2com.ui.charts import MapRow, MapWords, arrow, map_svg, need_mark, strength_mark

NAMESPACE = "{http://www.w3.org/2000/svg}"
WORDS = MapWords(
    title="Landing and basic security",
    need="What makes it hard",
    strength="What holds",
    need_steps=("not seen", "some", "marked"),
    strength_steps=("none seen", "some", "strong"),
)


def row(title="A place to live", need=1, strength=2):
    """A row of the map with the steps given, or blanks."""
    return MapRow(
        title=title,
        need=None if need is None else WORDS.need_steps[need],
        need_position=need,
        need_blank="Does not apply" if need is None else None,
        strength=None if strength is None else WORDS.strength_steps[strength],
        strength_position=strength,
        strength_blank="Not known" if strength is None else None,
        same=f"{title}. In words.",
    )


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314


def texts(svg):
    """Every line that is written in a drawing."""
    return [span.text for span in parsed(svg).iter(f"{NAMESPACE}tspan")]


def place(mark):
    """Where along the rail the shape of a mark stands."""
    shape = re.search(r'class="(?:blank|solid)" (?:cx="|d="M)([\d.]+)', mark)
    return float(shape[1])


def test_needs_run_outward_to_the_start_and_strengths_to_the_end():
    needs = [place(need_mark(step, 3, "a word")) for step in range(3)]
    strengths = [place(strength_mark(step, 3, "a word")) for step in range(3)]

    assert needs == [166.7, 100, 33.3]
    assert strengths == [33.3, 100, 166.7]


@pytest.mark.parametrize("mark", [need_mark, strength_mark])
def test_a_shape_is_hollow_then_half_then_full(mark):
    hollow, half, full = (mark(step, 3, "a word") for step in range(3))

    assert ("blank" in hollow, "solid" in hollow) == (True, False)
    assert ("blank" in half, "solid" in half) == (True, True)
    assert ("blank" in full, "solid" in full) == (False, True)


@pytest.mark.parametrize("mark", [need_mark, strength_mark])
@pytest.mark.parametrize("steps", [2, 3, 4, 5])
def test_a_scale_has_as_many_stops_as_it_says(mark, steps):
    drawings = [mark(step, steps, "a word") for step in range(steps)]

    assert [drawing.count('"stop"') for drawing in drawings] == [steps - 1] * steps
    assert len(set(drawings)) == steps


@pytest.mark.parametrize("mark", [need_mark, strength_mark])
@pytest.mark.parametrize("position", [-1, 3])
def test_no_shape_stands_off_the_rail(mark, position):
    with pytest.raises(ValueError, match="not one of 3"):
        mark(position, 3, "a word")


@pytest.mark.parametrize("mark", [need_mark, strength_mark])
def test_a_blank_is_a_word_and_never_the_lightest_step(mark):
    blank = mark(None, 3, "Not known")

    assert blank == '<p class="unsaid">Not known</p>'
    assert texts(mark(None, 3, "Not known", standalone=True)) == ["Not known"]
    assert "stroke-dasharray" in mark(None, 3, "Not known", standalone=True)


@pytest.mark.parametrize("mark", [need_mark, strength_mark])
def test_a_mark_says_its_word(mark):
    assert parsed(mark(1, 3, "Now: some")).get("aria-label") == "Now: some"


def test_a_mark_on_its_own_carries_its_colours():
    on_page, alone = need_mark(1, 3, "some"), need_mark(1, 3, "some", standalone=True)

    assert "class=" in on_page
    assert "fill=" not in on_page
    assert "class=" not in alone
    assert 'fill="#1d2525"' in alone


def test_the_map_writes_a_word_beside_every_shape():
    written = texts(map_svg([row(need=2, strength=0)], WORDS))

    assert written.count("marked") == WORDS.need_steps.count("marked") + 1
    assert written.count("none seen") == WORDS.strength_steps.count("none seen") + 1


def test_the_map_writes_blanks_as_words():
    written = texts(map_svg([row(need=None, strength=None)], WORDS))

    assert "Does not apply" in written
    assert "Not known" in written
    assert map_svg([row(need=None, strength=None)], WORDS).count("stroke-dasharray") == 2


def test_the_map_keeps_the_order_it_is_given():
    rows = [row("Lightest", need=0), row("Heaviest", need=2), row("Blank", need=None), row("Between", need=1)]

    written = texts(map_svg(rows, WORDS))

    titles = [line for line in written if line in {one.title for one in rows}]
    assert titles == ["Lightest", "Heaviest", "Blank", "Between"]


def test_the_map_adds_nothing_up():
    one, three = map_svg([row()], WORDS), map_svg([row()] * 3, WORDS)

    assert set(texts(three)) == set(texts(one))
    assert not re.search(r"\d", "".join(parsed(three).itertext()))


def test_the_map_has_no_colour_of_its_own_for_a_heavy_row():
    colours = {
        step: set(re.findall("#[0-9a-f]{6}", map_svg([row(need=step, strength=step)], WORDS)))
        for step in range(3)
    }

    assert colours[0] == colours[1] == colours[2]
    assert colours[0] <= {charts.INK, charts.QUIET, charts.EDGE, charts.RAIL, charts.PAPER}


def test_the_map_says_the_same_in_words():
    drawing = parsed(map_svg([row("Papers"), row("Income")], WORDS))

    assert drawing.findtext(f"{NAMESPACE}title") == "Landing and basic security"
    assert drawing.findtext(f"{NAMESPACE}desc") == "Papers. In words. Income. In words."


def test_a_title_with_signs_stays_a_title():
    title = 'Rights & <script>"duties"</script>'

    svg = map_svg([row(title)], WORDS)

    assert " ".join(texts(svg)).count(title) == 1
    assert not list(parsed(svg).iter(f"{NAMESPACE}script"))
    assert parsed(need_mark(0, 3, title)).get("aria-label") == title


def test_a_long_title_takes_more_lines_and_loses_no_word():
    title = "Bonds with parents, brothers, sisters, relatives and everybody else who belongs to the household"

    short, long = map_svg([row()], WORDS), map_svg([row(title)], WORDS)

    assert title in " ".join(texts(long))
    assert int(parsed(long).get("height")) > int(parsed(short).get("height"))


def test_a_map_without_rows_is_still_a_drawing():
    assert texts(map_svg([], WORDS))[:1] == ["What makes it hard"]


def test_each_direction_has_its_own_arrow():
    directions = ["easing", "steady", "worsening", "new", "unclear"]

    assert len({parsed(arrow(one)).find("path").get("d") for one in directions}) == 5
    assert parsed(arrow("easing")).get("aria-hidden") == "true"
    assert parsed(arrow("easing", "Easing", standalone=True)).get("aria-label") == "Easing"


def test_there_is_no_arrow_for_better_or_worse_overall():
    with pytest.raises(KeyError):
        arrow("improving")
