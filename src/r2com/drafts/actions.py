"""Saving and dropping drafts."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from r2com.core.refusals import Changed
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import Draft


class OtherVersion(Changed):
    """Another window saved meanwhile. Carries the draft as it stands."""

    def __init__(self, draft: Draft):
        super().__init__(draft.key)
        self.draft = draft


@transaction.atomic
def save(
    key: str, *, fields: dict, base: int, case: UUID | None, by: AbstractBaseUser, at: datetime
) -> Draft:
    """Save what stands in a form. Raises OtherVersion when it was saved elsewhere since `base`."""
    if case is None:
        keyring.make(Owner.USER, by.pk)
    draft = Draft.objects.select_for_update().filter(user=by.pk, key=key).first()
    if draft is None:
        draft = _first(key, case=case, by=by, at=at)
    if draft.version != base:
        if draft.fields == fields:
            return draft
        raise OtherVersion(draft)
    draft.fields, draft.version, draft.saved_at = fields, draft.version + 1, at
    draft.save()
    return draft


@transaction.atomic
def forget(key: str, *, by: AbstractBaseUser) -> None:
    """Empty a draft once its form was kept. Its version counts on, so that a late window is noticed."""
    draft = Draft.objects.select_for_update().filter(user=by.pk, key=key).first()
    if draft is not None:
        draft.fields, draft.version = {}, draft.version + 1
        draft.save()


def _first(key: str, *, case: UUID | None, by: AbstractBaseUser, at: datetime) -> Draft:
    """A new draft, or the one that another window made in this very moment."""
    try:
        with transaction.atomic():
            return Draft.objects.create(user=by.pk, key=key, case=case, saved_at=at)
    except IntegrityError:
        return Draft.objects.select_for_update().get(user=by.pk, key=key)
