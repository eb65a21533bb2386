"""The mail that says something waits for a look. It names nobody, no record and no programme."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.organisations.letters import goes_out


def tell(users: list[User]) -> None:
    """Write to each in their language, once everything is kept. The page says the same without mail."""
    if goes_out():
        transaction.on_commit(lambda: [_send(user) for user in users])


def _send(user: User) -> bool:
    with translation.override(user.language):
        link = f"{settings.ADDRESS}{reverse('emergencies')}"
        words = render_to_string("guards/letters/look.txt", {"link": link})
        letter = EmailMessage(_("Something waits for you to look at it"), words, to=[user.email])
    try:
        return letter.send() == 1
    except (OSError, SMTPException):
        return False
