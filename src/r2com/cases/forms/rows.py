"""Choosing among rows that are already at hand, and among the agency's own wordings."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from r2com.organisations.models import ListEntry


class OneOf(forms.ChoiceField):
    """One of some rows. Gives the row, or None when it may stay empty."""

    def offer(self, rows: Iterable, label: Callable = str, says: Callable | None = None, empty="") -> None:
        """Say which rows there are; `says` gives the sentence inside a card, `empty` what stands for none."""
        self.rows = {str(row.pk): row for row in rows}
        blank = [("", empty or _("Choose"))] if isinstance(self.widget, forms.Select) else []
        self.choices = blank + [(key, label(row)) for key, row in self.rows.items()]
        if says:
            self.widget.says = {key: says(row) for key, row in self.rows.items()}

    def clean(self, value):
        return self.rows.get(super().clean(value))


class SomeOf(forms.MultipleChoiceField):
    """Any number of some rows. Gives the rows."""

    def offer(self, rows: Iterable, label: Callable = str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, label(row)) for key, row in self.rows.items()]

    def clean(self, value):
        return [self.rows[key] for key in super().clean(value)]


def wordings(organisation, day) -> dict[str, list[ListEntry]]:
    """The wordings that are in use on a day, by the list they stand on, in the agency's order."""
    lists = defaultdict(list)
    for entry in ListEntry.objects.on(day).filter(organisation=organisation):
        lists[entry.list].append(entry)
    return lists


def worded(entry: ListEntry) -> str:
    """An entry in the reader's language."""
    return entry.in_language(get_language() or "en")
