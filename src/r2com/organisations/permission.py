"""Pages that only some roles have. For everybody else they do not exist."""

from functools import wraps

from django.http import Http404

from r2com.access.declared import declare, of_role
from r2com.access.roles import May


def only(*any_of: May):
    """Show a view to those whose role allows one of these; answer 404 to the rest. Declares the view."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.membership is None or not any(request.membership.may(what) for what in any_of):
                raise Http404
            return view(request, *args, **kwargs)

        return declare(guarded, of_role(any_of))

    return decorate
