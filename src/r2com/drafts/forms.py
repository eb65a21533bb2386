"""A form that remembers: what views use to give somebody their unfinished words back."""

from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.core import signing
from django.http import QueryDict
from django.urls import reverse

from . import actions, parking
from .models import Draft

SALT = "draft"


@dataclass
class Remembered:
    """The draft behind one form of one person."""

    key: str
    case: UUID | None
    user: object
    version: int = 0
    fields: dict = field(default_factory=dict)
    saved_at: object = None

    @property
    def address(self) -> str:
        token = signing.dumps([self.key, str(self.case or ""), str(self.user.pk)], salt=SALT, compress=True)
        return reverse("draft", args=[token])

    def initial(self, form_class, start=None) -> dict:
        """What the form begins with: the draft's words over what is on record."""
        given = dict(start or {})
        for name, values in self.fields.items():
            shown = form_class.base_fields.get(name)
            many = isinstance(shown, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
            given[name] = values if many else (values[0] if values else "")
        return given

    def forget(self) -> None:
        actions.forget(self.key, by=self.user)


def remembered(request, key: str, case=None) -> Remembered:
    """The draft of this form for the person who is signed in.

    What was posted while the session had run out comes first, then the saved draft.
    """
    case_id = getattr(case, "pk", case)
    draft = Draft.objects.filter(user=request.user.pk, key=key).first()
    memory = Remembered(key, case_id, request.user)
    if draft is not None:
        memory.version, memory.fields = draft.version, draft.fields
        memory.saved_at = draft.saved_at if draft.fields else None
    if request.method == "GET" and (parked := parking.take(request)):
        memory.fields = {**memory.fields, **parked}
    return memory


def unkept(case: UUID, user) -> int:
    """How many forms of this case have words in them that this person typed and did not keep."""
    return len([draft for draft in Draft.objects.filter(case=case, user=user.pk) if draft.fields])


def as_post(fields: dict) -> QueryDict:
    """Draft fields in the shape of a posted form."""
    post = QueryDict(mutable=True)
    for name, values in fields.items():
        post.setlist(name, values)
    return post
