"""What is asked about something that was seen or heard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument
from r2com.ui.forms import Cards, Day, Form, Moment, Words

from . import delicate
from .models import How, Kind, Says

ONLY = _(
    "Only what you saw or heard. Never how somebody looks or dresses, what they eat or believe, "
    "or where they come from. Instead of “he seems strange lately”: “he did not sleep for two nights, "
    "and told me so”."
)
AGAIN = _("I read it again: this is about what the person needs or did.")


class LooksAgain(Form):
    """Asks once more when a word often stands for looks, faith, origin or opinion. The text stays."""

    looked_again = forms.BooleanField(label=AGAIN, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        written = [str(value) for value in self.data.values()] if self.is_bound else []
        if not delicate.found(*written):
            del self.fields["looked_again"]


class ObserveForm(LooksAgain):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Kind, widget=Cards)
    seen_at = forms.DateTimeField(label=_("When was it?"), widget=Moment)
    place = forms.CharField(label=_("Where was it?"), help_text=ONLY, max_length=300)
    words = forms.CharField(
        label=_("What did you see or hear?"), help_text=ONLY, max_length=4000, widget=Words
    )
    told_how = forms.ChoiceField(
        label=_("How was the person told that you write this?"),
        choices=[("", _("Not told yet")), *How.choices],
        required=False,
        widget=Cards(blanks=[""]),
    )
    why_not_yet = forms.CharField(
        label=_("If not yet: why?"), help_text=ONLY, required=False, max_length=1000, widget=Words
    )
    tell_by = forms.DateField(label=_("And by which day will they be told?"), required=False, widget=Day)
    field_order = ["kind", "seen_at", "place", "words", "told_how", "why_not_yet", "tell_by", "looked_again"]


class TellForm(Form):
    how = forms.ChoiceField(label=_("How was the person told?"), choices=How, widget=Cards)


class AnswerForm(Form):
    words = forms.CharField(label=_("What the person says to it"), max_length=4000, widget=Words)


class RewordForm(LooksAgain):
    base = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("In other words"), help_text=ONLY, max_length=4000, widget=Words)
    field_order = ["base", "words", "looked_again"]


class LookForm(Form):
    base = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(label=_("Does it count?"), choices=Says, widget=Cards)
    words = forms.CharField(
        label=_("Your question, or your reason"), required=False, max_length=1000, widget=Words
    )


class TakeForm(Form):
    """To which thing to talk about it belongs, and which way it speaks."""

    item = forms.ChoiceField(label=_("What does it belong to?"))
    stance = forms.ChoiceField(label=_("Which way does it speak?"), widget=Cards)

    def __init__(self, *args, guide: Instrument, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(one.id, one.title) for one in items]
        words = guide.scales["stance"].words.values()
        self.fields["stance"].choices = [(word.id, word.label) for word in words]
