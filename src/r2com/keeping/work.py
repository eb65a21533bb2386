"""What the worker and the command do: run what two people agreed to."""

import logging
from datetime import datetime

from r2com.core.refusals import Refused

from . import actions
from .models import Certificate, RetentionPlan

log = logging.getLogger(__name__)


def run_agreed(at: datetime) -> list[Certificate]:
    """Each plan in a transaction of its own. Again does nothing: a yes is used up by its run."""
    done = []
    for plan in RetentionPlan.objects.agreed(at):
        try:
            done.append(actions.run(plan, by=plan.proposal.proposed_by, at=at))
        except Refused as refusal:
            log.warning("A retention run that was agreed to was not done: %s", refusal)
    return done
