"""How the API says no: a plain sentence, as `application/problem+json` (RFC 9457)."""

import logging

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from r2com.core.refusals import Changed, Refused

CONTENT_TYPE = "application/problem+json"
log = logging.getLogger("django.request")


class NotThisToken(Exception):
    """The token was not made for this."""


class TooOften(Exception):
    """More was asked than this token, or this place, may ask for in a minute."""


class UsedBefore(Exception):
    """The same Idempotency-Key came with something else."""


class TwoVersions(Exception):
    """Somebody kept another version meanwhile. Carries the sentence, what was sent and what stands."""

    def __init__(self, sentence: str, *, yours: dict, theirs: dict):
        super().__init__(sentence)
        self.versions = {"yours": yours, "theirs": theirs}


def problem(status: int, kind: str, sentence: str, **more) -> JsonResponse:
    said = {
        "type": f"urn:r2com:{kind}",
        "status": status,
        "title": kind.replace("-", " "),
        "detail": sentence,
    }
    return JsonResponse({**said, **more}, status=status, content_type=CONTENT_TYPE)


def nothing_here() -> JsonResponse:
    """The same words for what does not exist and for what one may not see."""
    return problem(404, "not-found", _("There is nothing here, or nothing for you."))


def wrong_method(allowed: list[str]) -> JsonResponse:
    answer = problem(405, "wrong-method", _("This address does not take that method."))
    answer["Allow"] = ", ".join(allowed)
    return answer


def not_json() -> JsonResponse:
    return problem(415, "not-json", _("Send JSON, and say so: “Content-Type: application/json”."))


def listen(api: NinjaAPI) -> None:
    """Answer whatever goes wrong in one voice."""
    for fault, answer in ANSWERS.items():
        api.add_exception_handler(fault, answer)


def _not_signed_in(request: HttpRequest, fault: Exception) -> JsonResponse:
    sentence = _("Send a token that works: “Authorization: Bearer …”.")
    answer = problem(401, "no-token", sentence)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _not_this_token(request, fault):
    return problem(403, "not-this-token", _("This token was not made for that."))


def _too_often(request, fault):
    answer = problem(429, "too-often", _("Too many requests. Wait a minute, then go on."))
    answer["Retry-After"] = "60"
    return answer


def _nothing(request, fault):
    return nothing_here()


def _invalid(request, fault: ValidationError):
    """Names the fields, and never repeats what was sent."""
    fields = [{"field": _field(one["loc"]), "fault": one["msg"]} for one in fault.errors]
    return problem(422, "invalid", _("Something that was sent does not fit."), fields=fields)


def _field(address) -> str:
    """`body.note.words` is said as `words` with its place; the name of the whole body is left out."""
    return ".".join(str(part) for part in address if part not in ("body", "sent"))


def _refused(request, fault: Refused):
    return problem(409, "changed" if isinstance(fault, Changed) else "refused", str(fault))


def _two_versions(request, fault: TwoVersions):
    return problem(409, "changed", str(fault), **fault.versions)


def _used_before(request, fault):
    return problem(422, "key-used-before", _("This Idempotency-Key was sent with something else before."))


def _unreadable(request, fault: HttpError):
    return problem(fault.status_code, "unreadable", _("Send JSON that can be read."))


def _too_large(request, fault):
    return problem(413, "too-large", _("This is too long. Send less at once."))


def _suspicious(request, fault):
    return problem(400, "unreadable", _("Send JSON that can be read."))


def _from_nowhere(request, fault):
    """The sender’s address is not known, so nobody could count their tries."""
    return problem(403, "from-nowhere", _("Ask through the address of this installation."))


def _away(request, fault: Exception):
    """The database does not answer; the same may be sent again in a moment."""
    answer = problem(503, "come-again", _("We cannot answer at the moment. Send the same again in a moment."))
    answer["Retry-After"] = "5"
    return answer


def _our_fault(request, fault: Exception):
    log.error("%s failed", request.path, exc_info=fault)
    return problem(500, "our-fault", _("Something went wrong here. It is not your fault."))


ANSWERS = {
    Exception: _our_fault,
    OperationalError: _away,
    InterfaceError: _away,
    Http404: _nothing,
    HttpError: _unreadable,
    AuthenticationError: _not_signed_in,
    NotThisToken: _not_this_token,
    TooOften: _too_often,
    ValidationError: _invalid,
    Refused: _refused,
    TwoVersions: _two_versions,
    UsedBefore: _used_before,
    PermissionDenied: _from_nowhere,
    SuspiciousOperation: _suspicious,
    RequestDataTooBig: _too_large,
}
