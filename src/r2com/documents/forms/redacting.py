"""What is to be black on a page: fields of a grid, or a box by its four edges."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Form

from ..models import Redaction
from ..models.redactions import COLUMNS, ROWS

GRID = [[f"{column}-{row}" for column in range(1, COLUMNS + 1)] for row in range(1, ROWS + 1)]
EDGES = ("left", "top", "right", "bottom")
MOST_BOXES = 100


def _edge(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("Write a number from 0 to 100 for each edge."),
        ),
    )  # fmt: skip


class PageForm(Form):
    """One page. Edges are given in hundredths of the page, from its left and its upper side."""

    base = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    fields_covered = forms.MultipleChoiceField(
        required=False,
        choices=[(field, field) for row in GRID for field in row],
        label=_("Fields of the grid"),
    )
    left = _edge(_("Left edge"))
    top = _edge(_("Upper edge"))
    right = _edge(_("Right edge"))
    bottom = _edge(_("Lower edge"))
    taken_away = forms.MultipleChoiceField(required=False, label=_("Boxes to take away"))

    def __init__(self, *args, boxes: list[list[int]], **kwargs):
        super().__init__(*args, **kwargs)
        self.boxes = boxes
        self.fields["taken_away"].choices = [(str(number), str(number)) for number in range(len(boxes))]

    def clean(self):
        given = [self.cleaned_data.get(edge) is not None for edge in EDGES]
        if any(edge in self.errors for edge in EDGES) or not any(given):
            return
        if not all(given):
            self.add_error(None, _("A box needs all four edges."))
        elif not (self._at("left") < self._at("right") and self._at("top") < self._at("bottom")):
            self.add_error(None, _("The left edge lies left of the right one, the upper above the lower."))
        elif len(self.boxes) >= MOST_BOXES:
            self.add_error(
                None, _("There are very many boxes on this page. Use the fields of the grid instead.")
            )

    @property
    def kept_boxes(self) -> list[list[int]]:
        """The boxes that stay, and the one that is new."""
        away = set(self.cleaned_data["taken_away"])
        staying = [box for number, box in enumerate(self.boxes) if str(number) not in away]
        is_new = self.cleaned_data["left"] is not None
        return [*staying, *([[self._at(edge) for edge in EDGES]] if is_new else [])]

    def over(self, redaction: Redaction, page: int) -> "PageForm":
        """The same page after somebody else covered something: with what either of them covered.

        It stands on what is there now. No box is taken away, for the numbers may mean other boxes by now.
        """
        data = self.data.copy()
        data["base"] = redaction.stands_at(page)
        data.setlist("fields_covered", sorted({*data.getlist("fields_covered"), *redaction.fields_of(page)}))
        data.setlist("taken_away", [])
        return PageForm(data, boxes=redaction.drawn_on(page))

    def _at(self, edge: str) -> int:
        return int(self.cleaned_data[edge] * 10)

    @property
    def rows(self) -> list[list[tuple[str, int, int, bool]]]:
        """The grid as the page draws it: value, column, row, and whether it is covered."""
        covered = set(self["fields_covered"].value() or [])
        return [
            [(field, column, row, field in covered) for column, field in enumerate(line, 1)]
            for row, line in enumerate(GRID, 1)
        ]


class FinishForm(Form):
    """Make the copy; a paper on which nothing is covered says so."""

    nothing = forms.BooleanField(
        label=_("There is nothing to cover on this paper: I have looked at every page"), required=False
    )
