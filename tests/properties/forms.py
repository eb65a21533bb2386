"""Every form that can be sent: where to, by whom, with what, and which of its words must not get lost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse

from r2com.my_record.line import Line
from r2com.organisations.models import ListName
from r2com.rights import actions as rights
from r2com.rights import file
from tests.factories import PASSWORD

from .fills import (
    NEW,
    Fields,
    amended,
    answers,
    around,
    arranged,
    assessment,
    at_the_door,
    away,
    basis,
    case,
    choice,
    closing_letter,
    columns,
    contact,
    covered,
    decided,
    deputy,
    done_line,
    ended,
    entry,
    first_item,
    first_page,
    goal,
    guest,
    hand_over,
    hand_over_note,
    hold,
    in_days,
    invitation,
    lamp,
    left_line,
    letter,
    lit_lamp,
    new_note,
    newcomer,
    notice,
    open_line,
    paper,
    passkey,
    place,
    plan,
    rated,
    receiver,
    released,
    safety,
    said_no,
    sense,
    session,
    sign_in,
    tried,
    who,
    wish,
    wording,
)
from .world import World

NOBODY = ""


@dataclass(frozen=True)
class Form:
    """One form: its address (`name`, `args`), who sends it, and what they fill in when all is well.

    `words` names the fields in which somebody types: they stand on the page when it is shown again.
    `label` tells forms with the same address apart. `turns` marks a form that may also just show another
    page; `refused` marks one that says no in the present case. `first` is what was sent before by the
    same browser: an address and its fields.
    """

    name: str
    args: Callable[[World], tuple] = lambda world: ()
    who: str = "practitioner"
    fill: Callable[[World], Fields] = lambda world: {}
    words: tuple[str, ...] = ()
    label: str = ""
    turns: bool = False
    refused: bool = False
    first: Callable[[World], tuple[str, Fields]] | None = None

    def __str__(self):
        return f"{self.name}-{self.label}" if self.label else self.name

    def address(self, world: World) -> str:
        return reverse(self.name, args=self.args(world))


DOOR = ("name", "born", "called", "safe_contact", "referrer", "asked_words", "release_on")
PROFILE = (
    "name",
    "called",
    "other_names",
    "phone",
    "safe_contact",
    "interpreter",
    "access_needs",
    "matters",
    "works",
)
WISH = ("words", "helps", "what_1", "who_1", "by_1", "what_5", "who_5", "by_5")
EVIDENCE = ("own_words", "not_asked_because", "evidence_words", "evidence_source", "evidence_dated")
SENSE = ("holds_words", "support_because", "hours_a_week")
TOLD = ("happened_at", "minutes", "purpose", "words", "said_1", "said_2", "observed_1", "reported_1", "who_1")
NOTE = (*TOLD, "present", "changes", "because", "view_1")
TOGETHER = ("happened_at", "minutes", "purpose", "words")
SAFETY = ("signs", "alone", "places", "people", "professionals", "safer")
PAPER = ("name", "received_from", "dated", "note")
LETTER = ("to", "subject", "words")
WORDING = ("name", "subject", "text")
CLOSING_LETTER = ("you_did", "we_did", "waits", "ring", "keeping")
AROUND = ("matters", "stops", "ring", "promises", "review_on", "review_where")

SUPPORTER = ("name", "relation", "helps", "phone")
CONDITION = ("words", "asked_by", "whom_to_ask", "hard", "starts", "ends")


def supporter(world) -> Fields:
    said = {"name": "Joss", "relation": "Uncle", "helps": "A sofa", "phone": "000", "contact": "ask"}
    return {**said, "ring": "1", "base": 0}


def condition(world) -> Fields:
    said = {"words": "At home at ten", "asked_by": "The court", "whom_to_ask": "Bea", "hard": "Work"}
    return {**said, "starts": in_days(world, 0), "ends": in_days(world, 90), "base": 0}


def chosen(world) -> Fields:
    goal = {"wants_goal": "yes", "goal_words": "Someone", "item": "E5", "strength_item": "E4", "steps": "Go"}
    return {"says": "yes", "words": "All right", "first_on": in_days(world, 3), **goal}


def met(world) -> Fields:
    said = {"led_by_other": "Marta", "took": "A number", "note": "Tea at the club"}
    return {"base": 0, "what": "held", "day": in_days(world, 0), **said}


def answered(world) -> Fields:
    said = {"service": "The service", "rules_words": "A letter", "facilitator": "Marta", "training": "There"}
    return {"base": 1, "victim": "agreed", "rules": "allow", **said}


def named_export(world) -> Fields:
    return {"what": "caseload", "format": "csv", "names": "with", "reason": "The court asks for it"}


def near(world) -> Fields:
    return {"restricted_because": "unsafe", "named": [world.practitioner.pk, world.deputy.pk]}


def kept_out(world) -> Fields:
    return {"user": world.colleague.pk, "reason": "family", "words": "A cousin"}


def rushed(world) -> Fields:
    words = "He rang and said that somebody stands at his door"
    return {"reference": world.ready_case.reference, "reason": "life", "words": words}


def complains(world) -> Fields:
    return {
        "house": world.organisation.pk,
        "about": "treated",
        "words": "Nobody rang back",
        "reach": "By letter",
    }


def sets_aside(world) -> Fields:
    return {"ground": "accuracy", "words": f"The dates about {world.mark} are wrong"}


def takes_out(world) -> Fields:
    return {"words": world.mark, "reason": "source", "why": f"Somebody in {world.mark} told us"}


def has_read(world) -> Fields:
    return {"stood": file.mark(world.file_request, by=world.supervisor)}


def reads_then_gives(world) -> Fields:
    """The file as it stands just now has been read by somebody else."""
    read = has_read(world)
    rights.read_through(world.file_request, **read, by=world.supervisor, at=world.now)
    return {"way": "hand"}


def asks_for_file(world) -> Fields:
    return {"received_on": in_days(world, 0), "how": "said", "checked": "known"}


def complaint_decided(world) -> Fields:
    return {"outcome": "partly", "words": "We ring within a day from now on"}


def looked_at(world) -> Fields:
    return {"outcome": "right", "words": "We talked about it"}


def says(world) -> Fields:
    return {"words": "It was never like that", "asks": "correct"}


def held_back(world) -> Fields:
    return {"reason": "other_person", "words": "Her sister asked us"}


def decides(world) -> Fields:
    return {"outcome": "partly", "reasons": "We asked again", "told": "The court"}


def _step(step, fill, words=(), turns=False):
    return Form(
        "door", fill=lambda world: {**fill(world), "step": step}, words=words, label=step, turns=turns
    )


def observed(world):
    return {
        "kind": "well",
        "seen_at": f"{in_days(world, -2)}T10:30",
        "place": "At the desk",
        "words": "Helped a neighbour",
        "told_how": "said",
    }


def chosen_change(world) -> Fields:
    what = {"about": "home", "words": "A curtain", "owner": str(world.supervisor.pk)}
    return {**what, "by_when": in_days(world, 9)}


def seen(world):
    return (world.observation.pk,)


def untold(world):
    return (world.untold.pk,)


def others(world):
    return (world.others_observation.pk,)


def _going(name, args, go, fill, words=(), who="practitioner"):
    return Form(name, args, who, lambda world: {**fill(world), "go": go}, words, label=go)


GATE = [
    (open_line, "keep", arranged, ("outside", "promised_for", "notes")),
    (open_line, "say", lambda world: {"says": "asked", "words": "By letter"}, ("words",)),
    (open_line, "confirm", receiver, ("who", "on")),
    (open_line, "not_needed", lambda world: {"words": "There are none"}, ("words",)),
    (done_line, "take_back", lambda world: {"words": "Given away"}, ("words",)),
    (left_line, "need_again", lambda world: {}, ()),
]

FORMS = [
    # At the door
    _step("search", lambda world: {"name": "Milo Fern", "born": "1990-04-12"}, ("name", "born"), turns=True),
    _step("skip", lambda world: {"search_skipped_because": "In the street"}, turns=True),
    _step("not_now", at_the_door, DOOR, turns=True),
    _step("back", said_no, DOOR, turns=True),
    _step("drop", lambda world: {}),
    _step("open", at_the_door, DOOR),
    _step("decline", said_no, DOOR),
    Form("people", fill=lambda world: {"name": "Milo Fern"}, words=("name",)),
    # Somebody's record
    Form("profile", case, fill=who, words=PROFILE),
    Form(
        "profile",
        case,
        fill=lambda world: {**who(world), "base": 0, "seen": 1, "keep_name": "mine"},
        words=PROFILE,
        label="two",
        refused=True,
    ),
    Form(
        "give_notice",
        case,
        fill=lambda world: {
            "notice": world.notice.pk,
            "how": "interpreted",
            "interpreter": "Ana",
            "proof": "witnessed",
            "witness": "Bea",
        },
        words=("interpreter", "witness"),
    ),
    Form("choice", case, fill=choice, words=("until", "stands_in", "stands_in_why")),
    Form("withdraw", lambda w: (w.case.reference, w.choice.pk), fill=lambda world: {"how": "said"}),
    Form("team", case, fill=lambda world: {"user": world.colleague.pk, "part": "deputy"}, label="place"),
    Form("team", case, fill=lambda world: {"end": world.member.pk}, label="end"),
    _going("task", lambda w: (w.task.pk,), "done", lambda world: {"words": "It was done"}, ("words",)),
    _going(
        "task",
        lambda w: (w.task.pk,),
        "move",
        lambda world: {"owner": world.deputy.pk, "due": in_days(world, 5)},
        ("due",),
    ),
    Form(
        "add_task",
        case,
        fill=lambda world: {
            "kind": "question",
            "words": "Who has the key",
            "owner": world.deputy.pk,
            "when": "day",
            "due": in_days(world, 9),
            "repeats": "monthly",
        },
        words=("words", "due"),
    ),
    Form("undo_task", lambda w: (w.done_task.pk,)),
    Form(
        "put_off",
        lambda w: (w.case.reference, "full_guide"),
        fill=lambda world: {"until": in_days(world, 9), "reason": "He is ill"},
        words=("until", "reason"),
    ),
    Form(
        "put_off_one",
        lambda w: (w.case.reference, "step", w.step.pk.hex),
        fill=lambda world: {"until": in_days(world, 9), "reason": "He is ill"},
        words=("until", "reason"),
    ),
    # Asking a colleague
    Form(
        "ask_colleague",
        case,
        fill=lambda world: {
            "words": "Who has the key",
            "colleagues": [world.deputy.pk, world.supervisor.pk],
            "is_sensitive": "on",
            "wanted_by": in_days(world, 2),
        },
        words=("words", "wanted_by"),
    ),
    Form("thread", lambda w: (w.thread.pk,), fill=lambda world: {"words": "I have it"}, words=("words",)),
    _going("thread", lambda w: (w.thread.pk,), "answered", lambda world: {}),
    _going("thread", lambda w: (w.thread.pk,), "reopen", lambda world: {}),
    Form(
        "amend_entry",
        lambda w: (w.thread.pk, w.said.pk),
        fill=lambda world: {"words": "Who has the spare key"},
        words=("words",),
    ),
    # Talking and making sense
    Form("assessments", case, fill=lambda world: {"kind": "full"}),
    _going("item", first_item, "keep", rated, EVIDENCE),
    _going("item", first_item, "evidence", rated, EVIDENCE),
    _going("item", first_item, "not_known", rated, EVIDENCE),
    Form("not_known", first_item),
    Form("together", first_item, fill=lambda world: {"base": 1, "own_words": "Family"}, words=("own_words",)),
    Form("countersign", lambda w: (w.assessment.pk, "G3"), "deputy"),
    Form("take_back", lambda w: (w.assessment.pk, w.evidence.pk)),
    Form("sense", assessment, fill=sense, words=SENSE),
    Form("hand_in", lambda w: (w.ready.pk,), fill=lambda world: {"words": "Look at A1"}, words=("words",)),
    *(
        _going(
            "sign_off",
            lambda w: (w.handed.pk,),
            go,
            lambda world: {"comments": "Thank you"},
            ("comments",),
            "supervisor",
        )
        for go in ("sign", "return")
    ),
    # The people around, and what is asked
    Form("add_supporter", case, fill=supporter, words=SUPPORTER),
    Form(
        "supporter", lambda w: (w.supporter.pk,), fill=lambda w: {**supporter(w), "base": 1}, words=SUPPORTER
    ),
    Form("let_go", lambda w: (w.supporter.pk,)),
    Form("take_back_in", lambda w: (w.supporter.pk,)),
    Form("say", lambda w: (w.case.reference, "condition", w.condition.pk), fill=says, words=("words",)),
    Form(
        "say_part",
        lambda w: (w.case.reference, "profile", w.case.person_id, "phone"),
        fill=says,
        words=("words",),
    ),
    Form("contest", lambda w: (w.contest.pk,), "supervisor", decides, ("reasons", "told")),
    Form("record_links", case, fill=lambda w: {"parts": ["plan", "talks"], "lasts": "24"}, turns=True),
    Form("take_link_back", lambda w: (w.link.pk,)),
    Form(
        "hold_back",
        lambda w: (w.case.reference, "condition", w.condition.pk),
        fill=held_back,
        words=("words",),
    ),
    Form(
        "hold_back_part",
        lambda w: (w.case.reference, "profile", w.case.person_id, "phone"),
        fill=held_back,
        words=("words",),
    ),
    Form("give_back", lambda w: (w.held.pk,)),
    Form("open_link", lambda w: (w.link_token,), NOBODY, lambda w: {"code": w.link_code}),
    Form(
        "read_say",
        lambda w: (1, Line("", "", kind="condition", pk=w.condition.pk).mark),
        NOBODY,
        says,
        ("words",),
        first=lambda w: (reverse("open_link", args=[w.link_token]), {"code": w.link_code}),
    ),
    Form("add_condition", case, fill=condition, words=CONDITION),
    Form(
        "condition", lambda w: (w.condition.pk,), fill=lambda w: {**condition(w), "base": 1}, words=CONDITION
    ),
    # Before the gate, and the first 72 hours
    *(_going("gate_line", line, go, fill, words) for line, go, fill, words in GATE),
    Form(
        "add_gate_line",
        case,
        fill=lambda world: {"words": "Licence card", "means": "They wrote", "weeks_before": "3"},
        words=("words", "means"),
    ),
    Form("release_day", case, fill=lambda w: {"release_on": in_days(w, 5)}, words=("release_on",)),
    Form("light_lamp", lamp),
    *(
        _going("lamp", lamp, go, lambda world: {"note": "Card bought"}, ("note",))
        for go in ("light", "note", "does_not_apply")
    ),
    _going("lamp", lit_lamp, "put_out", lambda world: {"note": "Card lost"}, ("note",)),
    # Plans
    Form("plans", case),
    Form("change_plan", plan, fill=around, words=AROUND),
    Form("add_goal", plan, fill=wish, words=WISH),
    Form(
        "add_goal", plan, fill=lambda world: {**wish(world), "look": ""}, words=WISH, label="look", turns=True
    ),
    Form("goal", goal, fill=wish, words=WISH),
    Form("remove_goal", goal),
    Form("put_back_goal", goal),
    Form(
        "plan_answer",
        plan,
        fill=lambda world: {"base": world.plan.edition, "says": "disagrees", "words": "Not yet"},
        words=("words",),
    ),
    Form("finish_step", lambda w: (w.step.pk,)),
    # Contacts
    Form("write_contact", case, fill=new_note, words=(*NOTE, "next_words", "next_due")),
    Form(
        "write_contact",
        case,
        fill=lambda world: {**new_note(world), "look": "said"},
        words=NOTE,
        label="look",
        turns=True,
    ),
    Form("contact_again", contact, fill=new_note, words=(*NOTE, "next_words", "next_due")),
    Form("amend_contact", contact, fill=amended, words=(*NOTE, "reason")),
    Form("group_session", fill=session, words=TOGETHER),
    Form(
        "group_session",
        fill=lambda world: {**session(world), "look": "people"},
        words=TOGETHER,
        label="look",
        turns=True,
    ),
    # The pulse and the safety plan
    Form(
        "pulse",
        case,
        fill=lambda world: {"base": world.pulse.pk, "A1": "easing", "A3": "-", "own_words": "It eases"},
        words=("own_words",),
    ),
    Form(
        "amend_pulse",
        lambda w: (w.pulse.pk,),
        fill=lambda world: {"A1": "steady", "own_words": "It holds"},
        words=("own_words",),
    ),
    Form("write_safety_plan", case, fill=safety, words=SAFETY),
    Form("safety_plan", case, fill=lambda w: {"whose": "Aunt", "since": in_days(w, -1)}, words=("whose",)),
    Form("take_back_copy", lambda w: (w.plan_copy.pk,)),
    # Papers and letters
    Form("add_document", case, fill=paper, words=PAPER, refused=True),
    Form("remove_document", lambda w: (w.document.pk,), fill=lambda world: {"reason": "twice"}),
    Form("redact", lambda w: (w.document.pk,)),
    Form("redaction", lambda w: (w.redaction.pk, 1), fill=covered),
    Form("finish_redaction", lambda w: (w.redaction.pk,)),
    Form("release", lambda w: (w.copy.pk,), fill=released, words=("to", "why")),
    Form("letters", case, fill=lambda world: {"template": world.letter_template.pk}),
    _going("letter", lambda w: (w.letter.pk,), "keep", letter, LETTER),
    _going("letter", lambda w: (w.letter.pk,), "finish", letter, LETTER),
    Form("next_letter", lambda w: (w.finished_letter.pk,)),
    # Looking again, closing, and afterwards
    Form("reviews", case, fill=lambda world: {"occasion": "week_6", "rests": "newest"}),
    Form(
        "review",
        lambda w: (w.review.pk,),
        fill=decided,
        words=("reasons", "narrative", "view_words", "next_on"),
    ),
    Form("closing", case, fill=ended, words=("view_words", "waits", "told")),
    Form("closing_letter", lambda w: (w.ending_case.reference,), fill=closing_letter, words=CLOSING_LETTER),
    Form("reopen", lambda w: (w.closed_case.reference,), fill=lambda w: {"why": "She asked"}, words=("why",)),
    _going(
        "aftercare",
        lambda w: (w.call.pk,),
        "rung",
        lambda w: {"result": "not_reached", "words": "Nobody", "again_on": in_days(w, 9)},
        ("words", "again_on"),
        "deputy",
    ),
    _going("aftercare", lambda w: (w.call.pk,), "mine", lambda world: {}, who="deputy"),
    # Questionnaires
    Form("questionnaires", case, fill=lambda world: {"instrument": world.asking.instrument}),
    Form("practice", who="supervisor", fill=lambda world: {"instrument": world.asking_us.instrument}),
    *(
        _going("questionnaire_page", first_page, go, answers, ("a/called", "a/age", "a/born"))
        for go in ("next", "back", "keep")
    ),
    _going(
        "questionnaire_page",
        lambda w: (w.answered.pk, 3),
        "more:a/children",
        lambda world: {"base": world.answered.mark({"children"})},
    ),
    Form("finish_questionnaire", lambda w: (w.answered.pk,)),
    Form("choose_change", lambda w: (w.looked_at.pk,), "supervisor", chosen_change, ("words", "by_when")),
    Form(
        "end_change",
        lambda w: (w.chosen.pk,),
        "supervisor",
        lambda world: {"how": "done", "words": "It hangs"},
        ("words",),
    ),
    # Programmes
    Form(
        "choose_programme",
        lambda w: (w.case.reference, "first-ninety-days"),
        fill=chosen,
        words=("words", "first_on", "goal_words", "steps"),
    ),
    Form(
        "programme_session",
        lambda w: (w.offer.pk, "first"),
        fill=met,
        words=("day", "led_by_other", "took", "note"),
    ),
    Form(
        "pause_programme",
        lambda w: (w.offer.pk,),
        fill=lambda w: {"reason": "away", "words": "Hospital"},
        words=("words",),
    ),
    Form("resume_programme", lambda w: (w.resting.pk,)),
    Form(
        "end_programme",
        lambda w: (w.offer.pk,),
        fill=lambda w: {"reason": "person", "words": "Enough"},
        words=("words",),
    ),
    Form(
        "restorative",
        case,
        fill=answered,
        words=("service", "rules_words", "facilitator", "training"),
    ),
    Form(
        "restorative_consent",
        case,
        fill=lambda w: {"base": 1, "says": "yes", "reason": "They are ready"},
        words=("reason",),
    ),
    Form(
        "restorative_person",
        case,
        fill=lambda w: {"own_says": "agrees", "own_words": "If they want it"},
        words=("own_words",),
    ),
    # A caseload that moves in
    Form(
        "imports",
        who="supervisor",
        fill=lambda w: {"reason": "The old one ends"},
        words=("reason",),
        refused=True,
    ),
    Form("import_columns", tried, "supervisor", columns),
    Form(
        "import_words",
        tried,
        "supervisor",
        lambda w: {"referred_by_0": w.entry(ListName.REFERRED_BY).pk},
    ),
    Form("begin_import", tried, "supervisor"),
    Form("drop_import", tried, "supervisor"),
    Form("undo_import", lambda w: (w.moved.pk,), "supervisor"),
    # The agency
    Form("change_place", deputy, "administrator", place),
    Form(
        "end_place", deputy, "administrator", lambda w: {"reason": "work", "ends": in_days(w, 5)}, ("ends",)
    ),
    Form("reset_second_factor", deputy, "administrator"),
    Form(
        "certify",
        lambda w: (w.colleague.pk,),
        "administrator",
        lambda w: {"grounds": "A course", "ends": in_days(w, 300)},
        ("grounds", "ends"),
    ),
    Form("end_certification", deputy, "administrator"),
    Form("invite", who="administrator", fill=guest, words=("name", "email")),
    Form("invite_again", invitation, "administrator"),
    Form("withdraw_invitation", invitation, "administrator"),
    Form("agency_teams", who="administrator", fill=lambda world: {"name": "Third team"}, words=("name",)),
    Form("end_team", lambda w: (w.empty_team.pk,), "administrator"),
    Form(
        "agency_list",
        lambda w: (ListName.TOLD,),
        "administrator",
        lambda world: {"en": "All of it", "pt": "Tudo"},
        ("en", "pt"),
    ),
    Form("agency_entry", entry, "administrator", lambda w: {"en": "All of it", "pt": "Tudo"}, ("en", "pt")),
    Form("retire_entry", entry, "administrator"),
    Form("shift_entry", entry, "administrator", lambda world: {"where": "up"}),
    Form(
        "change_retention",
        lambda w: ("closed",),
        "administrator",
        lambda world: {"months": "24", "reason": "The law says so"},
        ("months", "reason"),
    ),
    # What was seen or heard
    Form("observe", case, fill=observed, words=("place", "words", "why_not_yet")),
    _going("observation", seen, "answer", lambda world: {"words": "That is so"}, ("words",)),
    _going("observation", seen, "reword", lambda w: {"base": 1, "words": "Said it twice"}, ("words",)),
    _going("observation", untold, "tell", lambda world: {"how": "said"}),
    _going("observation", others, "look", lambda world: {"base": 1, "says": "validated"}, ("words",)),
    Form("add_letter_template", lambda w: ("en",), "administrator", wording, WORDING),
    Form("letter_template", lambda w: (w.letter_template.pk,), "administrator", wording, WORDING),
    Form("retire_letter_template", lambda w: (w.letter_template.pk,), "administrator"),
    Form("write_notice", lambda w: ("en",), "administrator", notice, ("text",)),
    Form(
        "add_basis",
        who="administrator",
        fill=basis,
        words=("purpose", "basis", "provision", "warning", "starts"),
    ),
    Form(
        "basis", lambda w: (w.core_basis.pk,), "administrator", lambda w: {"ends": in_days(w, 5)}, ("ends",)
    ),
    # Signing in, and one's own account
    Form("calendar_feed", fill=lambda world: {"go": "make"}, label="make", turns=True),
    _going("calendar_feed", lambda w: (), "end", lambda world: {}),
    _going("calendar_feed", lambda w: (), "mail", lambda world: {"comes": "daily", "hour": "08:00"}),
    _going("calendar_feed", lambda w: (), "no_mail", lambda world: {}),
    Form("join", lambda w: (w.token,), NOBODY, newcomer, ("name",)),
    Form("account_login", who=NOBODY, fill=sign_in, words=("login",)),
    Form(
        "mfa_authenticate",
        who=NOBODY,
        fill=lambda w: {"code": "123456"},
        first=lambda w: ("/sign-in/", sign_in(w)),
        refused=True,
    ),
    Form("mfa_login_webauthn", who=NOBODY, fill=passkey, first=lambda w: ("/sign-in/passkey/", {})),
    Form("account_reset_password", who=NOBODY, fill=lambda w: {"email": w.deputy.email}, words=("email",)),
    Form(
        "account_reset_password_from_key",
        lambda w: (w.reset_link[0], "set-password"),
        NOBODY,
        lambda world: {"password1": NEW, "password2": NEW},
        first=lambda w: (reverse("account_reset_password_from_key", args=w.reset_link), {}),
    ),
    Form("account_set_password"),
    Form("account_logout"),
    Form("sign_out_everywhere"),
    Form("devices", fill=lambda world: {"session": "x"}),
    Form(
        "account_change_password",
        fill=lambda world: {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    ),
    Form("mfa_activate_totp", who="deputy", fill=lambda w: {"code": "123456"}, refused=True),
    Form("mfa_deactivate_totp"),
    Form("mfa_generate_recovery_codes"),
    Form("mfa_list_webauthn"),
    Form("mfa_add_webauthn", fill=passkey, words=("name",), refused=True),
    Form("mfa_remove_webauthn", lambda w: (w.passkey.pk,), "supervisor"),
    Form("account_reauthenticate", fill=lambda w: {"password": PASSWORD}),
    Form("mfa_reauthenticate", fill=lambda w: {"code": "123456"}, refused=True),
    Form("mfa_reauthenticate_webauthn", fill=passkey),
    # Programs, and what leaves the house
    Form(
        "tokens",
        fill=lambda w: {"purpose": "A list", "scopes": ["read"], "days": "30"},
        words=("purpose",),
        turns=True,
    ),
    Form("end_token", lambda w: (w.api_token.pk,)),
    Form("end_agency_token", lambda w: (w.api_token.pk,), "administrator"),
    Form("exports", who="supervisor", fill=named_export, words=("reason",)),
    Form("answer_export", lambda w: (w.export.pk,), "officer", lambda w: {"go": "agree"}),
    Form("withdraw_export", lambda w: (w.export.pk,), "supervisor"),
    Form("take_export", lambda w: (w.export_without_names.pk,), "supervisor", turns=True),
    # Who is let near, and emergencies
    _going("let_near", case, "restrict", near, ()),
    _going("let_near", case, "exclude", kept_out, ("words",)),
    Form("open_emergency", who="colleague", fill=rushed, words=("reference", "words")),
    Form("emergency", lambda w: (w.emergency.pk,), "supervisor", looked_at, ("words",)),
    Form("longer_emergency", lambda w: (w.emergency.pk,), "colleague"),
    Form("end_emergency", lambda w: (w.emergency.pk,), "colleague"),
    # Complaints
    Form("complain", who=NOBODY, fill=complains, words=("words", "reach"), turns=True),
    Form(
        "complaint_answer",
        (lambda w: ()),
        NOBODY,
        lambda w: {"reference": w.complaint.reference, "words": w.complaint_words},
        turns=True,
    ),
    Form("complaint", lambda w: (w.complaint.pk,), "officer", lambda w: {"users": []}, label="whom"),
    Form(
        "complaint",
        lambda w: (w.sorted_complaint.pk,),
        "officer",
        complaint_decided,
        ("words",),
        label="decide",
    ),
    Form("person_file", case, fill=asks_for_file),
    Form("file_takes_longer", lambda w: (w.file_request.pk,), fill=lambda w: {"reason": "much"}),
    Form("give_file", lambda w: (w.file_request.pk,), fill=reads_then_gives, turns=True),
    Form("read_file", lambda w: (w.file_request.pk,), "supervisor", takes_out, ("why",)),
    Form("file_read_through", lambda w: (w.file_request.pk,), "supervisor", has_read),
    Form("put_passage_back", lambda w: (w.passage.pk,), "supervisor"),
    Form("set_aside", case, fill=sets_aside, words=("words",)),
    Form("tell_of_use", lambda w: (w.aside.pk,), fill=lambda w: {"told": "said"}),
    Form("use_again", lambda w: (w.told_aside.pk,)),
    Form("look_again", lambda w: (w.held.pk,), "deputy"),
    Form(
        "bring_complaint",
        case,
        fill=lambda w: {**complains(w), "came": "paper"},
        words=("words", "reach"),
        turns=True,
    ),
    Form("answer_proposal", lambda w: (w.proposal.pk,), "officer", lambda w: {"go": "agree"}),
    # What is held, and what is due to go
    Form("retention_plan", who="administrator"),
    Form("holds", who="officer", fill=hold, words=("reference",)),
    Form("end_hold", lambda w: (w.hold.pk,), "officer"),
    # Among those who work here
    Form("hand_over_from", lambda w: (w.practitioner.pk,), "supervisor", hand_over),
    Form("hand_over", lambda w: (w.note.hand_over_id,), "supervisor"),
    Form("hand_over_note", lambda w: (w.note.pk,), "supervisor", hand_over_note, ("words",), label="keep"),
    _going("hand_over_note", lambda w: (w.note.pk,), "leave_out", lambda world: {}, who="supervisor"),
    Form("take_hand_over_back", lambda w: (w.given_note.pk,), "supervisor"),
    Form("read_hand_over", lambda w: (w.given_note.case.reference, w.given_note.pk), "deputy"),
    Form("absences", fill=away, words=("starts", "ends")),
    Form("end_absence", lambda w: (w.absence.pk,)),
    Form(
        "strain",
        fill=lambda world: {"how": "Well", "weighs": "The phone", "helps": "A walk"},
        words=("how", "weighs", "helps"),
    ),
    _going("strain_check", lambda w: (w.check.pk,), "show", lambda world: {"to": world.supervisor.pk}),
    _going("strain_check", lambda w: (w.check.pk,), "take_back", lambda world: {}),
    _going("strain_check", lambda w: (w.check.pk,), "delete", lambda world: {}),
    _going(
        "strain_check",
        lambda w: (w.check.pk,),
        "answer",
        lambda world: {"words": "Let us talk"},
        ("words",),
        "supervisor",
    ),
    Form("language", who=NOBODY, fill=lambda w: {"language": "pt", "next": "/people/"}),
]

# Answered by a script or a program, which sends JSON and not fields; the API is fuzzed in its own test.
IN_JSON = {"sign_in_again", "draft", "blocked_report"}
API = "/api/v1/"


def routes(patterns=None, prefix="") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the application as its route, with the pattern that answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield "/" + re.sub(r"[$^]|\(\?P(<\w+>)(\[.*?\]|\.)\+\)", r"\1", route), pattern


def takes_posts(view) -> bool:
    """Whether a view answers a form. One that does not say which methods it takes, takes them all."""
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    while view is not None:
        kept = [cell.cell_contents for cell in view.__closure__ or ()]
        held = dict(zip(view.__code__.co_freevars, kept, strict=True))
        if "request_method_list" in held:
            return "POST" in held["request_method_list"]
        view = getattr(view, "__wrapped__", None)
    return True
