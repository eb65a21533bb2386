"""Which models hold personal data, and what is readable in them."""

from django.db import models as fields

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.people.models import Person

from .source import models

# Columns that name a person, a case or a user without a foreign key.
BY_IDENTIFIER = {"user", "case", "person", "by", "owner", "wrapped"}
SHORT = 60


def personal_models() -> list[type]:
    """Models that are, or lead to, a person, a case or a user: through keys or identifiers."""
    reach = {Person, Case, User} | {model for model in models() if _names_somebody(model)}
    while True:
        more = {model for model in models() if _leads_to(model, reach)} - reach
        if not more:
            return [model for model in models() if model in reach]
        reach |= more


def _names_somebody(model: type) -> bool:
    columns = [
        field for field in model._meta.fields if isinstance(field, fields.UUIDField) and not field.primary_key
    ]
    return any(column.name in BY_IDENTIFIER for column in columns)


def _leads_to(model: type, reach: set[type]) -> bool:
    return any(field.related_model in reach for field in model._meta.fields)


def could_hold_narrative(field: fields.Field) -> bool:
    """Texts that somebody could write a story into, and structures."""
    if isinstance(field, fields.TextField | fields.JSONField):
        return True
    return isinstance(field, fields.CharField) and not field.choices and field.max_length > SHORT


# What a column of these kinds holds is said by the kind itself.
SAID_BY_KIND = {
    fields.ForeignKey: "points to a row",
    fields.UUIDField: "points to a row",
    fields.AutoField: "points to a row",
    fields.DateField: "a day or a moment",
    fields.TimeField: "a day or a moment",
    fields.BooleanField: "yes or no",
}


def classified(field: fields.Field) -> str:
    """What a column holds: sealed, said by its kind or its list, or by the model. Empty if nobody said it."""
    if hasattr(field, "categories"):
        return "sealed"
    if field.choices:
        return "a word from a list"
    by_kind = next((said for kind, said in SAID_BY_KIND.items() if isinstance(field, kind)), "")
    return by_kind or ("clear" if field.name in field.model.personal.clear else "")
