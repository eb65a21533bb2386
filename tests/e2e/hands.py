"""What somebody does at a page, counted: a press, a choice, a text that is typed."""


class Hands:
    """Counts what somebody does."""

    def __init__(self, page):
        self.page, self.did, self.typed = page, [], []

    def press(self, selector):
        self.did.append(selector)
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def choose(self, selector):
        self.did.append(selector)
        self.page.locator(selector).check()

    def write(self, selector, text):
        """Going to the field is one thing, typing another."""
        self.did += [selector, text]
        self.typed.append(text)
        self.page.locator(selector).click()
        self.page.keyboard.type(text)
