"""The one word that templates use to show that an entry is contested."""

from uuid import UUID

from django import template
from django.template.loader import render_to_string

from ..shown import Shown, shown

register = template.Library()


@register.simple_tag(takes_context=True)
def contested(context, thing, part: str = "") -> str:
    """What the person says about a row, or about a part of it. Nothing where nobody said anything."""
    if not thing or not (known := _known(context)).contests:
        return ""
    return _drawn(context, known.on(thing, part))


@register.simple_tag(takes_context=True)
def contested_by(context, kind: str, pk: UUID, part: str = "") -> str:
    """The same for an entry of which the template has no row."""
    if not (known := _known(context)).contests:
        return ""
    return _drawn(context, known.about(kind, pk, part))


def _drawn(context, contests) -> str:
    if not contests:
        return ""
    address = not context.get("read_only")
    return render_to_string("contests/contested.html", {"contests": contests, "linked": address})


def _known(context) -> Shown:
    """What is contested in the case of this page, looked up once a request."""
    if "contests" in context:
        return context["contests"]
    request, case = context.get("request"), context.get("case")
    if request is None or case is None or not request.user.is_authenticated:
        return Shown([])
    known = request.__dict__.setdefault("contests_by_case", {})
    if case.pk not in known:
        known[case.pk] = shown(case, request.user)
    return known[case.pk]
