"""The form of one page, made from what is asked on it just now."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import MESSAGES, Asked, Page, Part, Question, offered, problems, walk
from r2com.ui.forms import Cards, Checks, Day, Form, Moment, Words

from .reading import field_name, names_on, spoken

MANY_CHOICES = 12
LONGEST = 4000
LARGEST = 10**15
SENTENCES = {
    "required": _("This is still to be answered."),
    "value": _("Choose or write an answer of the kind that is asked for."),
    "constraint": _("This answer does not fit what is asked for."),
    "other": _("Add in a few words what you mean."),
}
assert SENTENCES.keys() == MESSAGES.keys()


@dataclass(frozen=True)
class Row:
    """One thing on the page. `kind` is heading, time, more, note or field; `name` that of field or group."""

    kind: str
    text: str = ""
    hint: str = ""
    name: str = ""
    number: int = 0


class Open(Cards):
    """Cards of which none is chosen before somebody chooses: leaving a question needs no press."""

    def format_value(self, value):
        return super().format_value(value) if value else []


class PageForm(Form):
    """The questions of a page. Nothing is owed before the end, so nothing typed is held back."""

    base = forms.CharField(widget=forms.HiddenInput, max_length=16)
    questions: dict[str, tuple[Asked, Question]]
    layout: list[Row]

    def mark_owed(self) -> None:
        """Say beside a question whether it may stay empty."""
        for name, (_asked, question) in self.questions.items():
            self.fields[name].required = question.required

    @property
    def rows(self) -> list[tuple[Row, forms.BoundField | None]]:
        return [(row, self[row.name] if row.kind == "field" else None) for row in self.layout]

    def said(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of the page as kept, with what was written now and could be understood laid over."""
        answers = deepcopy(dict(kept))
        for name in self.fields:
            if name == "base" or self.fields[name].disabled or name not in self.cleaned_data:
                continue
            home, key = _home(answers, name)
            value = _as_kept(self.cleaned_data[name])
            if value in (None, "", [], False):
                home.pop(key, None)
            else:
                home[key] = value
        return answers


def page_form(guide: Instrument, page: Page, answers: Mapping[str, Any], today: date) -> type[PageForm]:
    """The form class of a page, as it is asked after these answers."""
    asked = {one.path: one for one in walk(guide.questions, answers, today)}
    layout = list(_layout(page.parts, (), asked, outer=True))
    found = {
        field_name(one.path): (one, one.part)
        for one in asked.values()
        if isinstance(one.part, Question) and one.part.can_be_answered
    }
    on_page = {row.name for row in layout}
    fields: dict[str, Any] = {}
    for name, (one, question) in found.items():
        if name in on_page:
            fields[name] = _field(question, one)
            if question.other:
                fields[f"{name}_other"] = _other(question)
    questions = {name: pair for name, pair in found.items() if name in on_page}
    return type("QuestionsForm", (PageForm,), {**fields, "questions": questions, "layout": layout})


def start(form: type[PageForm], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the form begins with: the answers that are kept."""
    return {
        name: _as_shown(field, look(answers, name))
        for name, field in form.base_fields.items()
        if name != "base"
    }


def mend(form: PageForm, guide: Instrument, answers: Mapping[str, Any], today: date) -> set[str]:
    """Say beside each question what does not fit. Gives the names of those that do not."""
    wrong = set()
    for problem in problems(guide.questions, answers, today, completing=False):
        name = field_name(problem.path)
        if name in form.questions and name not in form.errors:
            form.add_error(name, sentence(problem, form.questions[name][0].said))
            wrong.add(name)
    return wrong


def sentence(problem, said: Mapping[str, Any]) -> str:
    """What is wrong, in the instrument's own words if it has some."""
    return spoken(problem.message, said) if problem.own else str(SENTENCES[problem.kind])


def without(answers: dict[str, Any], names: set[str], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, but those that do not fit as they were before."""
    for name in names:
        home, key = _home(answers, name)
        before = look(kept, name)
        if before in (None, "", []):
            home.pop(key, None)
        else:
            home[key] = before
    return answers


def one_more(answers: dict[str, Any], name: str) -> None:
    """Room for another time in a group that repeats."""
    home, key = _home(answers, name)
    home[key] = [*(home.get(key) or []), {}]


def one_less(answers: dict[str, Any], name: str, number: int) -> None:
    home, key = _home(answers, name)
    times = list(home.get(key) or [])
    if 0 <= number < len(times):
        del times[number]
    home[key] = times


def of_page(answers: Mapping[str, Any], page: Page) -> dict[str, Any]:
    names = names_on(page)
    return {name: value for name, value in answers.items() if name in names}


def _layout(
    parts: tuple[Part, ...], prefix: tuple, asked: Mapping[tuple, Asked], outer: bool = False
) -> Iterator[Row]:
    for part in parts:
        one = asked.get((*prefix, part.id))
        if one is None:
            continue
        if isinstance(part, Question):
            if part.kind == "note":
                yield Row("note", spoken(part.label, one.said), spoken(part.hint, one.said))
            elif part.can_be_answered:
                yield Row("field", name=field_name(one.path))
                if part.other:
                    yield Row("field", name=f"{field_name(one.path)}_other")
            continue
        title, hint, name = spoken(part.title, one.said), spoken(part.hint, one.said), field_name(one.path)
        if hint or not outer:
            yield Row("heading", "" if outer else title, hint)
        if part.repeats:
            for number in range(len(one.value)):
                yield Row("time", title, name=name, number=number)
                yield from _layout(part.parts, (*one.path, number), asked)
            yield Row("more", title, name=name)
        else:
            yield from _layout(part.parts, prefix, asked)


def _field(question: Question, one: Asked) -> forms.Field:
    given = {
        "label": spoken(question.label, one.said),
        "help_text": spoken(question.hint, one.said),
        "required": False,
        "disabled": question.read_only,
    }
    if question.kind in ("one", "many"):
        return _choosing(question, one, given)
    if question.kind == "integer":
        return forms.IntegerField(min_value=-LARGEST, max_value=LARGEST, **given)
    if question.kind == "decimal":
        wrong = {
            "invalid": format_lazy(_("Write a number under “{label}”, such as 2.5."), label=given["label"])
        }
        return forms.DecimalField(max_digits=20, error_messages=wrong, **given)
    if question.kind == "time":
        return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **given)
    kinds = {
        "text": lambda: forms.CharField(max_length=LONGEST, **given),
        "long_text": lambda: forms.CharField(max_length=LONGEST, widget=Words, **given),
        "date": lambda: forms.DateField(widget=Day, **given),
        "date_time": lambda: forms.DateTimeField(widget=Moment, **given),
        "acknowledge": lambda: forms.BooleanField(**given),
    }
    return kinds[question.kind]()


def _choosing(question: Question, one: Asked, given: dict) -> forms.Field:
    choices = [(choice.id, choice.label) for choice in offered(question, one.said)]
    choices += [("other", _("Something else"))] if question.other else []
    if question.kind == "many":
        return forms.MultipleChoiceField(choices=choices, widget=Checks, **given)
    if len(choices) > MANY_CHOICES:
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **given)
    return forms.ChoiceField(choices=[("", _("No answer")), *choices], widget=Open(blanks=[""]), **given)


def _other(question: Question) -> forms.Field:
    label = _("If something else: what?")
    return forms.CharField(label=label, required=False, max_length=500, disabled=question.read_only)


def _home(answers: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """Where an answer stands, and under which name; what is missing on the way is made."""
    home: Any = answers
    *way, last = name.split("/")[1:]
    for step in way:
        home = home[int(step)] if isinstance(home, list) else home.setdefault(step, [])
    return home, last


def look(answers: Mapping[str, Any], name: str) -> Any:
    found: Any = answers
    for step in name.split("/")[1:]:
        if isinstance(found, list):
            found = found[int(step)] if int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _as_kept(value: Any) -> Any:
    """What a field understood, as answers are kept."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return format(value, "f") if isinstance(value, Decimal) else value


def _as_shown(field: forms.Field, value: Any) -> Any:
    """What is kept, as a field shows it."""
    if value in (None, "", []):
        return value
    if isinstance(field, forms.DateTimeField):
        return timezone.make_aware(datetime.fromisoformat(value))
    if isinstance(field, forms.TimeField):
        return time.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(field, forms.DateField) else value
