"""Accounts: who may sign in."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from r2com.audit import trail
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import Session, User


@transaction.atomic
def enrol(
    *, email: str, name: str, language: str, password: str, phone: str = "", by: User | None, at: datetime
) -> User:
    """Make an account. Its second factor is set up at the first sign-in."""
    user = User(email=email.lower(), name=name, language=language, phone=phone)
    user.set_password(password)
    user.save(force_insert=True)
    keyring.make(Owner.USER, user.pk)
    trail.record("account.enrolled", subject=user, by=by or user, at=at)
    return user


@transaction.atomic
def change_language(user: User, *, language: str, by: User, at: datetime) -> None:
    """Remember the language somebody reads, for their next sign-in and their mails."""
    user.language = language
    user.save(update_fields=["language"])
    trail.record("account.language_changed", subject=user, by=by, at=at, language=language)


@transaction.atomic
def sign_out_everywhere(user: User, *, by: User | None, at: datetime) -> None:
    """End every session of somebody, on every device."""
    Session.objects.filter(user=user).delete()
    trail.record("account.signed_out", subject=user, by=by, at=at, everywhere=True)


@transaction.atomic
def end_session(session: Session, *, by: User, at: datetime) -> None:
    """End one session on another device."""
    user = session.user
    session.delete()
    trail.record("account.signed_out", subject=user, by=by, at=at, elsewhere=True)


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None, at: datetime) -> None:
    """Take every second factor away, for somebody who lost theirs, and end their sessions.

    They set up a new one at their next sign-in. Whoever calls this has made sure who is asking.
    """
    Authenticator.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()
    trail.record("account.second_factor_reset", subject=user, by=by, at=at, everything=True)
