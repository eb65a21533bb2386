"""A closed record, and one that is set aside, is read only: whatever is sent to it changes nothing."""

import html

import pytest
from django.apps import apps
from django.urls import reverse

from r2com.audit.models import CaseCount, Event, Leaf, Waiting
from r2com.cases import actions as cases
from r2com.cases.models import Case
from r2com.drafts.models import Draft
from r2com.guards import actions as guards
from r2com.people import actions as people
from r2com.people.models import Choice
from r2com.reviews.models import Call
from r2com.vault.models import DataKey

from .forms import FORMS
from .sending import browser, filled, read, send, taken_back

# What goes on after the end: the person's own rights, who is let near, the calls, and opening it again.
RIGHTS = {"withdraw", "say", "say_part", "contest", "record_links", "take_link_back", "bring_complaint"}
FILE = {"person_file", "file_takes_longer", "give_file", "look_again"}
READ = {"read_file", "file_read_through", "put_passage_back"}
HELD = {"hold_back", "hold_back_part", "give_back"}
ASIDE = {"set_aside", "tell_of_use", "use_again"}
GOES_ON = RIGHTS | ASIDE | FILE | READ | HELD | {"let_near", "reopen", "aftercare"}
# Rows that tell what happened or was typed, not what is in the record.
BESIDE = (Event, Leaf, Waiting, CaseCount, Draft, DataKey)
ROLES = ("practitioner", "deputy", "supervisor", "colleague", "administrator")


def of_the_record(world):
    """Every form whose address leads to one of the cases we close, by any of its rows."""
    references = {case.reference for case in closed(world)}
    for form in FORMS:
        if form.name in GOES_ON or form.who not in ROLES:
            continue
        args = form.args(world)
        if args and (args[0] in references or str(args[0]) in rows(world)):
            yield form


def closed(world):
    return [world.case, world.ready_case, world.handed_case, world.ending_case]


def rows(world) -> set[str]:
    """The rows of these cases that have pages of their own."""
    there = (world.task, world.assessment, world.ready, world.handed, world.plan, world.step, world.review)
    return {str(row.pk) for row in (*there, world.note)}


def state() -> dict[str, list]:
    """Every row of casework as it lies in the database."""
    models = [model for model in apps.get_models() if model.__module__.startswith("r2com.")]
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))
        for model in models
        if model not in BESIDE and not model._meta.app_label.startswith(("accounts", "jobs"))
    }


@pytest.fixture
def ended(ours):
    """The same world, with every open case closed."""
    with taken_back():
        for case in closed(ours):
            cases.close(Case.objects.get(pk=case.pk), reason="settled", by=ours.practitioner, at=ours.now)
        yield ours


def test_the_forms_of_a_record_are_found(ours):
    names = {form.name for form in of_the_record(ours)}

    assert {"profile", "team", "choice", "task", "item", "sense", "sign_off", "plans", "finish_step"} <= names
    assert {"reviews", "review", "closing", "closing_letter"} <= names


def test_nothing_that_is_sent_changes_a_closed_record(ended):
    for form in of_the_record(ended):
        client, sent, before = browser(ended, form), filled(form, ended), state()

        answer = send(client, form.address(ended), sent)

        page = read(answer)
        assert state() == before, str(form)
        assert answer.status_code in (200, 302, 404), str(form)
        assert answer.status_code != 200 or "read only" in html.unescape(page), str(form)


@pytest.fixture
def set_aside(ours):
    """The same world, with every open case set aside."""
    with taken_back():
        for case in closed(ours):
            words = {"ground": "accuracy", "words": "The dates are wrong"}
            guards.set_aside(case, **words, by=ours.practitioner, at=ours.now)
        yield ours


def test_nothing_that_is_sent_changes_a_record_that_is_set_aside(set_aside):
    for form in of_the_record(set_aside):
        client, sent, before = browser(set_aside, form), filled(form, set_aside), state()

        answer = send(client, form.address(set_aside), sent)

        page = read(answer)
        assert state() == before, str(form)
        assert answer.status_code in (200, 302, 404), str(form)
        assert answer.status_code != 200 or "read only" in html.unescape(page), str(form)


def test_no_page_of_a_closed_record_has_a_button_that_writes(ended):
    client = browser(ended, next(form for form in FORMS if form.name == "profile"))
    record = ["person", "explain", "assessments", "map", "plans", "reviews", "closing", "team"]
    pages = [reverse(name, args=[ended.case.reference]) for name in record]
    pages += [
        ended.assessment.get_absolute_url(),
        ended.plan.get_absolute_url(),
        ended.review.get_absolute_url(),
    ]
    pages += [reverse("item", args=[ended.assessment.pk, "A1"]), reverse("task", args=[ended.task.pk])]
    pages += [reverse("sense", args=[ended.assessment.pk])]

    for page in pages:
        shown = read(client.get(page, follow=True))
        body = shown[shown.index("<main") : shown.index("</main>")]

        assert "read only" in shown, page
        assert "<form" not in body, page


def is_done(answer) -> bool:
    """Whether it leads on, hands over a file, or shows what is shown only once."""
    once = (b"I have both", b"The complaint is sealed")
    return (
        answer.status_code == 302
        or answer.has_header("Content-Disposition")
        or any(words in answer.content for words in once)
    )


def test_what_goes_on_after_the_end_is_possible(ended):
    for form in (form for form in FORMS if form.name in GOES_ON):
        with taken_back():
            answer = send(browser(ended, form), form.address(ended), filled(form, ended))

            assert is_done(answer), form


def test_a_yes_that_is_taken_back_is_taken_back(ended):
    people.withdraw(ended.choice, how="said", by=ended.practitioner, at=ended.now, case=ended.case)

    assert Choice.objects.get(pk=ended.choice.pk).is_withdrawn
    assert Call.objects.waiting().exists()
