"""What the gallery shows: invented words that put every component in every state."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from .circle import Bead, circle_svg
from .forms import Cards, Checks, Day, Form, Words
from .over_time import Arrow, arrows_over_time
from .timeline import Mark, timeline_svg

PARTS = [
    ("type", "Type"),
    ("buttons", "Buttons"),
    ("fields", "Fields"),
    ("mending", "Fields to mend"),
    ("choices", "Choices"),
    ("notes", "Notes"),
    ("saving", "Saving"),
    ("conflict", "Two wordings"),
    ("dialog", "Dialog"),
    ("ledger", "Ledger"),
    ("checklist", "Before the gate"),
    ("lamps", "Lamps"),
    ("shapes", "Shapes"),
    ("map", "Map"),
    ("staves", "Over time"),
    ("circle", "Circle of people"),
    ("line-of-time", "Line of time"),
    ("timeline", "Timeline"),
    ("tables", "Tables"),
    ("empty", "Empty"),
    ("door", "Sign-in sheet"),
    ("exits", "Two ways out"),
]

DAYS = [
    Mark(lane, date(2026, 9, 1) + timedelta(days=day))
    for lane, days in enumerate([[0, 20], [0, 9, 23, 40, 61, 77, 78, 80], [30, 79]])
    for day in days
]
PEOPLE = [Bead(1, "Mother"), Bead(1, "Uncle Joss"), Bead(2, "Rafe, mentor"), Bead(2, "Boxing club")]
HARD = [
    ("none", "Not seen"),
    ("some", "Some"),
    ("marked", "Marked"),
    ("unknown", "Not known"),
    ("not_applicable", "Does not apply"),
]
ANCHORS = {
    "none": "Settled place, secure for at least three months, and they feel all right there.",
    "some": "Temporary, overcrowded, far from supports, or depends on one person’s goodwill.",
    "marked": "No place tonight or this week, or the only offer comes from people who want something back.",
}

SAID = [
    Arrow("3 Oct", "new", "New"),
    Arrow("10 Oct", "worsening", "Worsening"),
    Arrow("17 Oct", "", "Left empty"),
    Arrow("24 Oct", "steady", "Steady"),
    Arrow("2 Nov", "easing", "Easing"),
    Arrow("9 Nov", "unclear", "Unclear"),
]


class Note(Form):
    """A contact note, short."""

    what = forms.CharField(
        label="What happened", help_text="Facts first. What you think comes after.", widget=Words
    )
    who = forms.CharField(label="Who told you")
    day = forms.DateField(label="Date of release", widget=Day, required=False)
    kind = forms.ChoiceField(label="Kind of contact", choices=[("visit", "Visit"), ("call", "Call")])
    reference = forms.CharField(label="Reference", initial="FW-2071", disabled=True)
    read = forms.BooleanField(label="Milo has read this", required=False)


class Judgement(Form):
    """One judgement and what helps, as cards."""

    hard = forms.ChoiceField(
        label="How hard is it now?",
        choices=HARD,
        widget=Cards(says=ANCHORS, blanks=["unknown", "not_applicable"]),
        help_text="The last 30 days.",
    )
    helps = forms.MultipleChoiceField(
        label="What helps already?",
        choices=[("place", "A bed"), ("people", "Somebody to call"), ("work", "Something to do")],
        widget=Checks,
    )


def everything() -> dict:
    """The context of the gallery."""
    now = timezone.now()
    return {
        "cloth": {
            "name": "Milo Fernweh",
            "called": "Milo",
            "worker": "Ines Lindqvarn",
            "deputy": "Bram Oosterlicht",
            "phase": "Settling, week 4",
            "reference": "FW-2071",
        },
        "tabs": [(f"#{anchor}", label, False, "") for anchor, label in PARTS],
        "tabs_title": "In the gallery",
        "blank": Note(auto_id="id_blank_%s"),
        "faulty": Note({"what": "", "who": "", "day": "27.11.", "kind": "letter"}, auto_id="id_faulty_%s"),
        "judgement": Judgement({"hard": "some", "helps": ["place"]}, auto_id="id_judged_%s"),
        "unjudged": Judgement({}, auto_id="id_unjudged_%s"),
        "timeline": timeline_svg(
            ["Told and agreed", "Met and spoke", "Plan and steps"], DAYS, gate=date(2026, 11, 17)
        ),
        "circle": circle_svg("Milo", PEOPLE, rings=["Close", "Beside me", "Further out"]),
        "said": SAID,
        "arrows": [("A place to live", arrows_over_time("A place to live", SAID))],
        "days": [now, now + timedelta(days=1), now - timedelta(days=9), now + timedelta(days=400)],
    }
