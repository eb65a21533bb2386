"""How forms look and speak: label, hint, error, input, and errors that say what to do."""

from pathlib import Path

from django import forms
from django.forms import renderers, widgets
from django.forms.utils import pretty_name
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

OURS = Path(__file__).parent / "templates"
DJANGOS = Path(forms.__file__).parent / "templates"


class Renderer(renderers.BaseRenderer):
    """Forms in our own words and shapes; our widget templates come before Django's."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name):
        return self.engine.get_template(template_name)

    @cached_property
    def engine(self):
        options = {"builtins": ["django.templatetags.i18n"]}
        return DjangoTemplates(
            {"NAME": "forms", "DIRS": [OURS, DJANGOS], "APP_DIRS": True, "OPTIONS": options}
        )


class Cards(widgets.RadioSelect):
    """Native radio buttons as cards in words.

    `says` gives the sentence inside a card, by value. `blanks` names the values that are
    honest blanks (not known, does not apply): they stand in a row of their own.
    """

    def __init__(self, attrs=None, choices=(), says=None, blanks=()):
        super().__init__(attrs, choices)
        self.says = says or {}
        self.blanks = [str(value) for value in blanks]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"long": bool(self.says), "blanks": self.blanks}
        return context

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"says": self.says.get(str(value), ""), "open": str(value) in self.blanks}


class Checks(widgets.CheckboxSelectMultiple):
    """Checkboxes as cards in words; `says` gives the sentence inside a card, by value."""

    def __init__(self, attrs=None, choices=(), says=None):
        super().__init__(attrs, choices)
        self.says = says or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"says": self.says.get(str(value), "")}


class Words(widgets.Textarea):
    """A place to write that grows. A text that is too long is told so, never cut off while pasting."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 3, **(attrs or {})})

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class Day(widgets.DateInput):
    """The browser's own way to choose a date."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(widgets.DateTimeInput):
    """The browser's own way to choose a date and an hour, in the installation's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Hour(widgets.TimeInput):
    """The browser's own way to choose an hour."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


# What to say instead of Django's own sentence, by the kind of field and of fault. `{label}` is the field's.
SENTENCES = [
    (forms.MultipleChoiceField, "required", _("Choose at least one under “{label}”.")),
    (forms.ChoiceField, "required", _("Choose one under “{label}”.")),
    (forms.ModelChoiceField, "required", _("Choose one under “{label}”.")),
    (forms.BooleanField, "required", _("Tick “{label}” to go on.")),
    (forms.FileField, "required", _("Choose a file under “{label}”.")),
    (forms.Field, "required", _("Fill in “{label}”.")),
    (forms.ChoiceField, "invalid_choice", _("Choose one of the answers given under “{label}”.")),
    (forms.ModelChoiceField, "invalid_choice", _("Choose one of the answers given under “{label}”.")),
    (
        forms.DateTimeField,
        "invalid",
        _("Write a date and an hour under “{label}”, such as 2026-11-27 14:30."),
    ),
    (forms.DateField, "invalid", _("Write a date under “{label}”, such as 2026-11-27.")),
    (forms.TimeField, "invalid", _("Write an hour under “{label}”, such as 14:30.")),
    (forms.IntegerField, "invalid", _("Write a whole number under “{label}”.")),
    (
        forms.CharField,
        "max_length",
        _("Shorten “{label}” to %(limit_value)d characters; it has %(show_value)d."),
    ),
    (forms.EmailField, "invalid", _("Write an address such as name@example.org under “{label}”.")),
]


class Speaking:
    """Gives each field of a form sentences that say what to do, unless the field has its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages |= _sentences(field, _later(field, name))


def _label(field: forms.Field, name: str) -> str:
    """The field's label as it is when the sentence is said; a per cent sign would be taken for a value."""
    return str(field.label or pretty_name(name)).replace("%", "")


_later = lazy(_label, str)


def _sentences(field: forms.Field, label) -> dict:
    """The sentences for one field, the closest kind of field first."""
    said: dict = {}
    for kind, fault, sentence in SENTENCES:
        if isinstance(field, kind) and fault not in said and _is_djangos(field, fault):
            said[fault] = format_lazy(sentence, label=label)
    return said


def _is_djangos(field: forms.Field, fault: str) -> bool:
    """Whether the field still has the sentence that Django gives to its kind."""
    for kind in type(field).__mro__:
        if fault in getattr(kind, "default_error_messages", {}):
            return field.error_messages.get(fault) == kind.default_error_messages[fault]
    return fault not in field.error_messages


class Form(Speaking, forms.Form):
    """A form that says what to do when something is missing."""


class ModelForm(Speaking, forms.ModelForm):
    """A form for one thing that is kept, and that says what to do when something is missing."""
