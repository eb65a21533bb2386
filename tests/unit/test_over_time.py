from xml.etree import ElementTree

from r2com.ui.over_time import A_LINE, Arrow, arrows_over_time

NAMESPACE = "{http://www.w3.org/2000/svg}"
SAID = [Arrow("3 Nov", "steady", "Steady"), Arrow("10 Nov", "", "Left empty"), Arrow("17 Nov", "new", "New")]


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314


def texts(svg):
    return [span.text for span in parsed(svg).iter(f"{NAMESPACE}tspan")]


def test_every_arrow_has_its_word_and_its_day_in_the_order_of_time():
    drawn = arrows_over_time("A place to live", SAID, standalone=True)

    assert texts(drawn) == ["Steady", "3 Nov", "Left empty", "10 Nov", "New", "17 Nov"]
    assert 'aria-label="A place to live: 3 Nov Steady; 10 Nov Left empty; 17 Nov New"' in drawn


def test_what_was_left_empty_is_a_dashed_circle_and_never_an_arrow():
    drawn = arrows_over_time("x", [Arrow("3 Nov", "", "Left empty")])

    assert 'class="line dash"' in drawn
    assert "<path" not in drawn


def test_a_word_that_this_drawing_does_not_know_is_still_written():
    drawn = arrows_over_time("x", [Arrow("3 Nov", "sideways", "Sideways")], standalone=True)

    assert "Sideways" in texts(drawn)
    assert "<circle" in drawn


def test_time_breaks_into_lines_like_words():
    many = [Arrow(f"{day} Nov", "easing", "Easing") for day in range(1, 2 * A_LINE + 1)]

    short, long = (parsed(arrows_over_time("x", some, True)) for some in (many[:A_LINE], many))

    assert int(long.get("height")) == 2 * int(short.get("height"))
    assert long.get("width") == short.get("width")


def test_on_paper_the_drawing_is_grey_and_carries_its_own_look():
    drawn = arrows_over_time("x", SAID, standalone=True)

    assert "var(" not in drawn
    fills = {part.get("fill") for part in parsed(drawn).iter()}
    assert fills <= {None, "none", "#1d2525", "#4c5654"}


def test_hostile_words_stay_words():
    drawn = arrows_over_time('<b>"', [Arrow("<i>", "easing", "&lt;")], standalone=True)

    assert "<b>" not in drawn
    assert "<i>" not in drawn
