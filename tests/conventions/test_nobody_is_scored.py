"""Nobody is scored: no total, level, ranking or prediction of a human being, in any place it could hide."""

import ast
import importlib
import inspect
import re

import pytest
from django import forms
from django.db import models as fields

from r2com.api.description import api
from tests import messages

from .scoring import listed, names, scoring, sorts_by_judgement, sums, words
from .source import app_of, layers, models, modules, templates, texts
from .test_doors import addresses

# Scoring words that score nobody: place → word → reason. Each is still needed, or the test says so.
ALLOWED = {
    "assessments/typst/assessment.typ": {"level": "the rank of a heading, for screen readers"},
    "assessments/typst/pulses.typ": {"level": "the rank of a heading, for screen readers"},
    "core/agreement/coefficients.py": {"weighted": "weighted kappa, as Cohen (1968) named it; about raters"},
    "config/findings.py": {"severity": "how grave a fault of the installation is"},
    "config/settings.py": {"level": "Django's name for how much is logged"},
    "config/serving.py": {"level": "the server's name for how much is logged"},
    "documents/workshop/sheets.py": {"level": "the library's name for how far a file is unpacked"},
    "people/notice_text.py": {"points": "the points of a list in a notice"},
    "plans/typst/plan.typ": {"level": "the rank of a heading, for screen readers"},
    "safety_plans/templates/safety_plans/call.html": {"danger": "the number to call"},
    "safety_plans/typst/card.typ": {"level": "the rank of a heading, for screen readers"},
    "reviews/typst/carried.typ": {"level": "the rank of a heading, for screen readers"},
    "reviews/typst/letter.typ": {"level": "the rank of a heading, for screen readers"},
    "reviews/typst/review.typ": {"level": "the rank of a heading, for screen readers"},
    "ui/charts.py": {"level": "how high a drawing is filled", "weight": "how thick a line is drawn"},
    "ui/static/ui/look.css": {"weight": "how bold a letter is"},
    "ui/templates/ui/messages.html": {"level": "Django's name for the kind of a message"},
    "ui/typst/paper.typ": {
        "level": "the rank of a heading",
        "weight": "how bold a letter is printed",
    },
    # Sentences of the interface, whole.
    "In danger: 112": {"danger": "the number to call"},
    "In immediate danger call %(number)s.": {"danger": "the number to call"},
    "The guide is independent, not validated, and does not predict what anybody will do.": {
        "predict": "says that we do not"
    },
    "Nothing is added up. Two items with the same word are not the same weight.": {
        "weight": "says that we do not"
    },
}
# Sums that add up nothing about a person.
SUMS_ALLOWED = {
    "assessments/views/contents.py: sum((state != '' for _item, _rating, state in lines))": (
        "how many items were talked about; completeness of the form"
    ),
    "contacts/models.py: Sum('standing__minutes')": "the hours of our work by week; nothing about the person",
    "plans/models.py: sum((goal.version for goal in self.goals.all()))": (
        "which draft of the words somebody saw"
    ),
}
SORTS_ALLOWED = {}
# Numbers that count sheets, bytes, versions, weeks before release, or our own hours and minutes of help.
NUMBERS = {
    *listed("id version position number hours_a_week minutes weeks_before fingerprint pages pieces size"),
}
CASEWORK = [
    *listed("people cases tasks assessments plans home instruments sharing contests documents threads"),
    *listed("questionnaires landing safety_plans contacts programmes observations reviews supervision"),
    *listed("exports imports my_record rights api corner conditions guards keeping"),
]
BELOW = listed("config organisations credentials accounts drafts audit vault access jobs ui core content")
CASEWORK_CODE = [f"{app}/**/*.py" for app in CASEWORK] + ["core/**/*.py"]
# Adds up how far raters agree, of any table anybody brings. No app may use it, so no record gets near it.
ABOUT_RATERS = "core/agreement/"


def said_in_the_source():
    """Everything that is named or said, as (place, text)."""
    for place, tree in modules().items():
        yield from ((place, name) for name in names(tree))
    for place, text in (
        templates() | texts("*/typst/*.typ", "*/static/**/*.js", "*/static/**/*.css")
    ).items():
        yield place, text
    yield from ((text, text) for text in messages.said())


def said_in_the_running_application():
    """What Django knows: columns, forms and addresses, as (place, text)."""
    for model in models():
        for field in model._meta.get_fields():
            yield f"model {model._meta.label}", f"{field.name} {getattr(field, 'verbose_name', '')}"
    for form in all_forms():
        for name, field in form.base_fields.items():
            yield f"form {form.__name__}", f"{name} {field.label or ''}"
    yield from ((f"address {name}", f"{name} {path}") for name, path in addresses())
    yield from (("the API", text) for text in every_text(api.get_openapi_schema()))


def every_text(described):
    """Every name and every sentence in a description of the API, however deep."""
    if isinstance(described, dict):
        for name, inside in described.items():
            yield str(name)
            yield from every_text(inside)
    elif isinstance(described, list | tuple):
        for inside in described:
            yield from every_text(inside)
    elif isinstance(described, str):
        yield described


def all_forms():
    for place in modules("*/forms.py", "*/forms/*.py"):
        module = importlib.import_module(
            "r2com." + place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        )
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if issubclass(thing, forms.BaseForm) and hasattr(thing, "base_fields"):
                yield thing


def test_no_name_and_no_sentence_scores_anybody():
    found = {(place, word) for place, text in said_in_the_source() for word in scoring(text)}

    assert sorted(found - allowed()) == []


def test_no_column_form_or_address_scores_anybody():
    found = {(place, word) for place, text in said_in_the_running_application() for word in scoring(text)}

    assert sorted(found) == []


def test_every_exception_is_still_needed():
    found = {(place, word) for place, text in said_in_the_source() for word in scoring(text)}

    assert sorted(allowed() - found) == []


def allowed():
    return {(place, word) for place, reasons in ALLOWED.items() for word in reasons}


# Numbers that the API says or takes: which version, how many rows, how long; the status of an answer.
API_NUMBERS = {"number", "minutes", "base", "limit", "status"}


def numbers_in(schemas):
    for name, schema in schemas.items():
        for field, about in schema.get("properties", {}).items():
            if re.search("'(integer|number)'", str(about)):
                yield f"{name}.{field}"


def test_the_api_says_words_not_numbers():
    found = set(numbers_in(api.get_openapi_schema()["components"]["schemas"]))

    assert {field.split(".")[1] for field in found} <= API_NUMBERS


def test_a_scoring_name_in_the_api_is_found():
    described = {"schemas": {"Case": {"properties": {"riskLevel": {"type": "integer"}}}}}

    assert any(scoring(text) for text in every_text(described))
    assert list(numbers_in(described["schemas"])) == ["Case.riskLevel"]


def test_casework_keeps_words_not_numbers():
    numeric = (fields.IntegerField, fields.FloatField, fields.DecimalField, fields.DurationField)
    numbers = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        if model._meta.app_label in CASEWORK
        for field in model._meta.fields
        if isinstance(field, numeric) and field.name not in NUMBERS
    ]

    assert numbers == []


def test_nothing_in_casework_is_added_up():
    found = [
        f"{place}: {one}"
        for place, tree in modules(*CASEWORK_CODE).items()
        if not place.startswith(ABOUT_RATERS)
        for one in sums(tree)
    ]

    assert sorted(set(found) - set(SUMS_ALLOWED)) == []


def test_no_app_uses_what_adds_up_the_agreement_of_raters():
    users = {place for place, tree in modules().items() if "r2com.core.agreement" in ast.unparse(tree)}

    assert {app_of(place) for place in users} <= {"core", "config"}
    assert all(place.startswith((ABOUT_RATERS, "config/agreement/")) for place in users)


def test_nobody_is_put_in_order_by_what_was_judged():
    found = [
        f"{place}: {one}"
        for place, tree in modules(*CASEWORK_CODE).items()
        for one in sorts_by_judgement(tree)
    ]

    assert sorted(set(found) - set(SORTS_ALLOWED)) == []


def test_casework_is_all_of_casework():
    """A new app belongs on one of the two lists."""
    every = {app for layer in layers() for app in layer}

    assert every - BELOW == set(CASEWORK)
    assert {app_of(place) for place in modules(*CASEWORK_CODE)} <= {*CASEWORK, "core"}


@pytest.mark.parametrize(
    "text",
    [
        "risk_level",
        "totalScore",
        "Ranked by need",
        "rating-percentage",
        "RISK",
        "Nível de risco",
        "weighted_sum",
    ],
)
def test_a_scoring_word_is_found(text):
    assert scoring(text)


@pytest.mark.parametrize(
    "text", ["several", "upgrade", "support intensity", "3 of 40 items talked about", "endanger"]
)
def test_an_innocent_word_is_not(text):
    assert not scoring(text)


@pytest.mark.parametrize(
    "line",
    [
        "def risk(person): ...",
        "class Prediction: ...",
        "row.score = 3",
        "answer = {'total': 4}",
        "answer['level'] = 'high'",
        "show(percent=40)",
    ],
)
def test_a_scoring_name_is_found(line):
    assert any(scoring(name) for name in names(ast.parse(line)))


@pytest.mark.parametrize("line", ["sum(values)", "rows.aggregate(Avg('x'))", "statistics.mean(ratings)"])
def test_a_sum_is_found(line):
    assert sums(ast.parse(line))


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("cases.order_by('assessments__ratings__judgements')", True),
        ("sorted(cases, key=lambda case: case.rating)", True),
        ("ordering = ['-support']", True),
        ("cases.order_by('release_on')", False),
        ("sorted(ratings, key=lambda one: one.rated_at)", False),
    ],
)
def test_sorting_by_judgement_is_found(line, is_found):
    assert bool(sorts_by_judgement(ast.parse(line))) is is_found


def test_names_are_cut_into_words():
    assert words("riskLevel risk_level RISK Level2") == ["risk", "level", "risk", "level", "risk", "level"]
