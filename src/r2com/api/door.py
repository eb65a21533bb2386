"""The door of the API: a session opens nothing here, and every answer is JSON."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from r2com.access import reading
from r2com.access.declared import TOKEN, declare

from . import problems
from .description import ROOT, api


def in_json(pattern: URLPattern) -> URLPattern:
    """The same address below the root of the API. Who asks is said by a token, so no form token is needed."""
    return path(
        ROOT[1:] + str(pattern.pattern), _guarded(pattern), name="api_" + str(pattern.name).replace("-", "_")
    )


def _guarded(pattern: URLPattern):
    view, request_method_list = pattern.callback, _methods(pattern.name)

    @login_not_required
    @csrf_exempt
    def answer(request, *args, **kwargs):
        request.user, request.membership = AnonymousUser(), None
        reading.become(request.user)
        if request.method not in request_method_list:
            return problems.wrong_method(request_method_list)
        if request.method == "POST" and request.content_type != "application/json":
            return problems.not_json()
        try:
            return view(request, *args, **kwargs)
        finally:
            request.user = AnonymousUser()

    return declare(answer, TOKEN)


def _methods(name: str) -> list[str]:
    """Which methods an address takes; the description is read only."""
    views = [view for router in api._get_bound_routers() for view in router.path_operations.values()]
    for view in views:
        if view.operations[0].view_func.__name__ == name:
            return sorted({method for operation in view.operations for method in operation.methods})
    return ["GET"]


@csrf_exempt
def nothing(request):
    return problems.nothing_here()
