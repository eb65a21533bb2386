"""The victim's safety before everything: what is still missing before a restorative step may be opened."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from r2com.core.refusals import Refused

from .models import Consent, OwnAnswer, SafetyCheck

VICTIMS_SAFETY = "victims_safety"


@dataclass(frozen=True)
class Gate:
    """The answers of one case, and the last word of everybody who has one."""

    check: SafetyCheck | None = None
    consents: dict[str, Consent] = field(default_factory=dict)
    own: OwnAnswer | None = None

    @property
    def missing(self) -> list[str]:
        """What is missing, in sentences. Empty only when everything is there."""
        check = self.check or SafetyCheck()
        answers = [
            (check.victim in WISHED, _the_victim(check.victim)),
            (check.service.strip(), _("Which service speaks for the victim has to be named.")),
            (
                check.rules == SafetyCheck.Rules.ALLOW,
                _("Conditions and no-contact rules have to allow it. Somebody who decides on them says so."),
            ),
            (
                check.facilitator.strip() and check.training.strip(),
                _("A trained facilitator has to be named, with where they were trained."),
            ),
        ]
        found = [sentence for holds, sentence in answers if not holds]
        return [*found, *self._consents_missing(), *self._own_missing()]

    @property
    def is_open(self) -> bool:
        return not self.missing

    def _consents_missing(self) -> list[str]:
        return [sentence for part in Consent.Part if (sentence := self._consent_missing(part))]

    def _consent_missing(self, part: Consent.Part) -> str:
        said = self.consents.get(part)
        if said is not None and said.says == Consent.Says.STOP:
            return _("%(who)s has said stop.") % {"who": part.label}
        if said is None or said.version != self.check.version:
            return _("%(who)s has to say yes to the answers as they stand now.") % {"who": part.label}
        other = self.consents.get(OTHER[part])
        if other is not None and other.by_id == said.by_id:
            return _("The two who say yes have to be two different people.")
        return ""

    def _own_missing(self) -> list[str]:
        if self.own is not None and self.own.says == OwnAnswer.Says.AGREES:
            return []
        if self.own is not None:
            return [_("The person does not agree, or has taken it back.")]
        return [_("The person has to agree themselves, in their own words.")]

    def must_be_open(self) -> None:
        if not self.is_open:
            raise Refused(" ".join([_("Nothing can start yet."), *self.missing]))


WISHED = (SafetyCheck.Victim.ASKED, SafetyCheck.Victim.AGREED)
OTHER = {Consent.Part.WORKER: Consent.Part.SUPERVISOR, Consent.Part.SUPERVISOR: Consent.Part.WORKER}


def of(check: SafetyCheck | None) -> Gate:
    """The gate as these answers leave it."""
    if check is None:
        return Gate()
    consents = {consent.part: consent for consent in check.consents.all()}
    said = list(check.own_answers.all())
    return Gate(check, consents, said[-1] if said else None)


def of_case(case_id: UUID) -> Gate:
    return of(SafetyCheck.objects.filter(case=case_id).whole().first())


def _the_victim(victim: str) -> str:
    said = {
        SafetyCheck.Victim.BY_US: _(
            "We asked the victim ourselves. That closes this way: talk to the supervisor."
        ),
        SafetyCheck.Victim.DECLINED: _("The victim does not wish it. That is the end of the question."),
    }
    return said.get(
        victim,
        _(
            "The victim has to have asked for it or freely agreed, through their own service. "
            "We never ask them."
        ),
    )
