"""Every page of the application with real content on it, and who sees it."""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.api import actions as api
from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment, Box, Future
from r2com.assessments.responses import instrument_of
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import About, Note, Promise, Said
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.corner import actions as corner
from r2com.documents import actions as documents
from r2com.documents import apart, content
from r2com.documents.models import LetterTemplate
from r2com.drafts import actions as drafts
from r2com.exports import actions as exports
from r2com.guards import actions as guards
from r2com.imports import actions as imports
from r2com.imports import work as moving_in
from r2com.imports.mapping import from_dict
from r2com.imports.models import Row
from r2com.instruments import actions as instruments
from r2com.landing import actions as landing
from r2com.my_record import actions as my_record
from r2com.my_record import record
from r2com.observations import actions as observations
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListEntry, ListName, RetentionRule
from r2com.organisations.proposals import RETENTION_RUN
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.plans import actions as plans
from r2com.plans.models import Answer, Plan
from r2com.programmes import actions as programmes
from r2com.questionnaires import actions as questionnaires
from r2com.questionnaires.models import Questionnaire
from r2com.reviews import actions as reviews
from r2com.rights import actions as rights
from r2com.safety_plans import actions as safety_plans
from r2com.safety_plans.models import PARTS
from r2com.sharing.models import LawfulBasis
from r2com.supervision import actions as supervision
from r2com.tasks import actions as tasks
from r2com.tasks import reminders
from r2com.threads import actions as threads

from .. import factories, files, lists
from ..unit.question_sample import arrival

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WORDS = "“My uncle says I can have the sofa till New Year, and after that we shall see.”"
TALKED_ABOUT = {
    "A1": {"vulnerability": "some", "strength": "some", "matters_for": "settling", "person_view": "differs"},
    "A3": {"vulnerability": "marked", "strength": "none", "matters_for": "both", "person_view": "agrees"},
    "B1": {"vulnerability": "none", "strength": "strong", "person_view": "agrees"},
    "E1": {"vulnerability": "some", "strength": "strong", "person_view": "agrees"},
    "H2": {"vulnerability": "not_applicable", "person_view": "agrees"},
}
SENT = "main form[method=post]"
ASKING = {
    "account_login": "main form:has([name=password])",
    "join": SENT,
    "door": SENT,
    "people": SENT,
    "give_notice": SENT,
    "choice": SENT,
    "item, half written": "form#item",
    "add_goal": SENT,
    "add_supporter": SENT,
    "add_condition": SENT,
    "add_task": SENT,
    "put_off": SENT,
    "ask_colleague": SENT,
    "thread": SENT,
    "observe": SENT,
    "choose_change": SENT,
    "end_change": SENT,
    "say": SENT,
    "contest": SENT,
    "record_links": SENT,
    "hold_back": SENT,
    "open_link": SENT,
    "plan_answer": SENT,
    "write_contact": SENT,
    "amend_contact": SENT,
    "group_session": SENT,
    "pulse": SENT,
    "write_safety_plan, empty": SENT,
    "add_gate_line": SENT,
    "add_document": SENT,
    "release": SENT,
    "letter_template, for the administrator": SENT,
    "review": SENT,
    "closing": SENT,
    "reopen": SENT,
    "aftercare": SENT,
    "choose_programme": SENT,
    "programme_session": SENT,
    "end_programme": SENT,
    "imports, for a supervisor": SENT,
    "invite, for the administrator": SENT,
    "add_basis, for the administrator": SENT,
    "tokens": "main form[method=post]:not([action])",
    "exports, for a supervisor": SENT,
    "hand_over_from": SENT,
    "strain": SENT,
}


class Page(NamedTuple):
    """A page by its name, its address, and who opens it; nobody is signed in where `who` is None.

    `sends` picks a form that is sent as it stands, for the page that says what is missing.
    """

    name: str
    path: str
    who: User | None
    sends: str = ""


def session_of(user: User) -> str:
    """The session key of somebody who has signed in and has just given their password once more."""
    client = factories.sign_in(Client(), user)
    if not user.authenticator_set.exists():
        session = client.session
        del session["second_factor"]
        session.save()
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    return client.cookies["sid"].value


def code(ahead: int = 0) -> str:
    """What everybody's authenticator shows now, or shows next: each code works once."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD + ahead))


@dataclass(frozen=True)
class Agency:
    """A small agency that has worked for a month."""

    lead: User
    deputy: User
    supervisor: User
    mentor: User
    administrator: User
    newcomer: User
    case: Case
    at: datetime


def every_page(at: datetime) -> list[Page]:
    """All pages of an agency in which every kind of thing has happened once."""
    agency = begin(at)
    return [
        *_signed_out(agency),
        *_own_account(agency),
        *_record(agency),
        *_talks(agency),
        *_plans(agency),
        *_around(agency),
        *_contacts(agency),
        *_looked_after(agency),
        *_landing(agency),
        *_papers(agency),
        *_reviews(agency),
        *_closing(agency),
        *_questionnaires(agency),
        *_programmes(agency),
        *_imports(agency),
        *_agency(agency),
        *_let_out(agency),
        *_supervision(agency),
        *_guarded(agency),
        *_complained(agency),
    ]


def with_faults(pages: list[Page]) -> list[Page]:
    """Those of the pages that ask for something, once more with what is missing said."""
    asked = [page for page in pages if page.name in ASKING]
    return [Page(f"{page.name}, with faults", page.path, page.who, ASKING[page.name]) for page in asked]


def begin(at: datetime) -> Agency:
    """The agency, its people, and one case with a notice given, choices, a mentor and tasks."""
    began = at - timedelta(days=30)
    organisation = factories.organisation(at=began)
    factories.may_keep_offences(organisation, at=began)
    team = factories.team(organisation, "Harbour team", at=began)
    factories.published(at=began)

    def person(name, role):
        user = factories.enrolled(name, role, team, at=began)
        TOTP.activate(user, SECRET)
        return user

    lead = person("Ines Lindqvarn", Role.PRACTITIONER)
    deputy = person("Bram Oosterlicht", Role.PRACTITIONER)
    mentor = person("Rafe Tollgate", Role.MENTOR)
    case = factories.case(
        team,
        by=lead,
        deputy=deputy,
        name="Milo Konstantinopolites-Fernweh",
        release_on=began.date(),
        at=began,
        called="Milo",
        safe_contact="Ring after ten; never leave a message.",
        matters="A door I can lock.",
        works="Say what you will do, then do it.",
    )
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=lead, at=began)
    agency = Agency(
        lead,
        deputy,
        person("Rut Halvarsen", Role.SUPERVISOR),
        mentor,
        person("Ada Quillfeather", Role.ADMINISTRATOR),
        factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=began),
        case,
        at,
    )
    RecoveryCodes.activate(lead)
    _explain(agency)
    return agency


def _explain(agency: Agency) -> None:
    """The notice was read, and two things were chosen: one yes, one taken back."""
    case, at = agency.case, agency.at - timedelta(days=20)
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    given = people.give_notice(
        case.person, notice, how="aloud", proof="signed", by=agency.lead, at=at, case=case
    )
    recipients = ListEntry.objects.filter(organisation=case.organisation, list=ListName.RECIPIENT)[:2]
    for recipient in recipients:
        choice = people.record_choice(
            given,
            recipient=recipient,
            purpose="help",
            agreed=True,
            until=at.date() + timedelta(days=90),
            how="said",
            by=agency.lead,
            at=at,
            case=case,
        )
    people.withdraw(choice, how="said", by=agency.lead, at=at + timedelta(days=1), case=case)


def _signed_out(agency: Agency) -> list[Page]:
    at = agency.at
    _, token = organisations.invite(
        agency.case.organisation,
        email="noa.wintergreen@example.org",
        name="Noa Wintergreen",
        role=Role.PRACTITIONER,
        team=agency.case.team,
        language="en",
        by=agency.administrator,
        at=at,
    )
    named = [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
        "leave",
        "joined",
    ]
    pages = [Page(name, reverse(name), None) for name in named]
    return [
        *pages,
        Page("join", reverse("join", args=[token]), None),
        Page("join, closed", reverse("join", args=["used-up"]), None),
        Page("password, link closed", reverse("account_reset_password_from_key", args=["0", "a-b"]), None),
    ]


def _own_account(agency: Agency) -> list[Page]:
    named = [
        "gallery",
        "today",
        "people",
        "door",
        "tasks",
        "threads",
        "calendar_feed",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "account_change_password",
        "account_logout",
        "sign_out_everywhere",
        "devices",
        "tokens",
    ]
    pages = [Page(name, reverse(name), agency.lead) for name in named]
    return [
        *pages,
        Page("set up a second factor", reverse("mfa_index"), agency.newcomer),
        Page("add an app", reverse("mfa_activate_totp"), agency.newcomer),
        Page("confirm, by password", reverse("account_reauthenticate"), agency.lead),
        Page("confirm, by code", reverse("mfa_reauthenticate"), agency.lead),
        Page("not found", "/nothing/", agency.lead),
    ]


def _record(agency: Agency) -> list[Page]:
    case, at = agency.case, agency.at
    choice = case.person.choices.filter(withdrawal__isnull=True).get()
    promise = tasks.promise(
        case, words="Ring the housing office", owner=agency.lead, due=at.date(), by=agency.lead, at=at
    )
    done = tasks.promise(
        case, words="Find the form", owner=agency.lead, due=at.date(), by=agency.deputy, at=at
    )
    tasks.finish(done, words="It was in the drawer.", by=agency.lead, at=at)
    named = ["person", "profile", "explain", "give_notice", "print_notice", "choice", "team"]
    named += ["case_tasks", "add_task", "ask_colleague"]
    pages = [Page(name, reverse(name, args=[case.reference]), agency.lead) for name in named]
    pages += [*_observations(agency), *_questions(agency)]
    late = next(one for one in reminders.of(agency.lead, at.date(), case.pk) if one.kind == "question")
    return [
        *pages,
        Page("put_off", reverse("put_off_one", args=[case.reference, late.kind, late.about]), agency.lead),
        Page("tasks, for a supervisor", reverse("tasks"), agency.supervisor),
        Page("person, for a mentor", case.get_absolute_url(), agency.mentor),
        Page("withdraw", reverse("withdraw", args=[case.reference, choice.pk]), agency.lead),
        Page("task", reverse("task", args=[promise.pk]), agency.lead),
        Page("task, done", reverse("task", args=[done.pk]), agency.lead),
        Page("declined", reverse("declined", args=[_declined(agency).pk]), agency.lead),
        *_empty_record(agency),
    ]


def _observations(agency: Agency) -> list[Page]:
    """Writing one, one of one's own, and the list."""
    case, at = agency.case, agency.at - timedelta(days=2)
    told = {"kind": "asks", "seen_at": at, "place": WORDS, "words": WORDS, "told_how": "said"}
    seen = observations.observe(case, **told, by=agency.lead, at=at)
    observations.answer(seen, words=WORDS, by=agency.lead, at=at)
    named = [
        Page(name, reverse(name, args=[case.reference]), agency.lead) for name in ("observe", "observations")
    ]
    return [*named, Page("observation", reverse("observation", args=[seen.pk]), agency.lead)]


def _questions(agency: Agency) -> list[Page]:
    """A question with a reply that was changed, and one that was answered."""
    case, at = agency.case, agency.at - timedelta(days=2)
    asked = {"colleagues": [agency.deputy, agency.supervisor], "words": WORDS, "by": agency.lead}
    thread = threads.ask(case, **asked, wanted_by=at.date(), at=at)
    said = threads.reply(thread, words=WORDS, by=agency.deputy, at=at)
    threads.amend(said, words="On Thursdays.", by=agency.deputy, at=at + timedelta(hours=1))
    answered = threads.ask(case, **asked, only_asked=True, at=at)
    threads.answered(answered, by=agency.lead, at=at)
    return [
        Page("thread", reverse("thread", args=[thread.pk]), agency.lead),
        Page("thread, answered", reverse("thread", args=[answered.pk]), agency.supervisor),
        Page("amend_entry", reverse("amend_entry", args=[thread.pk, said.pk]), agency.deputy),
    ]


def _declined(agency: Agency):
    organisation, at = agency.case.organisation, agency.at
    somebody = factories.person(organisation, "Toma Brasswell", by=agency.lead, at=at)
    return cases.decline(
        somebody,
        factories.arrival(agency.case.team, release_on=at.date(), takes_up=False),
        reason=factories.entry(organisation, ListName.DECLINE),
        signposts=[factories.entry(organisation, ListName.SIGNPOST)],
        by=agency.lead,
        at=at,
    )


def _empty_record(agency: Agency) -> list[Page]:
    """The same pages on the first day, when nothing has happened yet."""
    fresh = factories.case(agency.case.team, by=agency.lead, name="Oda Kestrel", at=agency.at)
    named = [
        "person",
        "explain",
        "choice",
        "assessments",
        "map",
        "make_sense",
        "plans",
        "pulse",
        "pulses",
        "safety_plan",
        "write_safety_plan",
        "documents",
    ]
    named += ["case_tasks", "ask_colleague"]
    return [Page(f"{name}, empty", reverse(name, args=[fresh.reference]), agency.lead) for name in named]


def _talks(agency: Agency) -> list[Page]:
    """One talk that was signed off, one that waits for the supervisor, one under way."""
    signed_off = talk(agency, since=14)
    make_sense(agency, signed_off)
    assessments.hand_in(_anew(signed_off), words="Look at A3.", by=agency.lead, at=agency.at)
    assessments.sign_off(_anew(signed_off), comments="Well seen.", by=agency.supervisor, at=agency.at)
    waiting = talk(agency, since=7)
    make_sense(agency, waiting)
    assessments.hand_in(_anew(waiting), words="", by=agency.lead, at=agency.at)
    under_way = talk(agency, since=2)
    make_sense(agency, under_way)
    return [
        *_assessment_pages("", under_way, agency.lead),
        *_assessment_pages(", signed off", signed_off, agency.lead),
        *_assessment_pages(", for a mentor", under_way, agency.mentor)[:2],
        Page("item, half written", _half_written(agency, under_way), agency.lead),
        Page("hand_in", reverse("hand_in", args=[under_way.pk]), agency.lead),
        Page("together", reverse("together", args=[under_way.pk, "A1"]), agency.lead),
        Page("sensitive item", reverse("item", args=[under_way.pk, "C1"]), agency.lead),
        Page("assessments", reverse("assessments", args=[agency.case.reference]), agency.lead),
        Page("sign_off", reverse("sign_off", args=[waiting.pk]), agency.supervisor),
        Page("today, for a supervisor", reverse("today"), agency.supervisor),
    ]


def _assessment_pages(note: str, assessment: Assessment, who: User) -> list[Page]:
    return [
        Page(f"item{note}", reverse("item", args=[assessment.pk, "A1"]), who),
        Page(f"assessment{note}", reverse("assessment", args=[assessment.pk]), who),
        Page(f"assessment_map{note}", reverse("assessment_map", args=[assessment.pk]), who),
        Page(f"sense{note}", reverse("sense", args=[assessment.pk]), who),
    ]


def talk(agency: Agency, *, since: int) -> Assessment:
    """A talk that went through some items, each with a line of evidence and the person's own words."""
    at = agency.at - timedelta(days=since)
    assessment = assessments.begin(agency.case, kind="full", by=agency.lead, at=at)
    guide = instrument_of(assessment, "en")
    for item, judgements in TALKED_ABOUT.items():
        assessments.add_evidence(
            assessment,
            guide.item(item),
            stance="for",
            type="said_by_person",
            source="Milo",
            words=WORDS,
            dated=at.date(),
            by=agency.lead,
            at=at,
        )
        assessments.rate(
            assessment,
            guide.item(item),
            judgements={**judgements, "certainty": "one_source", "direction": "new"},
            own_words="It is a sofa, but it is family.",
            base=0,
            by=agency.lead,
            at=at,
        )
    return assessment


def _half_written(agency: Agency, assessment: Assessment) -> str:
    """The address of an item with a line of evidence that was typed, but not added yet."""
    drafts.save(
        f"rate:{assessment.pk}:A2",
        fields={"evidence_words": [WORDS], "own_words": ["I do not"]},
        base=0,
        case=agency.case.pk,
        by=agency.lead,
        at=agency.at,
    )
    return reverse("item", args=[assessment.pk, "A2"])


def make_sense(agency: Agency, assessment: Assessment) -> None:
    sense = assessments.Sense(
        boxes={str(box): (WORDS, ["A1", "A3"]) for box in Box},
        futures={str(future): ("First signs", "The uncle", "We ring") for future in Future},
        priority_needs=["A3", "A1"],
        key_strengths=["B1"],
        support="standard",
        hours_a_week=Decimal("2.5"),
        support_because="Two visits and a call.",
    )
    assessments.make_sense(assessment, sense, base=0, by=agency.lead, at=agency.at)


def _anew(assessment: Assessment) -> Assessment:
    return Assessment.objects.with_instrument().get(pk=assessment.pk)


def _plans(agency: Agency) -> list[Page]:
    """A plan that was agreed, and the next draft with a goal of its own and one taken out."""
    agreed = _plan(agency)
    shown = Plan.objects.get(pk=agreed.pk)
    plans.record_answer(shown, base=shown.edition, says=Answer.Says.AGREES, by=agency.lead, at=agency.at)
    draft = _plan(agency)
    goal, *_ = draft.goals.order_by("position")
    plans.remove_goal(draft.goals.order_by("position").last(), by=agency.lead, at=agency.at)
    return [
        Page("plans", reverse("plans", args=[agency.case.reference]), agency.lead),
        Page("golden_thread", reverse("golden_thread", args=[agency.case.reference]), agency.lead),
        Page("plan, agreed", reverse("plan", args=[agreed.pk]), agency.lead),
        Page("plan, draft", reverse("plan", args=[draft.pk]), agency.lead),
        Page("change_plan", reverse("change_plan", args=[draft.pk]), agency.lead),
        Page("add_goal", reverse("add_goal", args=[draft.pk]), agency.lead),
        Page("goal", reverse("goal", args=[draft.pk, goal.pk]), agency.lead),
        Page("plan_answer", reverse("plan_answer", args=[draft.pk]), agency.lead),
    ]


def _around(agency: Agency) -> list[Page]:
    """The people in the corner and the conditions, with long names, and before anybody wrote there."""
    by = {"by": agency.lead, "at": agency.at}
    said = {"relation": "Aunt on my mother’s side", "helps": WORDS, "phone": "000 555 0101", "contact": "yes"}
    rings = ["1", "1", "2", "2", "2", "3"]
    people = [
        corner.name(
            agency.case, name=f"Great-aunt Philippa-Marguerite {ring}{place}", ring=ring, **said, **by
        )
        for place, ring in enumerate(rings)
    ]
    corner.let_go(people[-1], **by)
    condition = conditions.write(agency.case, words=WORDS, asked_by="The court", hard=WORDS, **by)
    contest, answered = (_contested(agency, condition) for _number in range(2))
    reply = {"outcome": "partly", "reasons": WORDS, "told": "The court"}
    contests.decide(answered, **reply, by=agency.supervisor, at=agency.at)
    reference = agency.case.reference
    about = [reference, "profile", agency.case.person_id, "phone"]
    return [
        Page("corner", reverse("corner", args=[reference]), agency.lead),
        Page("add_supporter", reverse("add_supporter", args=[reference]), agency.lead),
        Page("supporter", reverse("supporter", args=[people[0].pk]), agency.lead),
        Page("conditions", reverse("conditions", args=[reference]), agency.lead),
        Page("say", reverse("say", args=[reference, "condition", condition.pk]), agency.lead),
        Page("say_part", reverse("say_part", args=about), agency.lead),
        Page("contest", contest.get_absolute_url(), agency.supervisor),
        Page("contest, answered", answered.get_absolute_url(), agency.lead),
        Page("my_record", reverse("my_record", args=[reference]), agency.lead),
        Page("who_looked", reverse("who_looked", args=[reference]), agency.lead),
        Page("add_condition", reverse("add_condition", args=[reference]), agency.lead),
        *_read_elsewhere(agency, condition),
        Page("condition", reverse("condition", args=[condition.pk]), agency.lead),
    ]


def _read_elsewhere(agency: Agency, condition) -> list[Page]:
    """What a worker settles before somebody reads their record by themselves, and the page they come to."""
    by = {"by": agency.lead, "at": agency.at}
    reference, lasts = agency.case.reference, timedelta(hours=48)
    entry = kinds.find(agency.lead, "profile", agency.case.person_id, "phone")
    my_record.hold_back(entry, reason="other_person", words=WORDS, **by)
    _link, token, _code = my_record.make_link(agency.case, parts=record.NAMES, lasts=lasts, **by)
    return [
        Page("record_links", reverse("record_links", args=[reference]), agency.lead),
        Page("held_back", reverse("held_back", args=[reference]), agency.lead),
        Page("hold_back", reverse("hold_back", args=[reference, "condition", condition.pk]), agency.lead),
        Page("open_link", reverse("open_link", args=[token]), None),
    ]


def _contested(agency: Agency, condition):
    entry = kinds.find(agency.lead, "condition", condition.pk)
    said = {"words": WORDS, "asks": "correct", "through": "together"}
    return contests.say(entry, **said, by=agency.lead, at=agency.at)


def _contacts(agency: Agency) -> list[Page]:
    """A note that was amended, one for everybody, a session half written, and enough for a second page."""
    case, at = agency.case, agency.at
    goal = Plan.objects.filter(case=case).first().goals.first()
    said = tuple(Said(kind, WORDS, "Joss") for kind in ("said", "said", "observed", "reported", "view"))
    note = Note(
        at - timedelta(days=2), words=WORDS, statements=said, towards=(About(goal),), purpose="A form"
    )
    promise = Promise("Meet again", at.date() + timedelta(days=7))
    contact = contacts.write(case, note=note, promise=promise, by=agency.lead, at=at)
    contacts.amend(contact, base=1, note=note, reason="Another day", by=agency.lead, at=at)
    missed = replace(note, attendance="no_word", words="", statements=(), towards=(), readers="everybody")
    for _number in range(26):
        contacts.write(case, note=missed, by=agency.lead, at=at)
    fields = {"people": [str(case.pk)], f"attendance_{case.pk}": ["no_word"], f"said_{case.pk}": [WORDS]}
    drafts.save("contact:together", fields=fields, base=0, case=None, by=agency.lead, at=at)
    fresh = Case.objects.exclude(pk=case.pk).first()
    return [
        Page("contacts", reverse("contacts", args=[case.reference]), agency.lead),
        Page("contacts, for a mentor", reverse("contacts", args=[case.reference]), agency.mentor),
        Page("contacts, empty", reverse("contacts", args=[fresh.reference]), agency.lead),
        Page("write_contact", reverse("write_contact", args=[case.reference]), agency.lead),
        Page("contact", contact.get_absolute_url(), agency.lead),
        Page("contact, for a supervisor", contact.get_absolute_url(), agency.supervisor),
        Page("contact_again", reverse("contact_again", args=[contact.pk]), agency.lead),
        Page("amend_contact", reverse("amend_contact", args=[contact.pk]), agency.lead),
        Page("contact_version", reverse("contact_version", args=[contact.pk, 1]), agency.lead),
        Page("group_session", reverse("group_session"), agency.lead),
        Page("group_session, nobody yet", reverse("group_session"), agency.supervisor),
    ]


def _programmes(agency: Agency) -> list[Page]:
    """One that goes on and was written about, one that was said no to, one that waits for answers."""
    case, by = agency.case, {"by": agency.lead, "at": agency.at}
    going = programmes.choose(
        case, programme="mentoring", says="yes", words=WORDS, first_on=agency.at.date(), **by
    )
    held = {
        "session": "first",
        "what": "held",
        "day": agency.at.date(),
        "led_by_other": "Philippa-Marguerite",
    }
    programmes.write_session(going, **held, note=WORDS, took=WORDS, **by)
    programmes.choose(case, programme="first-ninety-days", says="no", words=WORDS, **by)
    answers = dict.fromkeys(programmes.ANSWERED, WORDS) | {"victim": "asked", "rules": "allow"}
    check = programmes.answer_check(case, **answers, base=0, **by)
    programmes.consent(check, says="yes", reason=WORDS, base=1, **by)
    programmes.own_answer(check, says="agrees", words=WORDS, **by)
    reference = case.reference
    return [
        Page("programmes", reverse("programmes"), agency.lead),
        Page("programme", reverse("programme", args=["mentoring"]), agency.lead),
        Page("case_programmes", reverse("case_programmes", args=[reference]), agency.lead),
        Page(
            "choose_programme", reverse("choose_programme", args=[reference, "changing-course"]), agency.lead
        ),
        Page("chosen_programme", reverse("chosen_programme", args=[going.pk]), agency.lead),
        Page("programme_session", reverse("programme_session", args=[going.pk, "first"]), agency.lead),
        Page("pause_programme", reverse("pause_programme", args=[going.pk]), agency.lead),
        Page("end_programme", reverse("end_programme", args=[going.pk]), agency.lead),
        Page("restorative", reverse("restorative", args=[reference]), agency.lead),
        Page("restorative, for a supervisor", reverse("restorative", args=[reference]), agency.supervisor),
    ]


def _imports(agency: Agency) -> list[Page]:
    """A list at each step of its way: just brought, tried, moving in, moved in and taken back."""
    team, by, at = agency.case.team, agency.supervisor, agency.at
    map = from_dict(lists.said(team.organisation))
    odd = {"Nome": "", "Data nasc.": "soon", "Sinalizado por": "A desk that nobody knows"}

    def brought(number, mapped=True):
        rows = [lists.row(number, today=at.date()), lists.row(number, today=at.date(), **odd)]
        found = imports.bring(team, file=lists.as_csv(rows), reason=WORDS, by=by, at=at)
        return imports.choose_map(found, map=map, by=by, at=at) if mapped else found

    new, tried, moving, moved, undone, going = (brought(number, number > 1) for number in range(1, 7))
    for one in (moving, moved, undone, going):
        imports.begin(one, by=by, at=at)
    for one in (moved, undone, going):
        moving_in.move_in_from_safe(one, until=at + timedelta(days=1))
    touched = Row.objects.filter(of=undone).first().case
    cases.place(touched, agency.lead, part=CaseMember.Part.LEAD, by=by, at=at)
    moving_in.move_out(imports.undo(undone, by=by, at=at))
    imports.undo(going, by=by, at=at)
    return [
        Page("imports, for a supervisor", reverse("imports"), by),
        Page("import_columns, for a supervisor", reverse("import_columns", args=[new.pk]), by),
        Page("import, tried, for a supervisor", tried.get_absolute_url(), by),
        Page("import_words, for a supervisor", reverse("import_words", args=[tried.pk]), by),
        Page("import, moving in, for a supervisor", moving.get_absolute_url(), by),
        Page("import, moved in, for a supervisor", moved.get_absolute_url(), by),
        Page("undo_import, for a supervisor", reverse("undo_import", args=[moved.pk]), by),
        Page("import, taken back, for a supervisor", undone.get_absolute_url(), by),
        Page("import, being taken back, for a supervisor", going.get_absolute_url(), by),
    ]


def _plan(agency: Agency) -> Plan:
    at = agency.at
    newest = Assessment.objects.filter(case=agency.case).first()
    plan = plans.begin(agency.case, newest, by=agency.lead, at=at)
    plans.change(
        plan,
        base=plan.version,
        stops="The room falls through: we ask the night shelter the same day.",
        promises="My uncle keeps the sofa free.",
        review_on=at.date() + timedelta(days=30),
        by=agency.lead,
        at=at,
    )
    step = plans.NextStep("Hand in the form", "Milo", agency.lead, at.date() + timedelta(days=3))
    for words in ("A room I can lock, by Christmas", "My papers in my own pocket"):
        plans.add_goal(
            plan,
            words=words,
            item="A1",
            strength_item="B1",
            helps="My uncle\nThe library",
            steps=[step],
            by=agency.lead,
            at=at,
        )
    return plan


def _looked_after(agency: Agency) -> list[Page]:
    """Ten pulses, the last one amended; two versions of a safety plan, and who has a copy."""
    reference, base = agency.case.reference, None
    for days in range(10, 0, -1):
        by = {"by": agency.lead, "at": agency.at - timedelta(days=days)}
        arrows = {"A1": "worsening", "A3": "steady", "C1": "unclear", "H1": "easing"}
        kept = assessments.keep_pulse(agency.case, arrows=arrows, own_words=WORDS, base=base, **by)
        base = kept.pk
    by = {"by": agency.lead, "at": agency.at}
    amended = assessments.amend_pulse(kept, arrows={"A1": "worsening", "G4": "new"}, own_words=WORDS, **by)
    for number in range(2):
        words = dict.fromkeys(PARTS, f"{WORDS}\nLine {number}")
        plan = safety_plans.keep(agency.case, words=words, base=number, **by)
        safety_plans.hand_out(plan, whose="Uncle Joss", since=agency.at.date(), **by)
    earlier = plan.case.safety_plans.last()
    named = ["pulse", "pulses", "safety_plan", "write_safety_plan"]
    return [
        *(Page(name, reverse(name, args=[reference]), agency.lead) for name in named),
        *(
            Page(f"{name}, for a mentor", reverse(name, args=[reference]), agency.mentor)
            for name in named[1:3]
        ),
        Page("kept_pulse", amended.get_absolute_url(), agency.lead),
        Page("kept_pulse, amended", kept.get_absolute_url(), agency.lead),
        Page("amend_pulse", reverse("amend_pulse", args=[amended.pk]), agency.lead),
        Page("safety_plan_version", earlier.get_absolute_url(), agency.lead),
    ]


def _landing(agency: Agency) -> list[Page]:
    """A list half done before release, and a board half lit on the day after it."""
    at, lead, day = agency.at, agency.lead, agency.at.date()
    team = agency.case.team
    soon = factories.case(
        team, by=lead, deputy=agency.deputy, name="Bas Kestrel", release_on=day + timedelta(weeks=6), at=at
    )
    out = factories.case(
        team, by=lead, deputy=agency.deputy, name="Ana Kestrel", release_on=day - timedelta(days=1), at=at
    )
    landing.say(soon, line="benefit", says="arranged", words="By letter", by=lead, at=at)
    landing.confirm(soon, line="bed", who="The night desk", how="phone", on=day, by=lead, at=at)
    landing.not_needed(soon, line="no_contact", words="There are none.", by=lead, at=at)
    landing.light(out, lamp="met", note="At the gate.", by=lead, at=at)
    landing.note(out, lamp="phone", note="Card bought, not registered.", by=lead, at=at)
    named = ["before_the_gate", "add_gate_line", "release_day"]
    lines = {"gate_line": "benefit", "gate_line, confirmed": "bed", "gate_line, left": "no_contact"}
    return [
        *(Page(name, reverse(name, args=[soon.reference]), lead) for name in named),
        *(Page(n, reverse("gate_line", args=[soon.reference, line]), lead) for n, line in lines.items()),
        Page("before_the_gate, out", reverse("before_the_gate", args=[out.reference]), lead),
        Page("before_the_gate, for a mentor", _gate_of(agency), agency.mentor),
        Page("first_72_hours", reverse("first_72_hours", args=[out.reference]), lead),
        Page("first_72_hours, not begun", reverse("first_72_hours", args=[soon.reference]), lead),
        Page("lamp", reverse("lamp", args=[out.reference, "phone"]), lead),
        Page("lamp, lit", reverse("lamp", args=[out.reference, "met"]), lead),
    ]


def _gate_of(agency: Agency) -> str:
    return reverse("before_the_gate", args=[agency.case.reference])


def _papers(agency: Agency) -> list[Page]:
    """A paper with a copy that was taken out, one that is being covered, and letters at each stage."""
    case, by = agency.case, {"by": agency.lead, "at": agency.at}
    taken_out, begun = (_paper(agency) for _ in range(2))
    redaction = documents.begin_redaction(taken_out, **by)
    drawn = apart.redacted(content.whole(taken_out.clean), taken_out.clean.type, {})
    copy = documents.make_copy(redaction, made=drawn, marks=redaction.marks, **by)
    documents.release(copy, to="Housing office", why="Proof of rent", ground="agreed", **by)
    covering = documents.begin_redaction(begun, **by)
    documents.mark(
        covering, page=1, base=covering.stands_at(1), fields=["3-4"], boxes=[[100, 100, 300, 150]], **by
    )
    documents.seed_letters(case.organisation, by=None, at=agency.at)
    template = LetterTemplate.objects.filter(organisation=case.organisation, language="en").first()
    writing, done = (documents.begin_letter(case, template=template, **by) for _ in range(2))
    words = {"to": "Town hall", "subject": "A room", "words": WORDS}
    documents.finish_letter(done, base=1, **words, **by)
    administrator = agency.administrator
    return [
        Page("documents", reverse("documents", args=[case.reference]), agency.lead),
        Page("documents, for a mentor", reverse("documents", args=[case.reference]), agency.mentor),
        Page("add_document", reverse("add_document", args=[case.reference]), agency.lead),
        Page("document", begun.get_absolute_url(), agency.lead),
        Page("document, taken out", taken_out.get_absolute_url(), agency.lead),
        Page("redaction", reverse("redaction", args=[covering.pk, 1]), agency.lead),
        Page("redaction, last page", reverse("redaction", args=[covering.pk, 2]), agency.lead),
        Page("release", reverse("release", args=[copy.pk]), agency.lead),
        Page("letters", reverse("letters", args=[case.reference]), agency.lead),
        Page("letter, being written", writing.get_absolute_url(), agency.lead),
        Page("letter", done.get_absolute_url(), agency.lead),
        Page("letter_templates, for the administrator", reverse("letter_templates"), administrator),
        Page("letter_template", reverse("letter_template", args=[template.pk]), administrator),
        Page(
            "letter_template, for the administrator",
            reverse("add_letter_template", args=["pt"]),
            administrator,
        ),
    ]


def _paper(agency: Agency):
    data = files.pdf("To: Mr Fernweh", "Second page")
    said = {"name": "Answer of the housing office of Konstantinopolites-Lanternwick", "note": WORDS}
    chosen = {"kind": "letter", "source": "received", "received_from": "An office", "seen_by": "sensitive"}
    given = {**said, **chosen, "by": agency.lead, "at": agency.at}
    return documents.add(agency.case, original=data, clean=apart.cleaned(data), **given)


def _reviews(agency: Agency) -> list[Page]:
    """A review that was kept, and one in which something is still to be decided."""
    case, at = agency.case, agency.at
    kept = reviews.begin(case, occasion="week_6", talk_again=False, by=agency.lead, at=at)
    said = {"says": "change", "reasons": WORDS, "narrative": WORDS, "view": "differs", "view_words": WORDS}
    reviews.keep(kept, **said, next_on=at.date() + timedelta(days=30), by=agency.lead, at=at)
    under_way = reviews.begin(case, occasion="week_12", talk_again=False, by=agency.lead, at=at)
    return [
        Page("reviews", reverse("reviews", args=[case.reference]), agency.lead),
        Page("review, kept", kept.get_absolute_url(), agency.lead),
        Page("review", under_way.get_absolute_url(), agency.lead),
        Page("review, for a supervisor", under_way.get_absolute_url(), agency.supervisor),
        Page("closing", reverse("closing", args=[case.reference]), agency.lead),
    ]


def _closing(agency: Agency) -> list[Page]:
    """One support whose letter is being written, and one that has ended."""
    at = agency.at
    ending = factories.case(agency.case.team, by=agency.lead, name="Nadia Wintergreen", at=at)
    _prepared(agency, ending)
    ended = factories.case(agency.case.team, by=agency.lead, name="Vera Brasswell", at=at)
    closing = _prepared(agency, ended)
    words = reviews.LetterWords("en", WORDS, WORDS, WORDS, ring="Lantern: 000 555", keeping=WORDS)
    reviews.close(closing, words, base=1, by=agency.lead, at=at)
    first, second = closing.calls.all()
    reviews.ring(second, result="reached", words=WORDS, by=agency.lead, at=at)
    named = ["reviews", "closing", "closing_letter", "person", "explain", "plans", "team"]
    return [
        Page("closing_letter", reverse("closing_letter", args=[ending.reference]), agency.lead),
        *(Page(f"{name}, closed", reverse(name, args=[ended.reference]), agency.lead) for name in named),
        Page("reopen", reverse("reopen", args=[ended.reference]), agency.lead),
        Page("aftercare", first.get_absolute_url(), agency.lead),
        Page("aftercare, for a supervisor", first.get_absolute_url(), agency.supervisor),
        Page("aftercare, made", second.get_absolute_url(), agency.lead),
    ]


def _prepared(agency: Agency, case: Case):
    """How it ends, with a goal and an open task."""
    who = {"by": agency.lead, "at": agency.at}
    task = tasks.promise(case, words=WORDS, owner=agency.lead, due=agency.at.date(), **who)
    plan = plans.begin(case, None, **who)
    goal = plans.add_goal(plan, words=WORDS, item="A1", strength_item="E1", steps=[], **who)
    account = reviews.Account(
        reason="settled",
        view="differs",
        view_words=WORDS,
        waits=WORDS,
        told=WORDS,
        goals=[reviews.GoalAccount(goal, "partly", "person", WORDS, WORDS)],
        tasks=[reviews.TaskAccount(task, "handed", WORDS)],
    )
    return reviews.prepare(case, account, base=0, **who)


def _questionnaires(agency: Agency) -> list[Page]:
    """One under way, one finished, and what the agency says about its own practice."""
    published = instruments.publish(arrival(sensitive=False), {}, by=None, at=agency.at)
    own = arrival(**{"for": "organisation", "instrument": "practice"})
    asking_us = instruments.publish(own, {}, by=None, at=agency.at)
    under_way, finished = (_answered(agency, published) for _ in range(2))
    questionnaires.finish(finished, by=agency.lead, at=agency.at)
    ours = questionnaires.look_at_practice(
        agency.case.organisation, published=asking_us, by=agency.supervisor, at=agency.at
    )
    looked_at = [_looked_at(agency, asking_us, day) for day in (20, 10)]
    chosen = questionnaires.choose(
        looked_at[1],
        about="home",
        words=WORDS,
        owner=agency.supervisor,
        by_when=agency.at.date(),
        by=agency.supervisor,
        at=agency.at,
    )
    by_themselves = arrival(**{"for": "person-alone", "instrument": "alone", "sensitive": False})
    alone = _answered(agency, instruments.publish(by_themselves, {}, by=None, at=agency.at))
    spoken = _answered(agency, alone.published)
    questionnaires.finish(spoken, by=agency.lead, at=agency.at)
    reference = agency.case.reference
    numbered = [
        Page(
            f"questionnaire_page {number}",
            reverse("questionnaire_page", args=[under_way.pk, number]),
            agency.lead,
        )
        for number in (1, 2, 3, 4)
    ]
    return [
        Page("questionnaires", reverse("questionnaires", args=[agency.case.reference]), agency.lead),
        *numbered,
        Page("questionnaire", reverse("questionnaire", args=[under_way.pk]), agency.lead),
        Page("questionnaire, finished", reverse("questionnaire", args=[finished.pk]), agency.lead),
        Page("questionnaire_page, alone", reverse("questionnaire_page", args=[alone.pk, 2]), agency.lead),
        Page("thank_you", reverse("thank_you", args=[alone.pk]), agency.lead),
        Page("own_view", reverse("own_view", args=[reference, "home"]), agency.lead),
        Page("own_view, nothing yet", reverse("own_view", args=[reference, "Z"]), agency.lead),
        Page("practice", reverse("practice"), agency.supervisor),
        Page("practice, finished", reverse("questionnaire", args=[looked_at[1].pk]), agency.supervisor),
        Page("choose_change", reverse("choose_change", args=[looked_at[1].pk]), agency.supervisor),
        Page("end_change", reverse("end_change", args=[chosen.pk]), agency.supervisor),
        Page("practice, under way", reverse("questionnaire_page", args=[ours.pk, 1]), agency.supervisor),
    ]


def _looked_at(agency: Agency, published, days: int) -> Questionnaire:
    """Our practice, some days ago and each time answered otherwise."""
    who = {"by": agency.supervisor, "at": agency.at - timedelta(days=days)}
    begun = questionnaires.look_at_practice(agency.case.organisation, published=published, **who)
    answers = {"called": f"Team {days}", "has_home": "yes", "where": WORDS}
    given = {"names": set(answers), "base": begun.mark(set(answers)), "position": 2}
    kept = questionnaires.keep(begun, answers=answers, **given, **who)
    questionnaires.finish(kept, **who)
    return kept


def _answered(agency: Agency, published) -> Questionnaire:
    begun = questionnaires.begin(agency.case, published=published, by=agency.lead, at=agency.at)
    children = [{"child_name": "Bo", "child_age": 7}, {"child_name": "Ada"}]
    answers = {"called": "Milo", "age": 34, "has_home": "yes", "where": WORDS, "children": children}
    given = {"names": set(answers), "base": begun.mark(set(answers)), "position": 2}
    return questionnaires.keep(begun, answers=answers, **given, by=agency.lead, at=agency.at)


def _agency(agency: Agency) -> list[Page]:
    organisation, user = agency.case.organisation, agency.administrator
    entry = ListEntry.objects.filter(organisation=organisation).first()
    basis = LawfulBasis.objects.filter(organisation=organisation).first()
    notice = Notice.objects.filter(organisation=organisation).first()
    named = [
        "agency",
        "invite",
        "agency_teams",
        "agency_lists",
        "agency_roles",
        "agency_retention",
        "notices",
        "bases",
        "add_basis",
    ]
    pages = [Page(f"{name}, for the administrator", reverse(name), user) for name in named]
    return [
        *pages,
        Page("readings", reverse("readings"), _officer(agency)),
        Page("agency_person", reverse("agency_person", args=[agency.lead.pk]), user),
        Page("agency_list", reverse("agency_list", args=[entry.list]), user),
        Page("agency_entry", reverse("agency_entry", args=[entry.list, entry.pk]), user),
        Page("basis", reverse("basis", args=[basis.pk]), user),
        Page("notice", reverse("notice", args=[notice.pk]), user),
        Page("write_notice", reverse("write_notice", args=["pt"]), user),
        Page("change_retention", reverse("change_retention", args=[RetentionRule.Kind.CLOSED]), user),
    ]


def _officer(agency: Agency) -> User:
    """Who looks after data protection."""
    officer = factories.enrolled("Sol Brandeis", Role.DATA_PROTECTION, agency.case.team, at=agency.at)
    TOTP.activate(officer, SECRET)
    return officer


def _let_out(agency: Agency) -> list[Page]:
    """A program's token, and an export at each stage."""
    organisation, at = agency.case.organisation, agency.at
    given = {"purpose": "The list of the night shelter", "scopes": ["read", "tasks"], "days": 90}
    api.make_token(organisation, **given, by=agency.lead, at=at)
    place = factories.membership(agency.supervisor)
    asked = {"what": "caseload", "format": "xlsx", "by": agency.supervisor, "at": at}
    ready = exports.ask(place, **asked)
    named = exports.ask(place, **asked, is_identifiable=True, reason="The court asks for it.")
    second = factories.enrolled("Ulla Sternberg", Role.SUPERVISOR, agency.case.team, at=at)
    TOTP.activate(second, SECRET)
    return [
        Page("agency_tokens", reverse("agency_tokens"), agency.administrator),
        Page("exports, for a supervisor", reverse("exports"), agency.supervisor),
        Page("exports, for a second person", reverse("exports"), second),
        Page("export, ready", ready.get_absolute_url(), agency.supervisor),
        Page("export, waits", named.get_absolute_url(), agency.supervisor),
        Page("export, for a second person", named.get_absolute_url(), second),
    ]


def _supervision(agency: Agency) -> list[Page]:
    """A note that waits and one handed over, somebody away, and what is shown to the supervisor."""
    by = {"by": agency.supervisor, "at": agency.at}
    made = [
        factories.case(agency.case.team, by=agency.lead, name=name, at=agency.at)
        for name in ("Uli Brasswell", "Noor Wintergreen-Konstantinopolites")
    ]
    hand_over = supervision.prepare(agency.lead, plan=supervision.Plan(made, agency.deputy, "lead"), **by)
    waits, given = (hand_over.notes.get(case=case) for case in made)
    supervision.give(given, **by)
    day = agency.at.date()
    supervision.plan_absence(
        factories.membership(agency.lead), starts=day, ends=day, stands_in=agency.deputy, **by
    )
    check = supervision.write(agency.lead, how=WORDS, weighs=WORDS, by=agency.lead, at=agency.at)
    supervision.show(check, to=agency.supervisor, by=agency.lead, at=agency.at)
    supervision.answer(check, words=WORDS, **by)
    named = ["supervision", "supervision_waiting", "supervision_hours", "hand_overs"]
    record = reverse("case_hand_overs", args=[given.case.reference])
    return [
        *(Page(name, reverse(name), agency.supervisor) for name in named),
        Page("hand_over_from", reverse("hand_over_from", args=[agency.lead.pk]), agency.supervisor),
        Page("hand_over", hand_over.get_absolute_url(), agency.supervisor),
        Page("hand_over_note", waits.get_absolute_url(), agency.supervisor),
        Page("case_hand_overs, to be read", record, agency.deputy),
        Page("absences", reverse("absences"), agency.lead),
        Page("absences, standing in", reverse("absences"), agency.deputy),
        Page("strain", reverse("strain"), agency.lead),
        Page("strain, for a supervisor", reverse("strain"), agency.supervisor),
        Page("strain_check", check.get_absolute_url(), agency.lead),
        Page("strain_check, for a supervisor", check.get_absolute_url(), agency.supervisor),
    ]


def _complained(agency: Agency) -> list[Page]:
    """A complaint at each of its steps, and the open pages."""
    house, at = agency.case.organisation, agency.at
    officer = factories.enrolled("Sol Marrowby", Role.DATA_PROTECTION, agency.case.team, at=at)
    TOTP.activate(officer, SECRET)
    new, sorted_out, decided = (
        rights.complain(house, about="treated", words=WORDS, reach=WORDS, by=None, at=at)[0]
        for _each in "abc"
    )
    for one in (sorted_out, decided):
        rights.say_whom(one, users=[agency.deputy], by=officer, at=at)
    rights.decide(decided, outcome="partly", words=WORDS, by=officer, at=at)
    asked = rights.ask(agency.case, received_on=at.date(), how="said", checked="known", by=agency.lead, at=at)
    return [
        Page("person_file", reverse("person_file", args=[agency.case.reference]), agency.lead),
        Page("read_file", reverse("read_file", args=[asked.pk]), agency.deputy),
        Page("set_aside", reverse("set_aside", args=[agency.case.reference]), agency.lead),
        Page("file_requests", reverse("file_requests"), officer),
        Page("complain", reverse("complain"), None),
        Page("complaint_answer", reverse("complaint_answer"), None),
        Page("bring_complaint", reverse("bring_complaint", args=[agency.case.reference]), agency.lead),
        Page("complaints", reverse("complaints"), officer),
        Page("complaint", new.get_absolute_url(), officer),
        Page("complaint, to decide", sorted_out.get_absolute_url(), officer),
        Page("complaint, decided", decided.get_absolute_url(), officer),
    ]


def _guarded(agency: Agency) -> list[Page]:
    """A restricted record, a colleague kept out, and an emergency before and after somebody looked at it."""
    team, at = agency.case.team, agency.at
    by = {"by": agency.lead, "at": at}
    one = factories.case(team, name="Noor Wintergreen-Konstantinopolites", deputy=agency.deputy, **by)
    guards.exclude(one, agency.supervisor, reason="family", words=WORDS, **by)
    guards.restrict(one, reason="unsafe", named=[agency.lead, agency.deputy], **by)
    rushed = factories.enrolled("Tarn Overbeek", Role.PRACTITIONER, team, at=at)
    TOTP.activate(rushed, SECRET)
    said = {"reason": "life", "words": WORDS * 3, "by": rushed, "at": at}
    place = factories.membership(rushed)
    seen, waits = (guards.open_in_emergency(place, reference=agency.case.reference, **said) for _both in "ab")
    guards.review(seen, outcome="talk", words=WORDS, by=agency.supervisor, at=at)
    organisations.propose(
        agency.case.organisation, kind=RETENTION_RUN, content=b"x", by=agency.administrator, at=at
    )
    return [
        Page("let_near", reverse("let_near", args=[agency.case.reference]), agency.lead),
        Page("let_near, restricted", reverse("let_near", args=[one.reference]), agency.lead),
        Page("emergencies", reverse("emergencies"), rushed),
        Page("emergencies, for a supervisor", reverse("emergencies"), agency.supervisor),
        Page("open_emergency", reverse("open_emergency"), rushed),
        Page("emergency", waits.get_absolute_url(), rushed),
        Page("emergency, for a supervisor", waits.get_absolute_url(), agency.supervisor),
        Page("emergency, looked at", seen.get_absolute_url(), rushed),
        Page("person, in an emergency", agency.case.get_absolute_url(), rushed),
        Page("proposals", reverse("proposals"), agency.administrator),
    ]
