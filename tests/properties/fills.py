"""What belongs into each form, and into its address."""

from datetime import timedelta
from typing import Any

from r2com.assessments.forms import FUTURE_LINES
from r2com.assessments.models import Box, Future
from r2com.organisations.models import ListName
from r2com.people.notice_text import SHARING
from r2com.tasks.models import Task
from tests import factories, lists
from tests.factories import PASSWORD

NEW = "seven plain words 8"
Fields = dict[str, Any]


def case(world):
    return (world.case.reference,)


def assessment(world):
    return (world.assessment.pk,)


def first_item(world):
    return (world.assessment.pk, "A1")


def plan(world):
    return (world.plan.pk,)


def goal(world):
    return (world.plan.pk, world.goal.pk)


def open_line(world):
    return (world.case.reference, "bed")


def done_line(world):
    return (world.case.reference, "papers")


def left_line(world):
    return (world.case.reference, "no_contact")


def lamp(world):
    return (world.case.reference, "phone")


def lit_lamp(world):
    return (world.case.reference, "met")


def deputy(world):
    return (world.deputy.pk,)


def invitation(world):
    return (world.invitation.pk,)


def entry(world):
    return (ListName.TOLD, world.entry(ListName.TOLD).pk)


def tried(world):
    return (world.tried.pk,)


def columns(world) -> Fields:
    """A list’s columns, each with its field, and what counts for everybody."""
    headings = world.tried.headings
    said = {f"column_{place}": "-" for place in range(len(headings))}
    for name, several in lists.COLUMNS.items():
        said |= {f"column_{headings.index(one)}": name for one in several}
    defaults = lists.said(world.organisation)["defaults"]
    for_all = {
        "all_worker": "-",
        "all_referred_by": "-",
        **{f"all_{name}": word for name, word in defaults.items()},
    }
    return {**said, **for_all, "dates": "DMY"}


def in_days(world, days) -> str:
    return (world.today + timedelta(days=days)).isoformat()


def at_the_door(world) -> Fields:
    asked = {name: world.entry(name).pk for name in ("referred_by", "told", "asked")}
    return {
        "name": "Samuel Quell",
        "born": "1992-02-03",
        "called": "Sam",
        "language": "pt",
        "safe_contact": "After six, never a message.",
        "referrer": "Duty desk",
        "asked_words": "A bed before winter.",
        "takes_up": "yes",
        "release_on": in_days(world, -30),
        "basis": world.core_basis.pk,
        "deputy": world.deputy.pk,
        **asked,
    }


def said_no(world) -> Fields:
    more = {"decline_reason": world.entry(ListName.DECLINE).pk}
    return {**at_the_door(world), **more, "signposts": [world.entry(ListName.SIGNPOST).pk]}


def who(world) -> Fields:
    return {
        "base": world.case.person.version,
        "name": "Milo Fern",
        "called": "Milo",
        "other_names": "Emilio",
        "born": "1990-04-12",
        "phone": "+351 900 000 000",
        "safe_contact": "After six",
        "language": "en",
        "interpreter": "Nobody",
        "access_needs": "Quiet",
        "matters": "My dog",
        "works": "Short words",
    }


def choice(world) -> Fields:
    asked = {"recipient": world.recipient.pk, "purpose": "help", "agreed": "yes", "how": "said"}
    return {**asked, "until": in_days(world, 60), "stands_in": "An aunt", "stands_in_why": "Guardian"}


def rated(world) -> Fields:
    line = {"words": "He said so", "stance": "for", "type": "observed", "source": "A letter"}
    line = {f"evidence_{name}": value for name, value in line.items()}
    judged = {"base": 1, "vulnerability": "some", "strength": "some", "person_view": "agrees"}
    own = {"own_words": "It is a sofa", "not_asked_because": "Asked"}
    return {**judged, **own, **line, "evidence_dated": in_days(world, 0)}


def sense(world) -> Fields:
    boxes = {f"{box}_words": f"Words about {box}" for box in Box} | {f"{box}_items": ["A1"] for box in Box}
    futures = {f"{future}_{line}": "Words" for future in Future for line in FUTURE_LINES}
    chosen = {"priority_needs": ["A1"], "key_strengths": ["A1"], "support": "standard"}
    return {"base": 0, **boxes, **futures, **chosen, "hours_a_week": "2.5", "support_because": "Two visits"}


def paper(world) -> Fields:
    chosen = {"kind": "letter", "source": "received", "seen_by": "everybody"}
    words = {"name": "Answer", "received_from": "An office", "note": "By post"}
    return {**chosen, **words, "dated": in_days(world, -3)}


def covered(world) -> Fields:
    edges = {"left": "1", "top": "2", "right": "30.5", "bottom": "40"}
    ticked = {"fields_covered": ["1-1", "2-3"], "taken_away": ["0"]}
    return {"base": world.redaction.stands_at(1), **ticked, **edges}


def released(world) -> Fields:
    return {"to": "Housing office", "why": "Proof of rent", "ground": "agreed"}


def letter(world) -> Fields:
    return {"base": 1, "to": "Housing office", "subject": "A room", "words": "Dear all"}


def wording(world) -> Fields:
    return {"name": "Short", "subject": "About {name}", "text": "Dear all, {worker}"}


def around(world) -> Fields:
    words = {name: f"Words about {name}" for name in ("matters", "stops", "ring", "promises", "review_where")}
    return {"base": world.plan.version, **words, "review_on": in_days(world, 30)}


def wish(world) -> Fields:
    goal = {
        "base": 1,
        "words": "A room I can lock",
        "item": "A1",
        "strength_item": "A3",
        "helps": "My papers",
    }
    step = {"what_1": "Go there", "who_1": "Milo", "owner_1": world.deputy.pk, "by_1": in_days(world, 3)}
    return {**goal, **step, "what_5": "Ring", "who_5": "Ana", "by_5": in_days(world, 9)}


def contact(world):
    return (world.contact.pk,)


def when(world) -> Fields:
    given = {"happened_at": f"{in_days(world, -1)}T10:30", "kind": "call", "minutes": 20}
    return {**given, "purpose": "The form", "readers": "everybody"}


def note(world) -> Fields:
    told = {"words": "Went there", "present": "Milo, Ines", "changes": "The day", "attendance": "took_place"}
    said = {"said_1": "No", "said_2": "Yes", "observed_1": "Rain", "reported_1": "Late", "who_1": "Ana"}
    goals = [str(world.goal.pk), str(world.step.pk)]
    return {**when(world), **told, **said, "view_1": "Well", "because": "", "towards": goals}


def new_note(world) -> Fields:
    due = {"next_words": "Meet again", "next_due": in_days(world, 7), "done": [str(world.task.pk)]}
    return {**note(world), **due}


def amended(world) -> Fields:
    return {**note(world), "base": 1, "reason": "Another day"}


def session(world) -> Fields:
    people = [world.case.pk, world.ready_case.pk]
    names = {"attendance": "took_place", "words": "Stayed", "said": "No", "observed": "Rain", "view": "Well"}
    own = {f"{name}_{case}": words for case in people for name, words in names.items()}
    return {**when(world), "words": "Cooked", "people": people, **own}


def decided(world) -> Fields:
    said = {"says": "continue", "reasons": "It holds", "narrative": "In the kitchen", "view": "differs"}
    return {**said, "view_words": "It is more", "next": "day", "next_on": in_days(world, 30)}


def ended(world) -> Fields:
    goal = world.goal.pk.hex
    said = {
        "base": 0,
        "reason": "settled",
        "view": "differs",
        "view_words": "Too soon",
        "calls_wanted": "yes",
    }
    said |= {"waits": "The form", "told": "Probation, today"}
    said |= {
        f"how_{goal}": "partly",
        f"whose_{goal}": "person",
        f"words_{goal}": "A room",
        f"seen_{goal}": "So",
    }
    for task in Task.objects.open().filter(case=world.case):
        said |= {f"what_{task.pk.hex}": "handed", f"became_{task.pk.hex}": "Ana rings"}
    return said


def closing_letter(world) -> Fields:
    parts = ("you_did", "we_did", "waits", "ring", "keeping")
    return {"base": 1, **{part: f"Words of {part}" for part in parts}}


def place(world) -> Fields:
    return {"role": "practitioner", "team": world.empty_team.pk}


def guest(world) -> Fields:
    return {"name": "Pia Newcomer", "email": "pia@example.org", "language": "en", **place(world)}


def basis(world) -> Fields:
    words = {"purpose": "To help", "basis": "GDPR", "provision": "Article 6", "warning": "Ask first"}
    return {"category": "health", **words, "starts": in_days(world, 0)}


def notice(world) -> Fields:
    covers = [f"help:{world.recipient.pk}"]
    return {"text": f"# Who we are\n\n**We** help.\n\n{SHARING}\n", "covers": covers, "base": 1}


def newcomer(world) -> Fields:
    return {"name": "Noa", "language": "en", "password": NEW, "password_again": NEW}


def sign_in(world) -> Fields:
    return {"login": world.practitioner.email, "password": PASSWORD}


def passkey(world) -> Fields:
    return {"name": "Phone", "credential": '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}'}


def safety(world) -> Fields:
    parts = ("signs", "alone", "places", "people", "professionals", "safer")
    return {"base": world.safety_plan.number, **{part: f"Words on {part}" for part in parts}}


def arranged(world) -> Fields:
    day = in_days(world, 5)
    given = {"owner": world.deputy.pk, "outside": "The prison", "promised_for": day, "notes": "Ring at ten"}
    return {"base": 1, **given}


def receiver(world) -> Fields:
    return {"who": "Night desk", "how": "phone", "on": in_days(world, -1)}


def first_page(world):
    return (world.questionnaire.pk, 1)


def answers(world):
    base = world.questionnaire.mark({"called", "called_other", "age", "born"})
    return {"base": base, "a/called": f"Milo {world.mark}", "a/age": "30", "a/born": "1996-01-02"}


def children(world):
    return (world.answered.pk, 3)


def no_child(world):
    return {"base": world.answered.mark({"children"})}


def hand_over(world) -> Fields:
    return {"cases": [world.ready_case.pk, world.handed_case.pk], "to": world.deputy.pk, "part": "deputy"}


def hand_over_note(world) -> Fields:
    return {"base": 1, "words": "Ring before noon", "to": world.colleague.pk, "part": "deputy"}


def away(world) -> Fields:
    days = {"starts": in_days(world, 3), "ends": in_days(world, 9)}
    return {"worker": factories.membership(world.practitioner).pk, "stands_in": world.deputy.pk, **days}


def hold(world) -> Fields:
    day = (world.now.date() + timedelta(days=30)).isoformat()
    return {"reference": world.case.reference, "reason": "claim", "review_on": day}
