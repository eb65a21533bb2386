"""The worker: does what comes round by itself, until it is asked to stop."""

import logging
import signal
import threading
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from r2com.access import grants
from r2com.audit import keeping
from r2com.cases import retention
from r2com.drafts import once
from r2com.imports import work as imports
from r2com.jobs import work
from r2com.keeping import work as retaining
from r2com.keeping.models import Hold
from r2com.landing import noon
from r2com.observations import actions as observations
from r2com.observations.models import Observation
from r2com.supervision import actions as supervision
from r2com.tasks import digest

EVERY_SECONDS = 30
log = logging.getLogger(__name__)


def register() -> None:
    """Tell the workers about every job of this installation."""
    work.register("take the trail in and sign it", keeping.sign, timedelta(seconds=30))
    work.register("clear ended sessions", clear_sessions, timedelta(hours=1))
    work.register("forget people we declined", forget_declined, timedelta(hours=6))
    work.register("forget what is not for the record", forget_observations, timedelta(hours=6))
    work.register("destroy what two people agreed to", destroy_agreed, timedelta(minutes=5))
    work.register("hand on dark lamps", noon.hand_on_everywhere, timedelta(minutes=5))
    work.register("say by mail how much is due", digest.send_all, timedelta(minutes=10))
    work.register("move caseloads in and out", imports.go_on, timedelta(seconds=30))
    work.register("forget uploaded lists", imports.forget_files, timedelta(hours=1))
    work.register("forget what workers wrote about themselves", forget_strain, timedelta(hours=6))
    work.register("forget what was sent twice", forget_sent, timedelta(hours=1))
    work.register("derive every grant again", derive_grants, timedelta(hours=6))


def clear_sessions(at: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def derive_grants(at: datetime) -> None:
    """Compare what is stored with what the sources give, say where they differ, and put it right."""
    for cases in grants.portions():
        differing = grants.differing(cases)
        if differing:
            log.warning("The grants of %d cases were not what their sources give.", len(differing))
            grants.rebuild(differing)


def forget_declined(at: datetime) -> None:
    """Each in a transaction of its own, so that one that cannot be deleted holds up nobody else."""
    held = Hold.objects.standing().values("case__person")
    for door in retention.promised_gone(timezone.localtime(at).date()).exclude(person__in=held):
        retention.forget_declined(door, at=timezone.localtime(at))


def forget_observations(at: datetime) -> None:
    """Each by itself, as above. A held record keeps them."""
    held = Hold.objects.standing().values("case")
    for observation in Observation.objects.promised_gone(timezone.localdate(at)).exclude(case__in=held):
        observations.forget(observation, at=at)


def destroy_agreed(at: datetime) -> None:
    retaining.run_agreed(at)


def forget_strain(at: datetime) -> None:
    supervision.forget_old(at=at)


def forget_sent(at: datetime) -> None:
    once.forget(at=at)


def serve() -> None:
    """Do what is due, again and again, until SIGTERM or Ctrl-C. What was begun is finished."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=keeping.take_in_until, args=(stop,), daemon=True).start()
    while not stop.is_set():
        one_round()
        close_old_connections()
        stop.wait(EVERY_SECONDS)


def one_round() -> dict[str, bool]:
    """Do everything that is due once. Says for each job whether it went well."""
    return work.run_due(at=timezone.now())
