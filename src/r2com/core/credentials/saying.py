"""What a reader is told: one sentence for each verdict, each check and each reason, and what a paper says.

English here; whoever shows them puts them into the reader's language.
"""

from .refusing import Why
from .verifying import Outcome, Step, Verdict


def _(words: str) -> str:
    """Marks a sentence for whoever translates."""
    return words


VERDICTS = {
    Verdict.VALID: _("Valid"),
    Verdict.EXPIRED: _("Expired"),
    Verdict.SUSPENDED: _("Suspended"),
    Verdict.REVOKED: _("Revoked"),
    Verdict.ALTERED: _("Altered"),
    Verdict.CANNOT_TELL: _("Cannot tell"),
}
MEANS = {
    Verdict.VALID: _("The certificate is as it was given, and it holds today."),
    Verdict.EXPIRED: _("The certificate is as it was given, but its time is over."),
    Verdict.SUSPENDED: _("The certificate does not hold for now. This can be lifted again."),
    Verdict.REVOKED: _("Whoever gave this certificate took it back."),
    Verdict.ALTERED: _("What stands there is not what the issuer it names signed."),
    Verdict.CANNOT_TELL: _("Not everything could be checked. Do not rely on it until it can."),
}
STEPS = {
    Step.STRUCTURE: _("Well made"),
    Step.SCHEMA: _("An Open Badge"),
    Step.PROOF: _("Unaltered"),
    Step.DATES: _("In its time"),
    Step.STATUS: _("Not taken back"),
    Step.ISSUER: _("From whom it says"),
}
OUTCOMES = {
    Outcome.PASSED: _("Yes"),
    Outcome.FAILED: _("No"),
    Outcome.UNKNOWN: _("Cannot tell"),
}
REASONS = {
    Why.FINE: "",
    Why.NO_STATUS: _("It names no list in which it could be taken back."),
    Why.KEY_ALONE: _("The key speaks for itself. Nobody vouches for the name beside it."),
    Why.NOT_JSON: _("It cannot be read as JSON."),
    Why.TOO_LARGE: _("It is larger than any certificate needs to be."),
    Why.NO_CREDENTIAL: _("There is no certificate in it."),
    Why.NOT_LINKED_DATA: _("It cannot be read as linked data (JSON-LD)."),
    Why.UNKNOWN_WORDS: _("It uses a vocabulary that is not known here."),
    Why.NOT_COVERED: _("Something stands in it that no signature covers."),
    Why.TOO_MUCH: _("Checking it would take longer than any honest certificate needs."),
    Why.MISSING: _("Something that every certificate has is missing."),
    Why.MISSHAPEN: _("Something in it is not written as the standard asks."),
    Why.DATES_CROSSED: _("It ends before it begins."),
    Why.OTHER_KIND: _("It is not an Open Badge."),
    Why.NO_PROOF: _("It is not signed."),
    Why.OTHER_PROOF: _("It is signed in a way that is not read here."),
    Why.NO_KEY: _("The issuer publishes no such key."),
    Why.WRONG_SIGNATURE: _("The signature does not fit what stands there."),
    Why.OTHER_ISSUER: _("It was signed by somebody other than the issuer it names."),
    Why.ISSUER_AWAY: _("Who the issuer is could not be looked up."),
    Why.KEY_WITHDRAWN: _("The issuer does not stand by this key any more."),
    Why.TOO_EARLY: _("Its first day has not come yet."),
    Why.OVER: _("Its last day is over."),
    Why.REVOKED: _("It was taken back."),
    Why.SUSPENDED: _("It is suspended for now."),
    Why.LIST_AWAY: _("The list of what was taken back could not be read."),
    Why.LIST_BROKEN: _("The list of what was taken back is not a genuine one."),
    Why.NOT_REACHED: _("This could not be looked at."),
}
PAPER = {
    "paper": _("Certificate"),
    "given_to": _("This is to certify that"),
    "has": _("has earned"),
    "for": _("What had to be done"),
    "by": _("Certificate given by"),
    "from": _("Holds from"),
    "until": _("until"),
    "check": _("Whether it still holds, anybody can check with the file inside this paper."),
    "scan": _("Scan to check"),
}
