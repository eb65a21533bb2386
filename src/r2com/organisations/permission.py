"""Pages that only some roles have. For everybody else they do not exist."""

from functools import wraps

from django.http import Http404

from r2com.access.roles import May


def only(what: May):
    """Show a view to those whose role allows something; answer 404 to the rest."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.membership is None or not request.membership.may(what):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
