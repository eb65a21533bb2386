"""What is asked about something that was seen or heard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument
from r2com.ui.forms import Cards, Day, Form, Moment, Words

from . import delicate
from .models import How, Kind, Observation, Says

PLACE = _("Only the place. Instead of “with those people again”: “in front of the station”.")
WHY = _("Only what happened. Instead of “he would not take it well”: “he had left when I came back”.")
ONLY = _(
    "Only what you saw or heard. Never how somebody looks or dresses, what they eat or believe, "
    "or where they come from. Instead of “he seems strange lately”: “he did not sleep for two nights, "
    "and told me so”."
)
NOT_YET = "not_yet"
AGAIN = _("I read it again: this is about what the person needs or did.")


class LooksAgain(Form):
    """Asks once more when a word often stands for looks, faith, origin or opinion. The text stays."""

    looked_again = forms.BooleanField(label=AGAIN, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not delicate.found(*(str(self.data.get(name, "")) for name in self.fields)):
            del self.fields["looked_again"]


class ObserveForm(LooksAgain):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Kind, widget=Cards)
    seen_at = forms.DateTimeField(label=_("When was it?"), widget=Moment)
    place = forms.CharField(label=_("Where was it?"), help_text=PLACE, max_length=300)
    words = forms.CharField(
        label=_("What did you see or hear?"), help_text=ONLY, max_length=4000, widget=Words
    )
    told_how = forms.ChoiceField(
        label=_("How was the person told that you write this?"),
        choices=[*How.choices, (NOT_YET, _("Not told yet"))],
        widget=Cards(blanks=[NOT_YET]),
    )
    why_not_yet = forms.CharField(
        label=_("If not yet: why?"), help_text=WHY, required=False, max_length=1000, widget=Words
    )
    tell_by = forms.DateField(label=_("And by which day will they be told?"), required=False, widget=Day)
    field_order = ["kind", "seen_at", "place", "words", "told_how", "why_not_yet", "tell_by", "looked_again"]

    def clean_told_how(self):
        how = self.cleaned_data["told_how"]
        return "" if how == NOT_YET else how


class TellForm(Form):
    title = _("Tell the person")
    how = forms.ChoiceField(label=_("How was the person told?"), choices=How, widget=Cards)


class AnswerForm(Form):
    title = _("The person’s answer")
    words = forms.CharField(label=_("What the person says to it"), max_length=4000, widget=Words)


class RewordForm(LooksAgain):
    title = _("Say it otherwise")
    base = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("In other words"), help_text=ONLY, max_length=4000, widget=Words)
    field_order = ["base", "words", "looked_again"]


class LookForm(Form):
    title = _("Look at it")
    base = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(label=_("Does it count?"), choices=Says, widget=Cards)
    words = forms.CharField(
        label=_("Your question, or your reason"), required=False, max_length=1000, widget=Words
    )


class TakeForm(Form):
    """To which thing to talk about it belongs, and which way it speaks."""

    title = _("Use it in talking and rating")

    item = forms.ChoiceField(label=_("What does it belong to?"))
    stance = forms.ChoiceField(label=_("Which way does it speak?"), widget=Cards)

    def __init__(self, *args, guide: Instrument, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(one.id, one.title) for one in items]
        words = guide.scales["stance"].words.values()
        self.fields["stance"].choices = [(word.id, word.label) for word in words]


def on_top_of(form: Form, current: Observation) -> None:
    """Let the same words be kept over what stands now, and show that beside them."""
    form.data = form.data.copy()
    form.data["base"] = current.version
    form.stands_now = current.words
