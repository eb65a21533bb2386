"""What is asked on the pages of a safety plan."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Day, Form, Words

from .models import PARTS, SafetyPlan
from .wording import PARTS as ASKED


class SafetyPlanForm(Form):
    """The six parts. `base` is the number of the version that was on the page."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in ASKED:
            self.fields[part.name] = forms.CharField(
                label=part.title, help_text=part.ask, required=False, max_length=4000, widget=Words
            )

    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}

    def differences(self, there: SafetyPlan) -> list[tuple[str, str, str]]:
        """Where the form and what was kept meanwhile differ: the part, here, there."""
        pairs = [(self[part].label, self[part].value() or "", words) for part, words in there.words.items()]
        return [(label, here, words) for label, here, words in pairs if _plain(here) != _plain(words)]

    def on_top_of(self, number: int) -> None:
        """Kept once more, it follows the version that was shown beside it."""
        self.data = self.data.copy()
        self.data["base"] = str(number)


class CopyForm(Form):
    """Who has a copy."""

    whose = forms.CharField(
        label=_("Who has a copy"),
        help_text=_("A name or a part in their life, such as: himself, his sister."),
        max_length=200,
    )
    since = forms.DateField(label=_("Since"), widget=Day, initial=timezone.localdate)


def _plain(text: str) -> str:
    return "\n".join(text.splitlines()).strip()
