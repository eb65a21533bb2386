"""Who works in a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.cases.models import CaseMember
from r2com.organisations.models import Membership
from r2com.ui.forms import Cards, Form

from .rows import OneOf

Part = CaseMember.Part
SAYS = {
    Part.LEAD: _("Whoever had this part steps back, and sees this record no more."),
    Part.DEPUTY: _("Stands in. Whoever had this part steps back, and sees this record no more."),
    Part.MENTOR: _("Walks beside them, brings what was seen or heard, does not rate."),
    Part.PARTNER: _("Works for another agency, brings what was seen or heard, does not rate."),
}


class PlaceForm(Form):
    """Who, and in which part."""

    user = OneOf(label=_("Who"))
    part = forms.ChoiceField(label=_("In which part"), choices=Part, widget=Cards(says=SAYS))

    def __init__(self, *args, memberships: list[Membership], **kwargs):
        super().__init__(*args, **kwargs)
        self.roles = {membership.user: membership for membership in memberships}
        self.fields["user"].offer(self.roles, label=self._with_role, empty=_("Choose"))

    def _with_role(self, user) -> str:
        return f"{user.name}, {self.roles[user].get_role_display()}"
