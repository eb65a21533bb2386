"""Writing down what is to be done, moving it, putting off a reminder, and choosing what to see."""

from datetime import date, time, timedelta

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.ui.forms import Cards, Day, Form, Hour, Words

from .listing import BY_ITSELF, Chosen
from .models import Digest, Task


class When(TextChoices):
    """Days that are often meant."""

    TOMORROW = "tomorrow", _("Tomorrow")
    WEEK = "week", _("In a week")
    RELEASE = "release", _("The day before release")
    DAY = "day", _("Another day")


def owners_in(case_id, *, sensitive: bool = False):
    """Everybody with a live grant on the case; for something sensitive, those who read such things."""
    live = Grant.objects.live().filter(case=case_id)
    if sensitive:
        live = live.that_allow(May.READ_SENSITIVE)
    return User.objects.filter(pk__in=live.values("user")).order_by("name")


class TaskForm(Form):
    """Something to do or to find out, written down by hand."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Task.Kind, widget=Cards)
    words = forms.CharField(label=_("What is to be done"), widget=Words)
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    when = forms.ChoiceField(label=_("By when"), choices=When, widget=Cards)
    due = forms.DateField(label=_("The other day"), widget=Day, required=False)
    time = forms.TimeField(label=_("At what time, if you meet"), widget=Hour, required=False)
    repeats = forms.ChoiceField(
        label=_("Does it come round?"),
        help_text=_("The next one is there as soon as one is done."),
        choices=[("", _("Only once")), *Task.Repeats.choices],
        required=False,
    )

    def __init__(self, *args, case: Case, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.today = case, today
        self.fields["owner"].queryset = owners_in(case.pk)
        if not self._before_release:
            self.fields["when"].choices = [one for one in When.choices if one[0] != When.RELEASE]

    @property
    def _before_release(self) -> date | None:
        """The day before release, as long as it is still to come."""
        out = self.case.release_on
        return out - timedelta(days=1) if out and out > self.today + timedelta(days=1) else None

    def clean(self):
        given = super().clean()
        days = {When.TOMORROW: self.today + timedelta(days=1), When.WEEK: self.today + timedelta(days=7)}
        days[When.RELEASE] = self._before_release
        days[When.DAY] = given.get("due")
        given["due"] = days.get(given.pop("when", None))
        if given["due"] is None and not self.errors:
            self.add_error("due", _("Write the other day, such as 2026-11-27."))
        if given.get("time") and given.get("kind") not in (None, Task.Kind.MEETING):
            self.add_error("time", _("Choose “We meet” above, or empty the time."))
        return given


class MoveForm(Form):
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due = forms.DateField(label=_("By when"), widget=Day)
    time = forms.TimeField(label=_("At what time"), widget=Hour, required=False)

    def __init__(self, *args, task: Task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_in(task.case_id, sensitive=task.is_sensitive)
        if task.kind != Task.Kind.MEETING:
            del self.fields["time"]


class DoneForm(Form):
    words = forms.CharField(label=_("What came of it"), widget=Words, required=False)


class PutOffForm(Form):
    until = forms.DateField(label=_("Remind me again on"), widget=Day)
    reason = forms.CharField(
        label=_("Why not now"), help_text=_("Whoever looks after the case reads it."), widget=Words
    )


class FilterForm(Form):
    """Which tasks to see. It is sent as part of the address."""

    use_required_attribute = False

    case = forms.ChoiceField(label=_("Whose"))
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("", _("Everything")), *Task.Kind.choices, (BY_ITSELF, _("Comes by itself"))],
    )
    owner = forms.ChoiceField(
        label=_("Who does it"), choices=[("", _("I do")), ("team", _("Anybody in my team"))]
    )

    def __init__(self, *args, cases: list[Case], with_team: bool, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(case.reference, f"{case.person.name}, {case.reference}") for case in cases]
        self.fields["case"].choices = [("", _("Everybody")), *people]
        if not with_team:
            del self.fields["owner"]


class AddressForm(forms.Form):
    """What an address may ask for. What it cannot mean is left out."""

    case = forms.CharField(required=False, max_length=12)
    kind = forms.ChoiceField(choices=[*Task.Kind.choices, (BY_ITSELF, "")], required=False)
    owner = forms.ChoiceField(choices=[("team", "")], required=False)
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


def chosen(given, *, with_team: bool) -> Chosen:
    """What somebody wants to see, from the address of the page."""
    form = AddressForm(given)
    form.is_valid()
    said = {name: value for name, value in form.cleaned_data.items() if value}
    return Chosen(**said if with_team else {name: said[name] for name in said if name != "owner"})


class DigestForm(Form):
    comes = forms.ChoiceField(label=_("How often"), choices=Digest.Comes, widget=Cards)
    hour = forms.TypedChoiceField(
        label=_("Not before"),
        choices=[(f"{hour:02}:00", f"{hour:02}:00") for hour in range(5, 22)],
        coerce=time.fromisoformat,
    )
