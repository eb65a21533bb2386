"""The mail that says how much is due, for those who asked for it. It names nobody and nothing else."""

from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.organisations.letters import goes_out
from r2com.organisations.models import Membership

from . import actions, listing, reminders
from .models import Digest

MONDAY = 0


def send_all(at: datetime) -> None:
    """Write to everybody whose hour has come, once a day or once a week, however often this is called."""
    if not goes_out():
        return
    local = timezone.localtime(at)
    working = Membership.objects.on(local.date()).values("user")
    due = Digest.objects.filter(hour__lte=local.time(), user__is_active=True, user__in=working)
    for digest in due.exclude(last_sent_on=local.date()).select_related("user"):
        if digest.comes == Digest.Comes.DAILY or local.weekday() == MONDAY:
            _send(digest, local.date(), at)


def _send(digest: Digest, today: date, at: datetime) -> None:
    """Count and send. Where nothing is due nobody writes; what did not go out is tried again."""
    before = digest.last_sent_on
    if not actions.count_digest(digest, on=today, by=None, at=at):
        return
    if (letter := _letter(digest, today)) and not _went_out(letter):
        Digest.objects.filter(pk=digest.pk).update(last_sent_on=before)


def _letter(digest: Digest, today: date) -> EmailMessage | None:
    is_weekly = digest.comes == Digest.Comes.WEEKLY
    until = today + timedelta(days=6 if is_weekly else 0)
    things = counted(digest.user, today, until)
    if not things:
        return None
    link = f"{settings.ADDRESS}{reverse('tasks')}"
    with translation.override(digest.user.language):
        context = {"things": things, "is_weekly": is_weekly, "link": link}
        words = render_to_string("tasks/letters/digest.txt", context)
        title = _("You have things due this week") if is_weekly else _("You have things due today")
        return EmailMessage(title, words, to=[digest.user.email])


def counted(user: User, today: date, until: date) -> int:
    """How many tasks and reminders somebody has until a day, with what is still open from before."""
    tasks = [day for day in listing.days(user, today) if day <= until]
    by_themselves = [one for one in reminders.of(user, today) if one.day <= until]
    return len(tasks) + len(by_themselves)


def _went_out(letter: EmailMessage) -> bool:
    try:
        return letter.send() == 1
    except (OSError, SMTPException):
        return False
