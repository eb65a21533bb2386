"""Why a file cannot be kept, as a word that `apart.py` turns into a sentence."""


class Unfit(Exception):
    """`why` is one of the words in `apart.SENTENCES`."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why
