"""A real browser: Chromium, driven by Playwright."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import find_or_install


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests. Playwright keeps an event loop, so Django is told that this is meant."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=find_or_install(), args=["--no-sandbox"])


@pytest.fixture
def page(browser):
    """A page in a window that remembers nothing."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()
