"""From rows that somebody may see to what the API says about them."""

from django.http import HttpRequest
from django.utils import timezone

from r2com.access.roles import May
from r2com.assessments.models import Assessment, Evidence, Rating
from r2com.assessments.responses import asked_items, instrument_of
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.conditions.models import Condition
from r2com.contacts.models import Contact, Version
from r2com.contests.models import Contest
from r2com.contests.shown import Shown
from r2com.core.instruments import Instrument
from r2com.corner.models import Supporter
from r2com.plans import guide, reading
from r2com.plans.models import Plan, Step
from r2com.tasks.models import Task

RINGS = {ring.value: ring.name.lower() for ring in Supporter.Ring}
NOTE = ("happened_at", "kind", "attendance", "minutes", "present", "purpose", "words")
NOTE = (*NOTE, "because", "changes", "readers", "number")


def supported(case: Case) -> dict:
    return {
        "id": case.pk,
        "reference": case.reference,
        "name": case.person.name,
        "called": case.person.called,
        "phase": case.phase_on(timezone.localdate()).value,
        "release_on": case.release_on,
        "opened_at": case.opened_at,
    }


def contests_on(contests: Shown, thing, part: str = "") -> list[dict]:
    """What the person says about a row, and what was answered, to stand beside its words."""
    return [contest(one) for one in contests.on(thing, part)] if thing else []


def contest(contest: Contest) -> dict:
    kept = {name: getattr(contest, name) for name in ("asks", "part", "words")}
    decision = contest.decision if contest.is_decided else None
    answer = decision and {
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "at": decision.decided_at,
    }
    return {**kept, "at": contest.made_at, "answer_due": contest.due, "answer": answer}


def case(case: Case, contests: Shown) -> dict:
    person = case.person
    told = {name: getattr(person, name) for name in ("language", "matters", "works", "safe_contact", "phone")}
    members = [
        {"name": member.user.name, "part": member.part, "since": member.since}
        for member in frame.current_members(case)
    ]
    around = {"team": case.team.name, "members": members, "contests": contests_on(contests, person)}
    return {**supported(case), **told, **around}


def task(task: Task) -> dict:
    done = task.done if task.is_done else None
    kept = {name: getattr(task, name) for name in ("kind", "words", "item", "due", "made_at")}
    return {
        **kept,
        "id": task.pk,
        "case": task.case.reference,
        "owner": {"id": task.owner_id, "name": task.owner.name},
        "time": task.time and f"{task.time:%H:%M}",
        "done": done and {"words": done.words, "by": done.done_by.name, "at": done.done_at},
    }


def plan_line(plan: Plan) -> dict:
    return {
        "id": plan.pk,
        "case": plan.case.reference,
        "number": plan.number,
        "made_by": plan.made_by.name,
        "made_at": plan.made_at,
        "answer": "draft" if plan.is_draft else plan.answer.says,
    }


def plan(request: HttpRequest, plan: Plan, contests: Shown) -> dict:
    """The plan with its goals, as its page shows it to the same reader."""
    around = ("matters", "stops", "ring", "promises", "review_on", "review_where")
    reads = frame.may(request, plan.case_id, May.READ_SENSITIVE)
    goals = reading.goals(plan, guide.of(plan), with_sensitive=reads) if plan.kept_goals else []
    return {
        **plan_line(plan),
        **{name: getattr(plan, name) for name in around},
        "goals": [goal(one, contests) for one in goals],
        "contests": contests_on(contests, plan),
    }


def goal(read: reading.ReadGoal, contests: Shown) -> dict:
    return {
        "contests": contests_on(contests, read.goal),
        "id": read.goal.pk,
        "words": read.goal.words,
        "about": read.need,
        "builds_on": read.strength,
        "helps": read.helps,
        "steps": [step(one) for one in read.goal.steps.all()],
    }


def step(step: Step) -> dict:
    done = step.done if step.is_done else None
    return {
        "id": step.pk,
        "words": step.words,
        "who": step.people,
        "by": step.by,
        "done": done and {"by": done.done_by.name, "at": done.done_at},
    }


def assessment_line(assessment: Assessment) -> dict:
    state = "handed_in" if assessment.is_handed_in else "open"
    return {
        "id": assessment.pk,
        "case": assessment.case.reference,
        "kind": assessment.kind,
        "begun_by": assessment.begun_by.name,
        "begun_at": assessment.begun_at,
        "state": "signed_off" if assessment.is_signed_off else state,
    }


def assessment(
    request: HttpRequest,
    assessment: Assessment,
    ratings: list[Rating],
    evidence: list[Evidence],
    contests: Shown,
) -> dict:
    """Every item that this reader may know of, with the words it was judged in.

    What was judged beside need and strength, and the person's own words, are for those who read everything.
    """
    instrument = instrument_of(assessment)
    reads = frame.may(request, assessment.case_id, May.READ_SENSITIVE)
    rated = {rating.item: rating for rating in ratings}
    domains = {domain.code: domain.title for domain in instrument.domains}
    items = [
        {
            "id": item.id,
            "title": item.title,
            "part_of_life": domains[item.domain],
            "judgements": judgements(instrument, rated.get(item.id), reads),
            "own_words": rated[item.id].own_words if reads and item.id in rated else "",
            "evidence": [piece(one, contests) for one in evidence if one.item == item.id],
            "contests": contests_on(contests, rated.get(item.id)),
        }
        for item in asked_items(assessment, instrument, to=request.user)
    ]
    about = {"instrument": instrument.name, "version": instrument.version}
    return {**assessment_line(assessment), **about, "what_it_is_not": instrument.disclaimer, "items": items}


def judgements(instrument: Instrument, rating: Rating | None, reads_all: bool) -> list[dict]:
    """In the order of the guide's questions."""
    on_the_map = (instrument.need_scale, instrument.strength_scale)
    told = [scale for scale in instrument.judgements if reads_all or scale in on_the_map]
    said = rating.judgements if rating else {}
    return [
        {"asks": instrument.scales[scale].ask, "word": instrument.scales[scale].words[said[scale]].label}
        for scale in told
        if scale in said
    ]


def piece(evidence: Evidence, contests: Shown) -> dict:
    kept = {name: getattr(evidence, name) for name in ("stance", "type", "source", "words", "dated")}
    said = contests_on(contests, evidence)
    return {**kept, "id": evidence.pk, "by": evidence.added_by.name, "contests": said}


def note(version: Version, contests: Shown) -> dict:
    statements = [
        {"type": one.type, "words": one.words, "who": one.who, "contests": contests_on(contests, one)}
        for one in version.statements.all()
    ]
    return {**{name: getattr(version, name) for name in NOTE}, "statements": statements}


def contact(contact: Contact, contests: Shown) -> dict:
    written = {"written_by": contact.written_by.name, "written_at": contact.written_at}
    about = {"id": contact.pk, "case": contact.case.reference, "contests": contests_on(contests, contact)}
    return {**note(contact.standing, contests), **written, **about}


def condition(condition: Condition, contests: Shown) -> dict:
    kept = ("words", "asked_by", "whom_to_ask", "hard", "starts", "ends")
    said = contests_on(contests, condition)
    return {"id": condition.pk, **{name: getattr(condition, name) for name in kept}, "contests": said}


def supporter(supporter: Supporter, contests: Shown) -> dict:
    kept = {name: getattr(supporter, name) for name in ("name", "relation", "helps", "phone")}
    return {
        **kept,
        "id": supporter.pk,
        "ring": RINGS[supporter.ring],
        "may_we_ring": supporter.get_contact_display(),
        "contests": contests_on(contests, supporter),
    }
