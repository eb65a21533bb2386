"""What every answer tells the browser."""

from django.http import HttpResponse
from django.test import RequestFactory

from r2com.ui.middleware import headers


def answered(path):
    return headers(lambda request: HttpResponse("words"))(RequestFactory().get(path))


def test_a_page_may_load_only_our_own_things():
    policy = answered("/people/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_other_site_may_frame_a_page_or_change_where_its_forms_go():
    policy = answered("/people/")["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy


def test_a_page_is_not_kept_by_the_browser_but_a_static_file_may_be():
    page, file = answered("/people/"), answered("/static/ui/look.css")

    assert page["Cache-Control"] == "no-store"
    assert "Cache-Control" not in file


def test_addresses_are_told_to_no_other_site_but_our_forms_still_say_where_they_come_from():
    assert answered("/people/")["Referrer-Policy"] == "same-origin"
