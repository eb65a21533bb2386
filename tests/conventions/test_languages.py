"""Everything on screen is there in every language."""

import re

import pytest

from tests import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


@pytest.fixture(scope="module", params=messages.languages())
def catalog(request):
    return messages.translated(request.param)


@pytest.fixture(scope="module")
def used():
    return messages.used()


def keys(catalog):
    return {(message.context, message.id) for message in catalog if message.id}


def sides(message):
    """Pairs of an original and its translation; of plurals, each form beside the original's last."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[0], message.string[0]), *((message.id[-1], form) for form in message.string[1:])]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_there_is_a_translation():
    assert "pt" in messages.languages()


def test_no_text_is_missing_and_none_is_left_over(catalog, used):
    assert sorted(map(str, keys(used) ^ keys(catalog))) == [], (
        "run `make messages`, then translate what is new"
    )


def test_every_text_is_translated(catalog):
    assert [
        message.id for message in catalog if message.id and not all(form for _, form in sides(message))
    ] == []


def test_no_translation_is_a_guess(catalog):
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


def test_what_is_filled_in_is_the_same(catalog):
    differing = [
        message.id
        for message in catalog
        if message.id
        for original, translation in sides(message)
        if translation and placeholders(original) != placeholders(translation)
    ]

    assert differing == []


def test_plurals_have_all_their_forms(catalog):
    assert [
        message.id
        for message in catalog
        if message.pluralizable and len(message.string) != catalog.num_plurals
    ] == []


@pytest.mark.parametrize("text", ["%(name)s has %(count)d", "{label} and %s"])
def test_what_is_filled_in_is_found(text):
    assert len(placeholders(text)) == 2
