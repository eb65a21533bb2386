"""Accounts: who may sign in."""

from datetime import datetime

from django.db import transaction

from r2com.audit import trail
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import User


@transaction.atomic
def enrol(*, email: str, name: str, language: str, password: str, phone: str = "", by: User | None, at: datetime) -> User:
    """Make an account. Its second factor is set up at the first sign-in."""
    user = User(email=email.lower(), name=name, language=language, phone=phone)
    user.set_password(password)
    user.save(force_insert=True)
    keyring.make(Owner.USER, user.pk)
    trail.record("account.enrolled", subject=user, by=by or user, at=at)
    return user
