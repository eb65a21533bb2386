"""A pytest plugin for the whole suite: every template of ours is rendered by some test.

Each worker tells which templates it saw; what nobody saw is an error in the summary.
"""

from pathlib import Path

import pytest
from _pytest.reports import CollectReport
from django.test.signals import template_rendered

SOURCE = Path(__file__).parent.parent / "src" / "r2com"
seen: set[str] = set()


def note(sender, template, **kwargs):
    seen.add(template.origin.name)


def unseen(seen: set[str]) -> list[str]:
    """Our templates that are not among the seen ones, by their place in the source."""
    ours = {str(path) for path in SOURCE.glob("*/templates/**/*") if path.is_file()}
    return sorted(str(Path(path).relative_to(SOURCE)) for path in ours - seen)


def pytest_configure(config):
    template_rendered.connect(note)


def pytest_testnodedown(node, error):
    seen.update(getattr(node, "workeroutput", {}).get("templates", []))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """A worker hands over what it saw; the one that counts adds an error for what is missing."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["templates"] = sorted(seen)
    elif missing := unseen(seen):
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        told = "No test renders these templates:\n" + "\n".join(missing)
        reporter.stats.setdefault("error", []).append(CollectReport("templates", "failed", told, None))
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
