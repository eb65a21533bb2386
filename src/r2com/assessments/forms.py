"""The forms of talking, rating and handing in, made from the instrument at hand."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument, Item, Scale
from r2com.ui.forms import Cards, Checks, Day, Form, Words
from r2com.ui.templatetags.ui import shape

from .actions.sense import Sense
from .models import Assessment, Box, Formulation, Future
from .pulses import LastSaid, direction

EMPTY = "-"
EVIDENCE = ("evidence_words", "evidence_stance", "evidence_type", "evidence_source", "evidence_dated")


def choices(scale: Scale) -> list[tuple[str, str]]:
    return [(word.id, word.label) for word in scale.words.values()]


class BeginForm(Form):
    kind = forms.ChoiceField(label=_("What kind of talk is it?"), choices=Assessment.Kind, widget=Cards)


class EvidenceForm(Form):
    """One thing that was said, seen or read."""

    evidence_words = forms.CharField(label=_("What was said, seen or read"), widget=Words)
    evidence_stance = forms.ChoiceField(label=_("Which way does it speak?"), widget=Cards)
    evidence_type = forms.ChoiceField(label=_("Where does it come from?"), widget=Cards)
    evidence_source = forms.CharField(
        label=_("From whom or what"), help_text=_("A name or a role, a letter, a visit."), max_length=300
    )
    evidence_dated = forms.DateField(label=_("When"), widget=Day)

    def __init__(self, *args, guide: Instrument, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("stance", "type"):
            field, scale = (
                self.fields[f"evidence_{name}"],
                guide.scales["stance" if name == "stance" else "evidence_type"],
            )
            field.label, field.choices = scale.ask, choices(scale)
        if not self.is_bound:
            self.initial.setdefault("evidence_dated", timezone.localdate())

    def piece(self) -> dict:
        """The cleaned line by the names that the action uses."""
        return {name.removeprefix("evidence_"): value for name, value in self.cleaned_data.items()}


class RatingForm(Form):
    """The judgements on one item, as cards in words, with the person's own view."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    own_words = forms.CharField(label=_("In their own words"), widget=Words, required=False)
    not_asked_because = forms.CharField(
        label=_("If not asked or not answered: why?"), widget=Words, required=False
    )

    def __init__(self, *args, guide: Instrument, item: Item, without: tuple[str, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.judgements = [scale for scale in guide.judgements if scale not in without]
        for scale_id in self.judgements:
            self.fields[scale_id] = _judgement(guide, item, guide.scales[scale_id])

    def judgement_fields(self):
        return [self[scale] for scale in self.judgements]

    def said(self) -> dict:
        """The cleaned judgements and words by the names that the action uses."""
        data = self.cleaned_data
        return {
            "judgements": {scale: data[scale] for scale in self.judgements if data.get(scale)},
            "own_words": data["own_words"],
            "not_asked_because": data["not_asked_because"],
        }


def _judgement(guide: Instrument, item: Item, scale: Scale) -> forms.ChoiceField:
    says = item.anchors if scale.id == guide.need_scale else None
    hint = (
        _("Strong would be: %(strong)s") % {"strong": item.strength}
        if scale.id == guide.strength_scale
        else ""
    )
    return forms.ChoiceField(
        label=scale.ask,
        help_text=hint,
        choices=choices(scale),
        required=False,
        widget=Cards(says=says, blanks=scale.blanks),
    )


class TogetherForm(Form):
    """What the person points at and says, read side by side."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    nearest = forms.ChoiceField(
        label=_("Which of these is nearest to how it is for you?"), widget=Cards, required=False
    )
    own_words = forms.CharField(label=_("How would you put it?"), widget=Words, required=False)

    def __init__(self, *args, item: Item, **kwargs):
        super().__init__(*args, **kwargs)
        sentences = [text for key, text in item.together.items() if key != "question" and text]
        self.fields["nearest"].choices = [(text, text) for text in sentences]

    def words(self) -> str:
        nearest, own = self.cleaned_data["nearest"], self.cleaned_data["own_words"].strip()
        return "\n".join(filter(None, [f"“{nearest}”" if nearest and nearest not in own else "", own]))


class HandInForm(Form):
    words = forms.CharField(
        label=_("Anything the supervisor should look at first"), widget=Words, required=False
    )


class AnswerForm(Form):
    comments = forms.CharField(label=_("Comments"), widget=Words, required=False)


class SenseForm(Form):
    """The formulation on one page: six boxes, three futures, and what to begin with."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    priority_needs = forms.MultipleChoiceField(
        label=_("What to work on first"), help_text=_("Up to five."), widget=Checks, required=False
    )
    key_strengths = forms.MultipleChoiceField(
        label=_("Key strengths to build on"), help_text=_("Up to three."), widget=Checks, required=False
    )
    support = forms.ChoiceField(
        label=_("How much help"),
        help_text=_("Hours of help, chosen by you. It says how much we do, not how anybody is."),
        choices=Formulation.Support,
        widget=Cards,
        required=False,
    )
    hours_a_week = forms.DecimalField(
        label=_("Hours a week"), min_value=0, max_value=60, max_digits=4, decimal_places=1, required=False
    )
    support_because = forms.CharField(label=_("Why this much"), widget=Words, required=False)

    def __init__(self, *args, items: list[Item], **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(item.id, item.title) for item in items]
        for name in ("priority_needs", "key_strengths"):
            self.fields[name].choices = titles
        for box in Box:
            self.fields[f"{box}_words"] = forms.CharField(label=box.label, widget=Words, required=False)
            self.fields[f"{box}_items"] = forms.MultipleChoiceField(
                label=_("Rests on"), choices=titles, widget=Checks, required=False
            )
        for future in Future:
            for name, label in FUTURE_LINES.items():
                self.fields[f"{future}_{name}"] = forms.CharField(label=label, widget=Words, required=False)

    def boxes(self):
        return [(box, self[f"{box}_words"], self[f"{box}_items"]) for box in Box]

    def futures(self):
        return [(future, [self[f"{future}_{name}"] for name in FUTURE_LINES]) for future in Future]

    def sense(self) -> Sense:
        data = self.cleaned_data
        return Sense(
            boxes={str(box): (data[f"{box}_words"], data[f"{box}_items"]) for box in Box},
            futures={str(f): tuple(data[f"{f}_{name}"] for name in FUTURE_LINES) for f in Future},
            priority_needs=data["priority_needs"],
            key_strengths=data["key_strengths"],
            support=data["support"],
            hours_a_week=data["hours_a_week"],
            support_because=data["support_because"],
        )


FUTURE_LINES = {
    "first_signs": _("What we would see first"),
    "who_notices": _("Who notices"),
    "who_does_what": _("Who does what"),
}


def sense_on_record(formulation: Formulation | None) -> dict:
    """What the form begins with."""
    if formulation is None:
        return {"base": 0}
    start = {"base": formulation.version, "priority_needs": formulation.priority_needs}
    start |= {"key_strengths": formulation.key_strengths, "support": formulation.support}
    start |= {"hours_a_week": formulation.hours_a_week, "support_because": formulation.support_because}
    for text in formulation.boxes.all():
        start |= {f"{text.box}_words": text.words, f"{text.box}_items": text.items}
    for text in formulation.futures.all():
        start |= {f"{text.future}_{name}": getattr(text, name) for name in FUTURE_LINES}
    return start


class PulseForm(Form):
    """One arrow for each part of life that changes fast, or none. What was said last stands beside it."""

    base = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, guide: Instrument, asked: list[Item], last: Mapping[str, LastSaid], **kwargs):
        super().__init__(*args, **kwargs)
        scale = direction(guide)
        arrows = [(word.id, shape("direction", word.id, word.label)) for word in scale.words.values()]
        for item in asked:
            self.fields[item.id] = forms.ChoiceField(
                label=item.title,
                help_text=last[item.id].in_words if item.id in last else _("Nothing said before."),
                choices=[*arrows, (EMPTY, _("Leave empty"))],
                widget=Cards(blanks=[*scale.blanks, EMPTY]),
                required=False,
            )
        self.fields["own_words"] = forms.CharField(
            label=_("In their own words"), widget=Words, required=False
        )
        self.asked = asked

    @property
    def arrows(self) -> dict[str, str]:
        """What was chosen, by item; nothing for what was left empty."""
        chosen = {item.id: self.cleaned_data[item.id] for item in self.asked}
        return {item: word for item, word in chosen.items() if word != EMPTY}

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[item.id] for item in self.asked]
