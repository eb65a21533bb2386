"""Whatever is sent to a form, it answers in words: nothing breaks, nothing typed is lost, nothing leaks."""

import html
import os
import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from .forms import API, FORMS, IN_JSON, NOBODY, routes, takes_posts
from .hostile import ANYTHING, EXTRA
from .sending import FORM, as_before, browser, filled, raw, read, send, taken_back

# The suite sends some to each form; `make fuzz` as many to all of them together as it is asked for.
SOME = 8
EXAMPLES = max(SOME, -(-int(os.environ.get("FUZZED", 0)) // len(FORMS)))
# They say which button was pressed; another button may lead to another page.
BUTTONS = {"step", "go", "look", "end"}
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-7"

values = st.sampled_from(ANYTHING) | st.text(max_size=300)
changes = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "drop", "twice", "extra"]),
        st.integers(min_value=0, max_value=30),
        values,
    ),
    min_size=1,
    max_size=3,
)


def changed(fields, steps) -> dict[str, list]:
    """The same fields after somebody put in, left out, doubled or added something."""
    fields = dict(fields)
    for what, number, value in steps:
        name = list(fields)[number % len(fields)]
        if what == "put":
            fields[name] = [value]
        elif what == "drop" and len(fields) > 1:
            del fields[name]
        elif what == "twice":
            fields[name] = [*fields[name], value]
        elif what == "extra":
            fields[EXTRA[number % len(EXTRA)]] = [value]
    return fields


def must_keep(form, sent, page, *, is_judged):
    """A form that is shown again says what is missing, and has every word in it."""
    if is_judged:
        assert says_what_is_wrong(page)
    asked = [name for name in form.words if len(sent.get(name, [])) == 1]
    asked = [name for name in asked if f'name="{name}"' in page or is_judged]
    lost = [name for name in asked if not is_on(page, sent[name][-1])]
    assert lost == []


def says_what_is_wrong(page) -> bool:
    """Whether there is an error on the page itself; what scripts may show later does not count."""
    return 'class="error' in page.split("<template", 1)[0]


def is_on(page, value) -> bool:
    words = raw(value).decode(errors="replace")
    return "\0" in words or html.escape(words) in page


def is_shown_again(form, sent, was, answer) -> bool:
    """Whether the answer is the form once more, after the button that belongs to it."""
    is_page = answer["Content-Type"].startswith("text/html") and answer.status_code in (200, 409)
    return is_page and all(sent.get(name) == was.get(name) for name in BUTTONS)


# Words and values


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_all_is_well_with_is_taken(ours, form):
    client, sent = browser(ours, form), filled(form, ours)

    answer = send(client, form.address(ours), sent)

    assert says_what_is_wrong(read(answer)) is form.refused
    assert answer.status_code in ((200,) if form.refused or form.turns else (302, 303))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_whatever_is_sent_the_form_answers_and_nothing_is_lost(ours, form):
    client, was = browser(ours, form), filled(form, ours)

    @given(steps=changes)
    @hypothesis(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
    def check(steps):
        sent = changed(was, steps)
        with taken_back():
            answer = send(as_before(client), form.address(ours), sent)
            page = read(answer)
        if is_shown_again(form, sent, was, answer):
            must_keep(form, sent, page, is_judged=not form.turns)

    check()


PARTS = "multipart/form-data; boundary=x"
BODIES = [
    (b"", FORM),
    (b"a=b", ""),
    (bytes(range(256)), FORM),
    (b"name=x", f"{FORM}; charset=utf-16"),
    (b"name=x", f"{FORM}; charset=nonsense"),
    (b"[" * 100_000, "application/json"),
    (b'{"name": {"a": [1e400, null]}}', "application/json"),
    (b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nab', PARTS),
    (b"name=x", "multipart/form-data"),
    (b"a=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1), FORM),
    (b"name=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, FORM),
]


@pytest.mark.parametrize("form", {form.name: form for form in FORMS}.values(), ids=str)
def test_a_body_that_is_no_form_breaks_nothing(ours, form):
    client = browser(ours, form)

    for body, kind in BODIES:
        with taken_back():
            read(as_before(client).generic("POST", form.address(ours), body, kind))


# What belongs to others


def ids_in(fields) -> dict[str, list]:
    """The fields that point to a row."""
    return {name: value for name, value in fields.items() if re.search(ID, " ".join(map(str, value)))}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_takes_no_row_of_another_agency(ours, foreign, form):
    was, theirs = filled(form, ours), ids_in(filled(form, foreign))

    for name, value in theirs.items():
        with taken_back():
            answer = send(browser(ours, form), form.address(ours), {**was, name: value})
            page = read(answer)

        assert form.turns or answer.status_code in (200, 404), name
        assert foreign.mark not in page


@pytest.mark.parametrize("form", [form for form in FORMS if form.who != NOBODY], ids=str)
def test_the_forms_of_another_agency_do_not_exist(ours, foreign, form):
    address = form.address(foreign)
    if address == form.address(ours):
        return

    answer = send(browser(ours, form), address, filled(form, foreign))

    assert answer.status_code == 404
    assert foreign.mark not in read(answer)


# The list of forms


def test_every_address_that_takes_a_form_is_in_the_list():
    of_pages = [pattern for route, pattern in routes() if not route.startswith(API)]
    taking = {pattern.name for pattern in of_pages if takes_posts(pattern.callback)}

    assert taking == {form.name for form in FORMS} | IN_JSON


def test_a_view_that_does_not_say_what_it_takes_counts_as_a_form():
    assert takes_posts(lambda request: None)
    assert not takes_posts({p.name: p.callback for _r, p in routes()}["today"])
