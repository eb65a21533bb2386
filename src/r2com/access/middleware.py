"""An address answers only those for whom it is declared."""

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string

from .declared import Declared, Who, declared
from .roles import may


class ask_what_is_declared:
    """Refuses a view that says nothing about itself, and whoever's role allows none of what it asks."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.table: dict[str, Declared] = import_string(settings.DECLARED)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        said = declared(view, request.resolver_match.url_name, self.table)
        if said is None:
            raise Http404
        request.declared = said
        if said.who in (Who.ROLE, Who.RECORD) and request.user.is_authenticated:
            role = getattr(request.membership, "role", None)
            if not any(may(role, what) for what in said.asked(request.method)):
                raise Http404
