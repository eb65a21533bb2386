"""What we never record against somebody has no column and no field on a form (field guide, 4.2)."""

import pytest

from .scoring import listed, words
from .source import models
from .test_nobody_is_scored import all_forms

NEVER = listed(
    """ethnicity ethnic ethnicities race racial nationality nationalities citizenship birthplace origin
    religion religions religious faith denomination mosque church piety prayer dress clothing clothes veil
    headscarf diet beard conversion convert converted politics political opinion opinions protest
    diagnosis diagnoses disorder neighbourhood neighborhood district postcode relatives"""
)


def columns():
    for model in models():
        for field in model._meta.get_fields():
            yield f"{model._meta.label}.{field.name}", f"{field.name} {getattr(field, 'verbose_name', '')}"


def questions():
    for form in all_forms():
        for name, field in form.base_fields.items():
            yield f"{form.__name__}.{name}", f"{name} {field.label or ''}"


def never(named):
    return sorted({place for place, text in named if NEVER & set(words(text))})


def test_no_column_is_for_what_we_never_record():
    assert never(columns()) == []


def test_no_form_asks_for_what_we_never_record():
    assert never(questions()) == []


@pytest.mark.parametrize("text", ["ethnicity", "country_of_origin", "politicalOpinion", "Diet and dress"])
def test_such_a_name_is_found(text):
    assert never([("somewhere", text)])
