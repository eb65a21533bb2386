"""One page while it is filled in: its form, what was understood, and where it goes on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as fields
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, QueryDict
from django.utils import timezone

from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import Page, pages, walk
from r2com.drafts.forms import Remembered

from . import forms, reading
from .forms import PageForm
from .models import Questionnaire

MOST_TIMES = 50


@dataclass(frozen=True)
class Here:
    """A page of a questionnaire, today."""

    questionnaire: Questionnaire
    guide: Instrument
    page: Page
    number: int
    today: date

    @classmethod
    def at(cls, questionnaire: Questionnaire, number: int) -> "Here":
        guide = reading.guide_of(questionnaire)
        every = pages(guide.questions)
        if not 1 <= number <= len(every):
            raise Http404
        return cls(questionnaire, guide, every[number - 1], number, timezone.localdate())

    @property
    def names(self) -> set[str]:
        return reading.names_on(self.page)

    @property
    def title(self) -> str:
        return reading.title_of(self.guide, self.questionnaire.answers, self.page, self.today)

    @property
    def pages(self) -> int:
        return len(pages(self.guide.questions))

    @property
    def before(self) -> int | None:
        """The page before this one on which something is asked."""
        asked = self._asked(self.questionnaire.answers)
        return max((number for number in asked if number < self.number), default=None)

    def form(self, sent: QueryDict | None, memory: Remembered) -> PageForm:
        made = self._class(self.questionnaire.answers)
        start = forms.start(made, self.questionnaire.answers) | {"base": self.questionnaire.mark(self.names)}
        return made(sent, initial=memory.initial(made, start) | {"base": start["base"]})

    def understood(self, form: PageForm) -> dict[str, Any]:
        """The page's answers with what was written laid over. What does not fit is said beside it."""
        form.is_valid()
        kept = self.questionnaire.answers
        answers = form.said(forms.of_page(kept, self.page))
        wrong = forms.mend(form, self.guide, {**self._others(), **answers}, self.today)
        return forms.without(answers, wrong, kept)

    def change_times(self, form: PageForm, answers: dict[str, Any], go: str) -> None:
        """Make room for another time in a group that repeats, or take one away."""
        what, _, rest = go.partition(":")
        name, _, number = rest.partition(":")
        rows = [row for row in form.layout if row.name == name]
        has_room = len([row for row in rows if row.kind == "time"]) < MOST_TIMES
        if what == "more" and has_room and any(row.kind == "more" for row in rows):
            forms.one_more(answers, name)
        if what == "less" and any(row.kind == "time" and str(row.number) == number for row in rows):
            forms.one_less(answers, name, int(number))

    def onward(self, form: PageForm, answers: dict[str, Any], go: str) -> int | None:
        """The page to go to: None after the last."""
        if go == "back":
            return self.before or self.number
        if go != "next" or self._new(form, answers):
            return self.number
        asked = self._asked({**self._others(), **answers})
        return min((number for number in asked if number > self.number), default=None)

    def anchor(self, form: PageForm, answers: dict[str, Any], go: str) -> str:
        """Where on the page to go on: what is asked anew, or the group that was changed."""
        if go.startswith(("more:", "less:")):
            return f"#{go.split(':')[1]}"
        new = self._new(form, answers) if go == "next" else []
        return f"#field-{new[0]}" if new else ""

    def differences(self, form: PageForm, answers: dict[str, Any]) -> list[tuple[str, str, str]]:
        """Where somebody else kept another answer meanwhile: question, here, there."""
        kept = self.questionnaire.answers
        both = [
            (
                reading.spoken(question.label, one.said),
                *(reading.in_words(question, forms.look(said, name)) for said in (answers, kept)),
            )
            for name, (one, question) in form.questions.items()
        ]
        return [(label, mine, theirs) for label, mine, theirs in both if mine != theirs]

    def with_what_is_new(self, form: PageForm, answers: dict[str, Any]) -> PageForm:
        """The form as it was sent, and what its sound answers bring up beside what is still to be mended."""
        whole = self._class({**self._others(), **answers})(form.data, initial=form.initial)
        whole.full_clean()
        for name, faults in form.errors.as_data().items():
            if name not in whole.errors and (name in whole.fields or name == NON_FIELD_ERRORS):
                whole.add_error(None if name == NON_FIELD_ERRORS else name, faults)
        return whole

    def go_on_top(self, form: PageForm) -> None:
        """Let the same form be kept over what stands now."""
        current = Questionnaire.objects.get(pk=self.questionnaire.pk)
        form.data = form.data.copy()
        form.data["base"] = current.mark(self.names)

    def _class(self, answers: dict[str, Any]) -> type[PageForm]:
        return forms.page_form(self.guide, self.page, answers, self.today)

    def _others(self) -> dict[str, Any]:
        """What was answered on the other pages."""
        return {name: said for name, said in self.questionnaire.answers.items() if name not in self.names}

    def _new(self, form: PageForm, answers: dict[str, Any]) -> list[str]:
        """The fields that the answers bring up on this page, and those that they offer other choices for."""
        now = self._class({**self._others(), **answers}).base_fields
        return [name for name in now if name not in form.fields or _more(now[name], form.fields[name])]

    def _asked(self, answers: dict[str, Any]) -> list[int]:
        asked = {one.path[0] for one in walk(self.guide.questions, answers, self.today)}
        every = enumerate(pages(self.guide.questions), 1)
        return [number for number, page in every if asked & (self._parts(page))]

    @staticmethod
    def _parts(page: Page) -> set[str]:
        return {part.id for part in page.parts}


def _more(now: fields.Field, then: fields.Field) -> bool:
    """Whether a list offers something now that it did not offer on the page that was sent."""
    return bool(set(getattr(now, "choices", [])) - set(getattr(then, "choices", [])))
