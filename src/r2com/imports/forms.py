"""What is asked before a list moves in: the file, its columns, and what its words mean here."""

from datetime import date

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.cases.forms.languages import spoken
from r2com.cases.forms.rows import worded
from r2com.organisations.models import ListEntry, Team
from r2com.sharing.models import Category, LawfulBasis
from r2com.ui.forms import Cards, Form, Words

from .fields import FIELDS, ON_LIST
from .house import workers
from .mapping import Map, guess, is_never
from .models import Import

LARGEST = 10 * 1024 * 1024
NOTHING = "-"
YES_OR_NO = [("yes", _("Yes, they take it up")), ("no", _("No, or not now"))]
ORDERS = [
    ("DMY", _("Day, month, year: 27.11.1990")),
    ("YMD", _("Year, month, day: 1990-11-27")),
    ("MDY", _("Month, day, year: 11/27/1990")),
]
LABELS = {"worker": _("Case worker")}
SAID_FOR_ALL = ("worker", "referred_by", "told", "asked", "takes_up", "basis", "language")


class UploadForm(Form):
    """The list, and why we may take it over."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("A CSV file or a spreadsheet (.xlsx), up to 10 MB. The first line names the columns."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    reason = forms.CharField(
        label=_("Where it comes from, and why we may take it over"),
        max_length=500,
        widget=Words(attrs={"rows": 2}),
        help_text=_("A sentence or two, without anybody’s name."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Choose a file of at most 10 MB, or ask for the command line."))
        return file


class ColumnsForm(Form):
    """One question for each column, and what counts for everybody for whom the list says nothing."""

    dates = forms.ChoiceField(label=_("How days are written"), choices=ORDERS, widget=Cards)

    def __init__(self, *args, of: Import, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.of = of
        known = Map(**of.map) if of.map else None
        chosen = known.columns if known else guess(of.headings)
        self._ask_columns({heading: name for name, several in chosen.items() for heading in several})
        self._ask_for_all(known.defaults if known else {"language": of.organisation.language}, on)
        self.initial.setdefault("dates", known.dates if known else "DMY")

    def columns(self):
        return [self[f"column_{place}"] for place in range(len(self.of.headings))]

    def for_all(self):
        return [self[f"all_{name}"] for name in SAID_FOR_ALL]

    def map(self) -> Map:
        """What was chosen, with what was said about words before."""
        columns: dict[str, list[str]] = {}
        for place, heading in enumerate(self.of.headings):
            name = self.cleaned_data[f"column_{place}"]
            if name != NOTHING:
                columns.setdefault(name, []).append(heading)
        defaults = {name: self.cleaned_data[f"all_{name}"] for name in SAID_FOR_ALL}
        values = self.of.map.get("values", {})
        given = {name: words for name, words in defaults.items() if words != NOTHING}
        return Map(columns, values, given, self.cleaned_data["dates"])

    def _ask_columns(self, chosen: dict[str, str]) -> None:
        names = [(NOTHING, _("Not taken")), *((name, field.label) for name, field in FIELDS.items())]
        for place, heading in enumerate(self.of.headings):
            never = is_never(heading)
            asked = forms.ChoiceField(label=heading, initial=chosen.get(heading, NOTHING))
            asked.choices = names[:1] if never else names
            asked.help_text = _("We never record this about anybody.") if never else ""
            asked.disabled = never
            self.fields[f"column_{place}"] = asked

    def _ask_for_all(self, defaults: dict[str, str], on: date) -> None:
        offered = choices(self.of.team, on)
        for name in SAID_FOR_ALL:
            asked = forms.ChoiceField(
                label=LABELS.get(name, FIELDS[name].label), initial=defaults.get(name, NOTHING)
            )
            nobody = _("You yourself") if name == "worker" else _("Only what the list says")
            asked.choices = [(NOTHING, nobody), *offered[name]]
            self.fields[f"all_{name}"] = asked


class WordsForm(Form):
    """What words of the list that are on none of ours mean here."""

    def __init__(self, *args, of: Import, words: dict[str, list[str]], on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.of, self.asked = of, {}
        offered, known = choices(of.team, on), of.map.get("values", {})
        for field, several in words.items():
            for place, words_said in enumerate(several):
                name = f"{field}_{place}"
                label = format_lazy("{field}: “{words}”", field=FIELDS[field].label, words=words_said)
                initial = known.get(field, {}).get(words_said, NOTHING)
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    initial=initial,
                    choices=[(NOTHING, _("Not known: leave these rows")), *offered[field]],
                )
                self.asked[name] = (field, words_said)

    def map(self) -> Map:
        known = Map(**self.of.map)
        values = {field: dict(words) for field, words in known.values.items()}
        for name, (field, words) in self.asked.items():
            said = self.cleaned_data[name]
            if said != NOTHING:
                values.setdefault(field, {})[words] = said
        return Map(known.columns, values, known.defaults, known.dates, known.although_here, known.sheet)


def choices(team: Team, on: date) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each field whose words come from a list."""
    entries = list(ListEntry.objects.on(on).filter(organisation=team.organisation_id))
    bases = LawfulBasis.objects.on(on).filter(organisation=team.organisation_id, category=Category.CORE)
    offered = {
        name: [(str(one.pk), worded(one)) for one in entries if one.list == on_list]
        for name, on_list in ON_LIST.items()
    }
    offered["basis"] = [(str(one.pk), one.basis) for one in bases]
    offered["worker"] = [(email, user.name) for email, user in workers(team, on).items()]
    return {**offered, "language": spoken(), "takes_up": YES_OR_NO}
