"""What is asked of whoever complains, and of whoever decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.cases.forms.rows import OneOf, SomeOf
from r2com.my_record.models import HeldBack
from r2com.ui.forms import Cards, Checks, Day, Form, Words

from .models import Complaint, ComplaintDecision, FileRequest, Given, TwoMonthsMore


class ComplaintForm(Form):
    about = forms.ChoiceField(label=_("What it is about"), choices=Complaint.About, widget=Cards)
    words = forms.CharField(
        label=_("What went wrong"),
        help_text=_("In your own words and language. You need not say who you are."),
        max_length=5000,
        widget=Words,
    )
    reach = forms.CharField(
        label=_("How we may reach you, if you want that"),
        help_text=_("You may leave this empty, and read the answer with the code that you get."),
        required=False,
        max_length=300,
        widget=Words({"rows": 2}),
    )


class OpenComplaintForm(ComplaintForm):
    """On the open page; the house is asked only where there are several."""

    house = OneOf(label=_("For whom it is"))
    field_order = ["house", "about", "words", "reach"]

    def __init__(self, *args, houses: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.houses = houses
        if len(houses) > 1:
            self.fields["house"].offer(houses, label=lambda house: house.neutral_name, empty=_("Choose"))
        else:
            del self.fields["house"]

    def said(self) -> dict:
        """What was filled in, with the house that it is for."""
        said = dict(self.cleaned_data)
        return {"house": said.pop("house", None) or self.houses[0], **said}


class BroughtForm(ComplaintForm):
    """Somebody complains here, or hands in a paper."""

    CAME = [one for one in Complaint.Came.choices if one[0] != Complaint.Came.OPEN]

    came = forms.ChoiceField(label=_("How it came"), choices=CAME, widget=Cards)


class AnswerForm(Form):
    reference = forms.CharField(label=_("Reference"), max_length=12)
    words = forms.CharField(label=_("The four words"), max_length=80)


class AppealForm(Form):
    why = forms.CharField(
        label=_("What the answer has not understood"),
        help_text=_("Another person looks at it."),
        max_length=5000,
        widget=Words,
    )


class WhomForm(Form):
    users = SomeOf(
        label=_("Whom it is about"),
        help_text=_("They will not see it here, and do not decide it. Nobody, if it names nobody."),
        required=False,
        widget=Checks,
    )

    def __init__(self, *args, people: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["users"].offer(people, label=lambda user: user.name)


class DecideForm(Form):
    outcome = forms.ChoiceField(label=_("What you decide"), choices=ComplaintDecision.Outcome, widget=Cards)
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Whoever complained reads this. Say what happens now, and by when."),
        max_length=5000,
        widget=Words,
    )


class AskForm(Form):
    received_on = forms.DateField(label=_("The day on which they asked"), widget=Day)
    how = forms.ChoiceField(label=_("How they asked"), choices=FileRequest.How, widget=Cards)
    checked = forms.ChoiceField(
        label=_("How we know that it is them"), choices=FileRequest.Checked, widget=Cards
    )


class LongerForm(Form):
    reason = forms.ChoiceField(
        label=_("Why it takes two months more"),
        help_text=_("Tell the person this today, and that they may complain about it."),
        choices=TwoMonthsMore.Reason,
        widget=Cards,
    )


class GiveForm(Form):
    way = forms.ChoiceField(label=_("How it reaches them"), choices=Given.Way, widget=Cards)


class PassageForm(Form):
    words = forms.CharField(
        label=_("The words to take out"),
        help_text=_("Copy them as they stand. They are taken out wherever they stand in the file."),
        max_length=2000,
        widget=Words,
    )
    reason = forms.ChoiceField(
        label=_("What the person reads in their place"), choices=HeldBack.Reason, widget=Cards
    )
    why = forms.CharField(
        label=_("What this rests on"),
        help_text=_("For colleagues: who would come to harm, and how. The person does not get this."),
        max_length=2000,
        widget=Words,
    )

    def said(self) -> dict:
        return {name: value.replace("\r\n", "\n") for name, value in self.cleaned_data.items()}
