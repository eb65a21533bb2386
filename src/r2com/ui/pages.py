"""The one way to answer with a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: dict | None = None, status: int = 200) -> HttpResponse:
    """Answer with a whole page made from a template that extends `base.html`.

    The base page looks for these in the context, and leaves out what is not there:
    `cloth` (whose record this is: name, called, worker, deputy, phase, reference, closed_at),
    `tabs` (the record's pages: a list of url, label, current, group),
    `by_themselves` (the person holds the device: nothing leads to anybody else) and
    `keep_key` (under which key the browser may keep what is being written).
    """
    return render(request, template, context, status=status)
