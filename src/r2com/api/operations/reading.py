"""What can be read. Everything comes through `visible_to`, as on the pages."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query

from r2com.assessments.models import Assessment, Evidence, Rating
from r2com.cases.models import Case
from r2com.conditions.models import Condition
from r2com.contacts.models import Contact
from r2com.contests.shown import shown
from r2com.corner.models import Supporter
from r2com.plans.models import Answer, Plan
from r2com.tasks.models import Task

from .. import said, telling
from ..models import Scope
from ..tokens import needs
from .addresses import router
from .finding import Asked, one_case, opened, opened_several, paged

AROUND_TASK = ("case__person", "owner", "done__done_by")


@router.get("/me", response=said.Me)
def me(request: HttpRequest):
    """Whose token this is, and what it may be used for."""
    place, token = request.membership, request.auth
    return {
        "id": request.user.pk,
        "name": request.user.name,
        "role": place.role,
        "team": place.team.name if place.team else "",
        "organisation": place.organisation.neutral_name,
        "purpose": token.purpose,
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }


@router.get("/cases", response=said.Page[said.Supported])
@needs(Scope.READ)
def cases(request: HttpRequest, asked: Query[Asked]):
    """The people I support, by when their case was opened."""
    rows, further = paged(Case.objects.visible_to(request.user).with_people(), asked)
    opened_several(request, rows, "cases")
    return {"rows": [telling.supported(row) for row in rows], "next": further}


@router.get("/cases/{reference}", response=said.Case)
@needs(Scope.READ)
def case(request: HttpRequest, reference: str):
    """One case: who they are, how to reach them safely, who works with them."""
    case = one_case(request, reference, "case")
    return telling.case(case, shown(case, request.user))


@router.get("/tasks", response=said.Page[said.Task])
@needs(Scope.READ)
def my_tasks(request: HttpRequest, asked: Query[Asked]):
    """My own open tasks, in every case."""
    mine = Task.objects.visible_to(request.user).open().owned_by(request.user)
    rows, further = paged(mine.select_related(*AROUND_TASK), asked)
    opened_several(request, [row.case for row in rows], "my_tasks")
    return {"rows": [telling.task(row) for row in rows], "next": further}


@router.get("/tasks/{uuid:pk}", response=said.Task)
@needs(Scope.READ)
def task(request: HttpRequest, pk: UUID):
    """One task, and what came of it."""
    found = get_object_or_404(Task.objects.visible_to(request.user).select_related(*AROUND_TASK), pk=pk)
    opened(request, found.case, "task")
    return telling.task(found)


@router.get("/cases/{reference}/tasks", response=said.Page[said.Task])
@needs(Scope.READ)
def tasks(request: HttpRequest, reference: str, asked: Query[Asked]):
    """What was promised and what is to be found out."""
    case = one_case(request, reference, "tasks")
    rows = Task.objects.visible_to(request.user).filter(case=case).select_related(*AROUND_TASK)
    rows, further = paged(rows, asked)
    return {"rows": [telling.task(row) for row in rows], "next": further}


@router.get("/cases/{reference}/plans", response=said.Page[said.PlanLine])
@needs(Scope.READ)
def plans(request: HttpRequest, reference: str, asked: Query[Asked]):
    """Every draft of the plan, and what the person answered."""
    case = one_case(request, reference, "plans")
    rows = Plan.objects.visible_to(request.user).filter(case=case).select_related("case", "made_by")
    answers = Prefetch("answers", Answer.objects.visible_to(request.user))
    rows, further = paged(rows.prefetch_related(answers), asked)
    return {"rows": [telling.plan_line(row) for row in rows], "next": further}


@router.get("/plans/{uuid:pk}", response=said.Plan)
@needs(Scope.READ)
def plan(request: HttpRequest, pk: UUID):
    """One plan with its goals and steps."""
    found = get_object_or_404(
        Plan.objects.visible_to(request.user).whole().prefetch_related("goals__steps__done__done_by"), pk=pk
    )
    opened(request, found.case, "plan")
    return telling.plan(request, found, shown(found.case, request.user))


@router.get("/cases/{reference}/assessments", response=said.Page[said.AssessmentLine])
@needs(Scope.READ)
def assessments(request: HttpRequest, reference: str, asked: Query[Asked]):
    """The talks with this person."""
    case = one_case(request, reference, "assessments")
    rows = Assessment.objects.visible_to(request.user).filter(case=case)
    rows = rows.select_related("case", "begun_by").prefetch_related("handed_in__answer")
    rows, further = paged(rows, asked)
    return {"rows": [telling.assessment_line(row) for row in rows], "next": further}


@router.get("/assessments/{uuid:pk}", response=said.Assessment)
@needs(Scope.READ)
def assessment(request: HttpRequest, pk: UUID):
    """One talk, item by item, in words. There is no other summary of it, on purpose."""
    rows = Assessment.objects.visible_to(request.user).with_instrument()
    found = get_object_or_404(rows.prefetch_related("handed_in__answer"), pk=pk)
    opened(request, found.case, "assessment")
    ratings = Rating.objects.visible_to(request.user).filter(assessment=found)
    evidence = Evidence.objects.visible_to(request.user).filter(assessment=found, taken_back_at__isnull=True)
    held = {"assessment__case"}
    return telling.assessment(
        request,
        found,
        list(ratings.select_related(*held)),
        list(evidence.select_related("added_by", *held)),
        shown(found.case, request.user),
    )


@router.get("/cases/{reference}/contacts", response=said.Page[said.Contact])
@needs(Scope.READ)
def contacts(request: HttpRequest, reference: str, asked: Query[Asked]):
    """The notes about visits, calls and messages that are open to me, by when they were first written."""
    case = one_case(request, reference, "contacts")
    rows, further = paged(Contact.objects.visible_to(request.user).filter(case=case).whole(), asked)
    contests = shown(case, request.user)
    return {"rows": [telling.contact(row, contests) for row in rows], "next": further}


@router.get("/contacts/{uuid:pk}", response=said.Contact)
@needs(Scope.READ)
def contact(request: HttpRequest, pk: UUID):
    """One note, as it stands now."""
    found = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=pk)
    opened(request, found.case, "contact")
    return telling.contact(found, shown(found.case, request.user))


@router.get("/cases/{reference}/conditions", response=said.Page[said.Condition])
@needs(Scope.READ)
def conditions(request: HttpRequest, reference: str, asked: Query[Asked]):
    """What a court, the prison or probation asks, in plain words."""
    case = one_case(request, reference, "conditions")
    rows, further = paged(Condition.objects.visible_to(request.user).filter(case=case), asked)
    contests = shown(case, request.user)
    return {"rows": [telling.condition(row, contests) for row in rows], "next": further}


@router.get("/cases/{reference}/corner", response=said.Page[said.Supporter])
@needs(Scope.READ)
def corner(request: HttpRequest, reference: str, asked: Query[Asked]):
    """The people in the person's corner now."""
    case = one_case(request, reference, "corner")
    rows = Supporter.objects.visible_to(request.user).filter(case=case).in_the_corner()
    rows, further = paged(rows, asked)
    contests = shown(case, request.user)
    return {"rows": [telling.supporter(row, contests) for row in rows], "next": further}
