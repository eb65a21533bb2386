"""A real browser: Chromium, driven by Playwright."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests import emptying
from tests.browser import find_or_install


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests.

    Playwright keeps an event loop in this thread. Django is told that this is meant; under a loop it
    opens other connections than before, which have to be emptied by their owner, too.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        for alias in ("default", "keyring"):
            emptying.let_owner_empty(alias)
        yield playwright.chromium.launch(executable_path=find_or_install(), args=["--no-sandbox"])


@pytest.fixture
def page(browser):
    """A page in a window that remembers nothing."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()
