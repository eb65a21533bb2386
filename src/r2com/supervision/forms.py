"""What is asked when cases change hands, when somebody is away, and how a worker is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.cases.forms.rows import OneOf, SomeOf
from r2com.cases.models import Case, CaseMember
from r2com.organisations.models import Membership
from r2com.ui.forms import Cards, Checks, Day, Form, Words

Part = CaseMember.Part
PARTS = [(Part.LEAD, _("Takes over")), (Part.DEPUTY, _("Stands in"))]
SAYS = {
    Part.LEAD: _("Is the case worker from then on. Whoever hands over sees the record no more."),
    Part.DEPUTY: _("Is the deputy from then on. The case worker stays, and so does what they see."),
}


class HandOverForm(Form):
    """Which cases of one worker, to whom, in which part."""

    cases = SomeOf(label=_("Which cases"), widget=Checks)
    to = OneOf(label=_("To whom"), help_text=_("For one case alone you can change this on the next page."))
    part = forms.ChoiceField(label=_("In which part"), choices=PARTS, widget=Cards(says=SAYS))

    def __init__(self, *args, cases: list[Case], colleagues: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cases"].offer(cases, label=lambda case: f"{case.person.name}, {case.reference}")
        _offer(self.fields["to"], colleagues)


class NoteForm(Form):
    """What whoever takes over one case has to know."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What they have to know"),
        help_text=_("It begins with what the record knows. Word it as you would say it to them."),
        widget=Words(attrs={"rows": 12}),
    )
    to = OneOf(label=_("To whom"))
    part = forms.ChoiceField(label=_("In which part"), choices=PARTS, widget=Cards(says=SAYS))

    def __init__(self, *args, colleagues: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["to"], colleagues)


class AbsenceForm(Form):
    """Who is away, when, and who stands in."""

    worker = OneOf(label=_("Who is away"))
    starts = forms.DateField(label=_("First day away"), widget=Day)
    ends = forms.DateField(label=_("Last day away"), widget=Day)
    stands_in = OneOf(label=_("Who stands in"))

    def __init__(self, *args, workers: list[Membership], colleagues: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].offer(workers, label=lambda place: place.user.name)
        _offer(self.fields["stands_in"], colleagues)


class StrainForm(Form):
    """Three questions that somebody answers for themselves."""

    how = forms.CharField(label=_("How am I?"), widget=Words)
    weighs = forms.CharField(label=_("What weighs on me at work?"), required=False, widget=Words)
    helps = forms.CharField(label=_("What would help?"), required=False, widget=Words)


class ShowForm(Form):
    to = OneOf(label=_("To whom you show it"))

    def __init__(self, *args, supervisors: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(supervisors, label=lambda user: user.name)


class StrainAnswerForm(Form):
    words = forms.CharField(label=_("Your answer"), help_text=_("Only the two of you read it."), widget=Words)


def _offer(field: OneOf, places: list[Membership]) -> None:
    """People of the team by name; gives the user."""
    field.offer([place.user for place in places], label=lambda user: user.name)
