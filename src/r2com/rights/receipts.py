"""Receipts for what a person said about sharing, in the words of ISO/IEC TS 27560 (consent records).

One receipt for each yes or no, with the notice that was read before, and each thing that happened to it. The
keys are the standard's; the values are in the person's language. What is not recorded is not made up.
"""

from datetime import UTC, datetime
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.contests.shown import Shown, shown
from r2com.organisations.models import Organisation
from r2com.people.models import Choice
from r2com.people.notice_text import notice_paragraphs, plain
from r2com.safety_plans.paper import language

SCHEMA = "r2com-consent-receipts-1, after ISO/IEC TS 27560:2023"
RIGHTS = "GDPR Art. 7(3), 12, 13, 15, 16, 17, 18, 20, 21, 77"


def receipts(case: Case, *, by, at: datetime) -> dict:
    """Everything that was chosen, the earliest first, for whoever reads this record."""
    chosen = Choice.objects.visible_to(by).filter(person=case.person_id)
    rows = chosen.select_related("given__notice", "recipient", "withdrawal").order_by("made_at", "pk")
    with translation.override(language(case)):
        contested = shown(case, by)
        return {
            "schema_version": SCHEMA,
            "made_at": _moment(at),
            "review": _("Draft: a lawyer of the country has to read this before real use."),
            "receipts": [receipt(one, case, contested, at) for one in rows],
        }


def receipt(choice: Choice, case: Case, contested: Shown, at: datetime) -> dict:
    """One choice: header, processing, parties, what happened, and what the person says of this entry."""
    return {
        "schema_version": SCHEMA,
        "record_id": str(choice.pk),
        "pii_principal_id": str(choice.person_id),
        "pii_processing": _processing(choice, case.organisation),
        "party_identification": _parties(choice, case.organisation),
        "events": _events(choice, at),
        "contests": contested.lines(choice).splitlines(),
    }


def _processing(choice: Choice, house: Organisation) -> dict:
    notice = choice.given.notice
    words = plain(notice_paragraphs(notice, house, notice.language))
    return {
        "privacy_notice": {
            "id": str(notice.pk),
            "version": notice.version,
            "language": notice.language,
            "sha256": sha256(words.encode()).hexdigest(),
            "text": words,
        },
        "language": notice.language,
        "purposes": [
            {
                "purpose": str(choice.get_purpose_display()),
                "purpose_type": choice.purpose,
                "lawful_basis": "GDPR Art. 6(1)(a), 9(2)(a)",
                "pii_controllers": [str(house.pk)],
                "recipient_third_parties": [str(choice.recipient_id)],
                "collection_method": str(choice.get_how_display()),
                "retention_period": choice.until.isoformat() if choice.until else None,
                "jurisdiction": house.country,
                "withdrawal_method": _("Say so to anybody of us, on any day. It counts at once."),
                "privacy_rights": RIGHTS,
            }
        ],
    }


def _parties(choice: Choice, house: Organisation) -> list[dict]:
    asked, spoken = house.data_protection_contact, translation.get_language() or house.language
    return [
        {"party_id": str(house.pk), "party_role": "pii_controller", "name": house.name, "contact": asked},
        {
            "party_id": str(choice.recipient_id),
            "party_role": "third_party",
            "name": choice.recipient.in_language(spoken),
        },
    ]


def _events(choice: Choice, at: datetime) -> list[dict]:
    """The notice, the choice, and its end where it has one."""
    given, said = choice.given, choice.get_how_display()
    happened = [
        _event(given.given_at, choice, "notice", given.how, given.get_proof_display()),
        _event(choice.made_at, choice, "explicit", "given" if choice.agreed else "refused", said),
    ]
    if choice.is_withdrawn:
        end = choice.withdrawal
        happened.append(_event(end.withdrawn_at, choice, "explicit", "withdrawn", end.get_how_display()))
    elif choice.agreed and choice.until < at.date():
        happened.append({"event_time": choice.until.isoformat(), "event_state": "expired"})
    return happened


def _event(moment: datetime, choice: Choice, kind: str, state: str, shown_by) -> dict:
    return {
        "event_time": _moment(moment),
        "validity_duration": choice.until.isoformat() if choice.until else None,
        "entity_id": str(choice.person_id),
        "event_type": kind,
        "event_state": state,
        "proof": str(shown_by),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
