"""The few words that templates add to Django's own."""

from datetime import date, datetime, timedelta

import pytest
from django.template import engines
from django.utils import timezone
from django.utils.translation import override

from r2com.ui.templatetags import ui


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def shown(source, **context):
    return engines["django"].from_string(source).render(context)


def test_a_near_day_is_said_in_words_and_a_far_one_with_its_year():
    today = timezone.localdate()

    assert "today" in ui.when(today)
    assert "tomorrow" in ui.when(today + timedelta(days=1))
    assert "yesterday" in ui.when(today - timedelta(days=1))
    assert str((today + timedelta(days=400)).year) in ui.when(today + timedelta(days=400))
    assert str(today.year) not in ui.when(today + timedelta(days=3)).split(">")[1]


def test_an_hour_is_said_only_when_there_is_one():
    moment = timezone.make_aware(datetime(2020, 3, 5, 9, 30))

    assert ">5 Mar 2020, 09:30<" in ui.when(moment)
    assert ">5 Mar 2020<" in ui.when(date(2020, 3, 5))


def test_no_date_is_said_as_nothing():
    assert ui.when(None) == ""


def test_a_shape_never_stands_without_its_word():
    for kind, words in ui.WORDS.items():
        for value, word in words.items():
            assert f"<span>{word}</span>" in ui.shape(kind, value)


def test_a_blank_is_a_word_and_never_a_shape():
    blank = ui.shape("need", "unknown")

    assert "Not known" in blank
    assert "<svg" not in blank
    assert "<svg" in ui.shape("need", "none")


def test_every_shape_is_drawn():
    drawn = shown('{% include "ui/shapes.html" %}')

    for kind, words in ui.WORDS.items():
        for value in words:
            name = value if kind == "direction" else f"{kind}-{value}"
            assert f'id="{name}"' in drawn


def test_the_words_of_a_person_are_shown_as_words_and_our_own_markup_as_markup():
    page = shown("{% voice by=by %}{{ said }}{% endvoice %}", said="<b>me</b>", by="Milo <3")

    assert '<blockquote class="voice">' in page
    assert "&lt;b&gt;me&lt;/b&gt;" in page
    assert "Milo &lt;3" in page


def test_a_part_is_named_by_its_title():
    page = shown('{% part title="What matters" aside="Said aloud" %}<p>My own door.</p>{% endpart %}')

    assert 'aria-labelledby="what-matters"' in page
    assert '<h2 id="what-matters">What matters</h2>' in page
    assert "<p>My own door.</p>" in page


def test_something_empty_can_be_said_inside_a_loop():
    page = shown(
        '{% for one in many %}{% nothing title="No notes" %}{{ one }}{% endnothing %}{% endfor %}', many="a"
    )

    assert "<h3>No notes</h3>a" in page
