"""The base page, the gallery, and the pages for when something is not as expected."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from r2com import ui
from r2com.ui import context, views
from r2com.ui.pages import page

LOOK = Path(ui.__file__).parent / "static" / "ui" / "look.css"
CLOTH = {
    "name": "Milo Fernweh",
    "called": "Milo",
    "worker": "Ines Lindqvarn",
    "deputy": "",
    "phase": "Settling",
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def asked(path="/"):
    return by_a_stranger(RequestFactory().get(path))


def sent(path="/notes/", data=None, **extra):
    return by_a_stranger(RequestFactory().post(path, data or {}, **extra))


def by_a_stranger(request):
    request.user = AnonymousUser()
    return request


def text(response):
    return response.content.decode()


def test_the_gallery_needs_neither_inline_style_nor_inline_script():
    gallery = text(views.gallery(asked("/ui/")))

    assert "<style" not in gallery
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", gallery)
    assert [tag for tag in re.findall(r"<script[^>]*>", gallery) if "src=" not in tag] == []


def test_the_gallery_gives_every_part_an_anchor_of_its_own():
    gallery = text(views.gallery(asked("/ui/")))

    names = re.findall(r'\sid="([^"]+)"', gallery)
    links = re.findall(r'href="#([^"]+)"', gallery)
    assert sorted(names) == sorted(set(names))
    assert set(links) <= set(names)


def test_everybody_may_see_the_gallery_in_a_demonstration_and_otherwise_one_signs_in():
    with override_settings(DEMO=True):
        open_view = views.open_in_demo(lambda request: None)
    with override_settings(DEMO=False):
        closed_view = views.open_in_demo(lambda request: None)

    assert open_view.login_required is False
    assert getattr(closed_view, "login_required", True) is True


def test_a_demonstration_says_so_on_every_page_and_real_use_does_not():
    with override_settings(DEMO=True):
        demo = text(page(asked(), "404.html"))
    with override_settings(DEMO=False):
        real = text(page(asked(), "404.html"))

    assert "Every person here is invented" in demo
    assert "invented" not in real


def test_a_record_names_the_person_on_the_page_and_never_in_the_title():
    shown = text(page(asked(), "ui/gallery.html", {"cloth": CLOTH}))

    assert "Milo Fernweh" in shown
    assert "Milo" not in re.search(r"<title>.*?</title>", shown, re.DOTALL).group()


def test_a_page_of_nobody_has_no_record_banner():
    assert 'class="cloth"' not in text(page(asked(), "404.html"))


def test_the_bar_carries_the_organisations_own_name():
    request = asked()
    request.membership = SimpleNamespace(organisation=SimpleNamespace(neutral_name="Lantern"))

    assert ">Lantern</a>" in text(page(request, "404.html"))
    assert ">Lantern</a>" not in text(page(asked(), "404.html"))


def test_the_bar_shows_the_way_around_that_the_request_brings_and_marks_where_one_is():
    request = asked("/ui/")
    request.menu = [("gallery", "Gallery of shapes"), ("favicon", "Mark")]

    gallery, mark = context.everywhere(request)["navigation"]

    assert gallery == {"url": "/ui/", "label": "Gallery of shapes", "current": "page"}
    assert mark["current"] == ""
    assert context.everywhere(asked("/ui/"))["navigation"] == []


def test_a_page_further_down_still_marks_where_one_is():
    request = asked("/ui/more/")
    request.menu = [("gallery", "Gallery")]

    assert context.everywhere(request)["navigation"][0]["current"] == "true"


@override_settings(WORRY_URL="gallery")
def test_a_worry_has_its_link_when_there_is_a_page_for_it():
    assert "I am worried" in text(page(asked(), "404.html"))


@override_settings(WORRY_URL="")
def test_a_worry_has_no_link_that_leads_nowhere():
    shown = text(page(asked(), "404.html"))

    assert "I am worried" not in shown
    assert "Leave quickly" in shown


def test_what_may_be_kept_in_the_browser_has_a_key_only_where_the_page_was_given_one():
    with_key = text(page(asked(), "404.html", {"keep_key": "c2VjcmV0"}))
    without = text(page(asked(), "404.html"))

    assert '<meta name="keep" content="c2VjcmV0">' in with_key
    assert 'id="sign-in-again"' in with_key
    assert 'name="keep"' not in without
    assert 'id="sign-in-again"' not in without


def test_the_language_is_remembered_and_one_stays_where_one_was():
    response = views.language(sent("/language/", {"language": "pt", "next": "/people/"}))

    assert response.cookies["language"].value == "pt"
    assert response.cookies["language"]["httponly"]
    assert response.url == "/people/"


def test_an_unknown_language_is_not_remembered():
    assert "language" not in views.language(sent("/language/", {"language": "xx"})).cookies


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_changing_the_language_never_leads_to_another_site(elsewhere):
    assert views.language(sent("/language/", {"language": "pt", "next": elsewhere})).url == "/"


def test_a_page_open_too_long_gives_back_what_was_typed_but_no_password_or_code():
    request = sent(
        data={"what_happened": "He called <me>", "password1": "pw-word", "code": "123456", "empty": ""}
    )

    response = views.csrf_failure(request, reason="no cookie")

    assert response.status_code == 403
    assert "What happened" in text(response)
    assert "He called &lt;me&gt;" in text(response)
    for hidden in ("pw-word", "123456", "no cookie", "Empty"):
        assert hidden not in text(response)


def test_a_field_is_given_back_although_its_name_contains_a_code():
    assert "4000" in text(views.csrf_failure(sent(data={"postcode": "4000"})))


def test_what_another_site_sent_is_not_shown_on_our_page():
    request = sent(data={"what": "Call this number"}, headers={"sec-fetch-site": "cross-site"})

    assert "Call this number" not in text(views.csrf_failure(request))


def test_a_page_that_is_not_there_says_the_same_as_one_that_may_not_be_seen():
    missing = views.not_found(asked("/people/x/"), exception=Exception("no Person matches"))
    hidden = views.not_found(asked("/people/x/"))

    assert missing.status_code == 404
    assert "Nothing here that you can see" in text(missing)
    assert "Person matches" not in text(missing)
    tokenless = [re.sub(r'value="[^"]{64}"', "", text(answer)) for answer in (missing, hidden)]
    assert tokenless[0] == tokenless[1]


def test_refusals_and_faults_answer_in_plain_words():
    assert views.permission(asked()).status_code == 403
    assert views.bad_request(asked()).status_code == 400
    fault = views.server_error(None)

    assert fault.status_code == 500
    assert "Something broke on our side" in text(fault)


def test_the_saved_line_carries_its_sentences():
    line = render_to_string("ui/saved.html")

    assert 'data-failed-text="Not saved yet. Your words are still here; trying again."' in line
    assert 'role="status"' in line


def test_a_right_to_left_language_turns_the_page():
    with override("ar"):
        turned = text(page(asked(), "404.html"))

    assert 'dir="rtl"' in turned
    assert 'dir="ltr"' in text(page(asked(), "404.html"))


def test_the_look_is_small_and_loads_nothing_from_elsewhere():
    css = LOOK.read_bytes()

    assert len(gzip.compress(css)) <= 16 * 1024
    assert b"http" not in css
    assert b"@import" not in css
    assert b"url(" not in css


def test_the_mark_of_the_house_is_found_without_signing_in():
    assert views.favicon(asked("/favicon.ico")).url == "/static/ui/mark.svg"
    assert views.favicon.login_required is False
