"""Pages that only some roles have. For everybody else they do not exist."""

from functools import wraps

from django.http import Http404

from r2com.access.roles import May


def only(*any_of: May):
    """Show a view to those whose role allows one of these; answer 404 to the rest."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.membership is None or not any(request.membership.may(what) for what in any_of):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
