"""Telling somebody what we do, and writing down what they choose."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from r2com.cases.keeping import months_after
from r2com.organisations.models import ListEntry
from r2com.people.models import Choice, Notice, NoticeGiven, Purpose
from r2com.ui.forms import Cards, Day, Form, Words

from .rows import OneOf, worded


class NoticeForm(Form):
    """How the notice was given, and what shows it. The button that is pressed says which notice."""

    notice = OneOf()
    how = forms.ChoiceField(label=_("How were they told?"), choices=NoticeGiven.How, widget=Cards)
    interpreter = forms.CharField(label=_("Who interpreted"), max_length=200, required=False)
    proof = forms.ChoiceField(label=_("What shows it?"), choices=NoticeGiven.Proof, widget=Cards)
    witness = forms.CharField(label=_("Who heard it"), max_length=200, required=False)

    def __init__(self, *args, notices: list[Notice], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["notice"].offer(notices)

    def clean(self):
        said = super().clean()
        if said.get("how") == NoticeGiven.How.INTERPRETED and not said.get("interpreter"):
            self.add_error("interpreter", _("Write who interpreted."))
        if said.get("proof") == NoticeGiven.Proof.WITNESSED and not said.get("witness"):
            self.add_error("witness", _("Write who heard it."))
        return said


class ChoiceForm(Form):
    """One yes or no: this recipient, this purpose, until this day."""

    recipient = OneOf(label=_("Who would receive something?"), widget=Cards)
    purpose = forms.ChoiceField(label=_("What for?"), widget=Cards)
    agreed = forms.TypedChoiceField(
        label=_("What do they say?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=Cards,
    )
    until = forms.DateField(
        label=_("If yes, until when?"), widget=Day(attrs={"list": "until"}), required=False
    )
    how = forms.ChoiceField(label=_("How did they say it?"), choices=Choice.How, widget=Cards)
    stands_in = forms.CharField(
        label=_("Who decides for them"),
        max_length=200,
        required=False,
        help_text=_("Only if somebody may do so by law, such as a guardian."),
    )
    stands_in_why = forms.CharField(
        label=_("Why, and by what right"), widget=Words(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args, notice: Notice, recipients: list[ListEntry], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = [months_after(today, months) for months in (3, 6, 12)]
        self.fields["until"].help_text = _hint(self.days)
        covered = {purpose for purpose, _recipient in notice.covers}
        told_of = {recipient for _purpose, recipient in notice.covers}
        self.fields["recipient"].offer([one for one in recipients if str(one.pk) in told_of], label=worded)
        self.fields["purpose"].choices = [one for one in Purpose.choices if one[0] in covered]

    def clean(self):
        said = super().clean()
        if said.get("stands_in") and not said.get("stands_in_why"):
            self.add_error("stands_in_why", _("Write why somebody decides for them, and by what right."))
        return said


def _hint(days: list[date]) -> str:
    three, six, twelve = (date_format(day, gettext("j F Y")) for day in days)
    return _("A yes needs a day. In three months: %(three)s. In six: %(six)s. In twelve: %(twelve)s.") % {
        "three": three,
        "six": six,
        "twelve": twelve,
    }


class WithdrawForm(Form):
    how = forms.ChoiceField(
        label=_("How did they say it?"), choices=Choice.How, initial=Choice.How.SAID, widget=Cards
    )
