"""Whoever keeps something about a case puts it into the line of time, or says why it has no moment there."""

from r2com.access.models import ScopedQuerySet
from r2com.cases import timeline

from .personal import personal_models

# What an app keeps about a case without a line of its own, and why.
APART = {
    "conditions": "they hold for a span, and stand on the person's page while they do",
    "contests": "they stand beside the entry that they are about",
    "corner": "people, not moments; the circle shows them",
    "guards": "who is let near is in what the trail tells, not in what happened to the person",
    "landing": "the two boards show their lines and lamps",
    "my_record": "who read it, and how, is on the page Who looked",
    "rights": "what is asked of the agency about a record stands on pages of its own",
    "supervision": "it is about the work of the worker, and stands on their own pages",
}


def of_cases() -> set[str]:
    models = [model for model in personal_models() if isinstance(model.objects.all(), ScopedQuerySet)]
    return {model._meta.app_label for model in models if getattr(model.objects.all(), "case_path", None)}


def in_the_line() -> set[str]:
    return {kept.rows.__module__.split(".")[1] for kept in timeline._kept.values()}


def test_every_app_of_casework_stands_in_the_line_of_time_or_says_why_not():
    assert sorted(of_cases() - in_the_line() - set(APART)) == []


def test_no_excuse_is_left_over():
    assert sorted(set(APART) & in_the_line()) == []
    assert set(APART) <= of_cases()
