"""R7: requests that nobody would think of, to the API and to every form, on both databases."""

import os
import re
import subprocess
import sys
from contextlib import ExitStack

from tests.installations import ROOT
from tests.postgresql import keyring_beside, server

TESTS = ["tests/properties/test_fuzzed_api.py", "tests/properties/test_every_form.py"]
CHOSEN = "withstands or whatever_is_sent"
SUM = re.compile(r"(\d+) (passed|failed)")


def requests(*, number: int, on: str) -> dict:
    """So many to the API and at least as many to the forms. What fails says so by itself on the screen."""
    with ExitStack() as stack:
        said = {**os.environ, "FUZZED": str(number), "PYTHONPATH": "src"}
        if on == "PostgreSQL":
            url = stack.enter_context(server())
            said |= {"DATABASE_URL": url, "KEYRING_URL": keyring_beside(url)}
        words = [sys.executable, "-m", "pytest", *TESTS, "-k", CHOSEN, "-q", "--no-header", "-s"]
        done = subprocess.run(words, env=said, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    counts = {what: int(count) for count, what in SUM.findall(done.stdout.splitlines()[-1])}
    if done.returncode:
        sys.stderr.write(done.stdout)
    asked = {"requests to the API": number, "to the forms, at least": number}
    return {**asked, "forms and API whole": counts.get("passed", 0), "broken": counts.get("failed", 0)}
