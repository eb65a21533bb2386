"""Templates and static files: nothing inline, nothing from elsewhere, nobody's name in a title."""

import re

import pytest

from .source import templates, texts

INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", re.IGNORECASE)
# Links that somebody may follow by themselves: file → address → reason.
LINKS = {}
TITLE = re.compile(r"{%\s*block title\s*%}(.*?){%\s*endblock", re.DOTALL)
EXTENDS = re.compile(r"{% extends \"(.+?)\"")
NAMING = re.compile(
    r"\b(person|somebody|case|cloth|user|name|called|reference|born|words|email|entry|object|row)\b"
)


def inline(text):
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def elsewhere(place, text):
    without = re.sub(r"{#.*?#}|/\*.*?\*/", "", text, flags=re.DOTALL)
    found = [line.strip() for line in without.splitlines() if ELSEWHERE.search(line) and not is_comment(line)]
    return [f"{place}: {line}" for line in found if not any(link in line for link in LINKS.get(place, {}))]


def is_comment(line):
    """A line of script that only says something."""
    return line.lstrip().startswith("// ")


def variables(title):
    """What a title puts in: the insides of {{ … }} and of {% … %}, without the texts in quotes."""
    inner = re.findall(r"{{(.*?)}}|{%(.*?)%}", title, re.DOTALL)
    return " ".join(re.sub(r"\"[^\"]*\"|'[^']*'", "", one or other) for one, other in inner)


def names_somebody(title):
    return bool(NAMING.search(variables(title)))


def test_no_template_has_anything_inline():
    assert {place: found for place, text in templates().items() if (found := inline(text))} == {}


def test_nothing_comes_from_elsewhere():
    files = templates() | texts("*/static/**/*.js", "*/static/**/*.css", "*/static/**/*.svg", "*/typst/*.typ")

    assert [line for place, text in files.items() for line in elsewhere(place, text)] == []


def test_no_title_names_anybody():
    titles = {place: title for place, text in templates().items() for title in TITLE.findall(text)}

    assert sorted(place for place, title in titles.items() if names_somebody(title)) == []
    assert len(titles) > 5


def test_every_page_has_a_title():
    by_name = {place.split("templates/", 1)[1]: text for place, text in templates().items()}
    extended = {name for text in by_name.values() for name in EXTENDS.findall(text)}
    pages = [name for name, text in by_name.items() if EXTENDS.search(text) and name not in extended]

    assert [name for name in pages if not has_title(name, by_name)] == []


def has_title(name, by_name):
    """Whether a page says its title itself, or what it extends does."""
    text = by_name.get(name, "")
    own = TITLE.search(text)
    return bool(own and own[1].strip()) or any(has_title(parent, by_name) for parent in EXTENDS.findall(text))


@pytest.mark.parametrize(
    "text",
    [
        "<script>x()</script>",
        "<style>p{}</style>",
        '<p class="a" style="color:red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_something_inline_is_found(text):
    assert inline(text)


def test_what_is_ours_is_not_taken_for_inline():
    assert inline('<script type="module" src="/static/a.js"></script><p data-style="x">') == []


@pytest.mark.parametrize(
    "text", ['<img src="https://cdn.example.org/a.png">', "@import url(//fonts.example.org/a)"]
)
def test_something_from_elsewhere_is_found(text):
    assert elsewhere("somewhere", text)


@pytest.mark.parametrize(
    ("title", "does"),
    [
        ("{{ case.person.name }}", True),
        ("{% blocktranslate with who=cloth.name %}About {{ who }}{% endblocktranslate %}", True),
        ('{% translate "Name of the person" %}', False),
        ("{{ item.title }}", False),
    ],
)
def test_a_name_in_a_title_is_found(title, does):
    assert names_somebody(title) is does
