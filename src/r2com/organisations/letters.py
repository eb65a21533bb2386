"""The letter that carries an invitation's link. It names no person, no case and no programme."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Invitation

TO_THE_LOG = "django.core.mail.backends.console.EmailBackend"


def goes_out() -> bool:
    """Whether mail leaves this installation. A demonstration sends none, and a link never goes to the log."""
    return not settings.DEMO and settings.EMAIL_BACKEND != TO_THE_LOG


def send(invitation: Invitation, link: str) -> bool:
    """Send the link in the language of whoever is invited. False when it did not go out."""
    if not goes_out():
        return False
    with translation.override(invitation.language):
        words = render_to_string(
            "organisations/letters/invitation.txt", {"invitation": invitation, "link": link}
        )
        letter = EmailMessage(_("An account for you"), words, to=[invitation.email])
    try:
        return letter.send() == 1
    except (OSError, SMTPException):
        return False
