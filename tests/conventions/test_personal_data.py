"""Every model with personal data says which kinds, how long, and what a person is shown of it."""

from types import SimpleNamespace

import pytest
from django.db.models import PositiveSmallIntegerField

from r2com.access.personal import CORE, Kept, Personal, Shown
from r2com.sharing.models import Category

from .personal import classified, could_hold_narrative, personal_models
from .source import models


def test_every_personal_model_says_so():
    silent = [
        model._meta.label
        for model in personal_models()
        if not isinstance(vars(model).get("personal"), Personal)
    ]

    assert silent == []


def test_only_personal_models_say_so():
    talkative = {model for model in models() if "personal" in vars(model)}

    assert talkative - set(personal_models()) == set()


def test_the_kinds_are_those_of_the_register():
    assert {kind for model in personal_models() for kind in model.personal.holds} <= set(Category.values)


def readable():
    """Columns of personal models that could hold a story and are not sealed."""
    for model in personal_models():
        yield from (
            f"{model._meta.label}.{field.name}" for field in model._meta.fields if could_hold_narrative(field)
        )


def excused():
    for model in personal_models():
        yield from (f"{model._meta.label}.{name}" for name in model.personal.clear)


def test_what_somebody_could_write_is_sealed_or_says_why_not():
    assert sorted(set(readable()) - set(excused())) == []


def test_every_column_says_what_it_holds():
    columns = [field for model in personal_models() for field in model._meta.fields]

    assert [str(field) for field in columns if not classified(field)] == []


@pytest.mark.parametrize(("name", "said"), [("shoe_size", ""), ("shoes", "clear")])
def test_a_column_of_which_nobody_said_what_it_holds_is_found(name, said):
    column = PositiveSmallIntegerField(name=name)
    column.model = SimpleNamespace(personal=Personal(CORE, Kept.CASE, Shown.WHOLE, {"shoes": "counts pairs"}))

    assert classified(column) == said


def test_no_excuse_is_left_over():
    columns = {
        f"{model._meta.label}.{field.name}" for model in personal_models() for field in model._meta.fields
    }

    assert sorted(set(excused()) - columns) == []
    assert all(reason for model in personal_models() for reason in model.personal.clear.values())


def test_the_heart_of_the_record_is_personal():
    assert {
        "people.Person",
        "cases.Case",
        "assessments.Evidence",
        "plans.Step",
        "drafts.Draft",
        "audit.Event",
    } <= {model._meta.label for model in personal_models()}
