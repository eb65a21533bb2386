"""How forms look and speak."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from r2com.ui.forms import Cards, Checks, Day, Form, Words


class Visit(Form):
    who = forms.CharField(label="Who told you", help_text="First name or role.")
    what = forms.CharField(label="What happened", widget=Words, max_length=10)
    day = forms.DateField(label="Day", widget=Day, required=False)
    place = forms.CharField(label="Place", error_messages={"required": "Say where you met."})
    hard = forms.ChoiceField(
        label="How hard is it",
        choices=[("some", "Some"), ("unknown", "Not known")],
        widget=Cards(says={"some": "Temporary, or far away."}, blanks=["unknown"]),
    )
    helps = forms.MultipleChoiceField(label="What helps", choices=[("bed", "A bed")], widget=Checks)


GOOD = {"who": "Milo", "what": "A talk", "place": "At home", "hard": "some", "helps": ["bed"]}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def group(form, name):
    return str(form[name].as_field_group())


def test_a_wrong_field_says_so_in_words_and_to_a_screen_reader_and_a_right_one_does_not():
    form = Visit(GOOD | {"who": ""})

    wrong, right = group(form, "who"), group(form, "place")

    assert 'class="field text wrong"' in wrong
    assert 'aria-invalid="true"' in wrong
    assert 'aria-describedby="id_who_helptext id_who_error"' in wrong
    assert 'id="id_who_error"' in wrong
    assert "wrong" not in right
    assert "aria-invalid" not in right


def test_the_order_is_label_hint_error_input():
    shown = group(Visit(GOOD | {"who": ""}), "who")

    places = [shown.index(part) for part in ("<label", 'class="hint"', 'class="error"', "<input")]
    assert places == sorted(places)


def test_an_error_says_what_to_do():
    form = Visit({"what": "far too many words", "day": "27.11.", "hard": "much", "helps": []})

    assert form.errors["who"] == ["Fill in “Who told you”."]
    assert form.errors["what"] == ["Shorten “What happened” to 10 characters; it has 18."]
    assert form.errors["day"] == ["Write a date under “Day”, such as 2026-11-27."]
    assert form.errors["hard"] == ["Choose one of the answers given under “How hard is it”."]
    assert form.errors["helps"] == ["Choose at least one under “What helps”."]


def test_a_field_keeps_the_sentence_it_was_given():
    assert Visit({}).errors["place"] == ["Say where you met."]


def test_a_label_changed_later_or_with_a_per_cent_sign_is_still_said():
    form = Visit(GOOD | {"hard": "much"})
    form.fields["hard"].label = "What % is left"

    assert form.errors["hard"] == ["Choose one of the answers given under “What  is left”."]


def test_a_long_text_is_never_cut_off_while_it_is_written():
    assert "maxlength" not in group(Visit(), "what")


def test_an_honest_blank_stands_in_a_row_of_its_own_and_a_judgement_does_not():
    judged, blank = group(Visit(), "hard").split('<div class="cards">')

    assert "Some" in judged
    assert "Temporary, or far away." in judged
    assert "choice open" not in judged
    assert "Not known" in blank
    assert "choice open" in blank


def test_a_choice_that_was_made_is_still_there_when_the_form_comes_back():
    shown = group(Visit(GOOD | {"who": ""}), "hard")

    assert shown.count("checked") == 1
    assert shown.index("checked") < shown.index("Not known")


def test_the_summary_takes_the_focus_and_leads_to_each_wrong_field():
    form = Visit(GOOD | {"who": "", "hard": ""})

    shown = render_to_string("ui/errors.html", {"form": form})

    assert "2 things before this can be kept" in shown
    assert 'href="#id_who"' in shown
    assert 'href="#id_hard_0"' in shown
    assert "autofocus" in shown
    assert 'id="id_hard_0"' in group(form, "hard")


def test_a_form_without_errors_has_no_summary():
    assert "errors" not in render_to_string("ui/errors.html", {"form": Visit(GOOD)})


def test_what_was_typed_is_shown_as_words_never_as_markup():
    shown = group(Visit(GOOD | {"who": "<script>x</script>", "place": ""}), "who")

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
