"""Writing a new wording of the notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Checks, Form, Words

from .models import Purpose
from .notice_text import SHARING, blocks


class NoticeText(Form):
    """The words of the notice and whom they speak of.

    `base` is the version that the writer began from, so that another one published meanwhile is noticed.
    """

    text = forms.CharField(
        label=_("What the person is told"),
        help_text=_(
            "Leave an empty line between paragraphs. Put # before a heading, - before each line of a list, "
            "and **two stars** around what is strong. {house}, {sharing} and {data_protection} are filled "
            "in for you."
        ),
        max_length=20_000,
        widget=Words({"rows": 20}),
    )
    covers = forms.MultipleChoiceField(label=_("Whom the notice speaks of"), required=False, widget=Checks)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, recipients, **kwargs):
        super().__init__(*args, **kwargs)
        self.recipients = list(recipients)
        self.fields["covers"].choices = [
            (f"{purpose.value}:{recipient.pk}", purpose.label)
            for recipient in self.recipients
            for purpose in Purpose
        ]

    def clean_text(self):
        text = self.cleaned_data["text"]
        if SHARING not in blocks(text):
            raise forms.ValidationError(
                _(
                    "Keep {sharing} on a line of its own, with an empty line above and below: there the "
                    "person reads who may receive something."
                )
            )
        return text

    def clean_covers(self):
        return [value.split(":") for value in self.cleaned_data["covers"]]

    def matrix(self) -> list[dict]:
        """Each recipient with a box for every purpose."""
        boxes, width = list(self["covers"]), len(Purpose)
        return [
            {"recipient": recipient, "boxes": boxes[place * width : (place + 1) * width]}
            for place, recipient in enumerate(self.recipients)
        ]


def ticked(covers: list) -> list[str]:
    """What a notice covers, as the boxes of the form know it."""
    return [f"{purpose}:{recipient}" for purpose, recipient in covers]
