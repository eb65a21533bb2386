"""Every address says who may open it, and one that does not is neither started nor answered."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, path

from r2com.access import checks, middleware
from r2com.access.declared import EVERYBODY, SIGNED_IN, Who, declare, declared, faults, of_record, walk
from r2com.access.roles import ROLES, May, may
from r2com.config.policy import ADDRESSES


def view(request):
    return HttpResponse("shown")


def test_every_address_is_declared_and_says_what_is_so():
    assert checks.every_address_is_declared() == []


def test_a_view_that_says_nothing_stops_the_start(monkeypatch):
    assert list(faults([path("x/", view, name="x")], {})) == ["Nobody said who may open “x”."]

    monkeypatch.setitem(ADDRESSES, "gone", SIGNED_IN)

    with pytest.raises(checks.Undeclared):
        checks.must_be_declared()


@pytest.mark.parametrize(
    ("one", "said"),
    [(login_not_required(lambda request: None), SIGNED_IN), (view, of_record([]))],
)
def test_a_declaration_that_is_not_so_is_found(one, said):
    assert len(list(faults([path("x/", one, name="x")], {"x": said}))) == 1


def test_a_view_that_says_nothing_is_not_answered():
    request = RequestFactory().get("/x/")
    request.resolver_match = path("x/", view, name="x").resolve("x/")

    with pytest.raises(Http404):
        middleware.ask_what_is_declared(view).process_view(request, view, (), {})


def test_what_a_view_says_itself_counts_before_the_table():
    own = declare(lambda request: None, EVERYBODY)

    assert declared(own, "x", {"x": SIGNED_IN}) == EVERYBODY


def test_no_record_is_declared_for_a_role_without_records():
    outside = [role for role in ROLES if not may(role, May.READ)]
    for name, one in walk(get_resolver().url_patterns):
        said = declared(one, name, ADDRESSES)
        if said.who == Who.RECORD:
            assert not any(may(role, what) for role in outside for what in said.see | said.send), name
