"""What the files of the project may not hold, and what the requirements must."""

import re

import pytest
from django.core.management import call_command

from .source import ROOT, tracked

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js",
    "art" + "ifactory",
    "nex" + "us",
    "dev" + "pi",
]
REGISTRY = re.compile(r"https?://[^\s\"'<>]*(?:" + "|".join(map(re.escape, HOSTS)) + ")", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.{}$-])/(?:work|root|Users|home/[a-z]+)/[\w.-]+")
INDEX = re.compile(
    r"^\s*(?:--?(?:extra-)?index-url|-i\b|--find-links|-f\b|--trusted-host)|@ (?:https?|file):", re.MULTILINE
)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".html",
    ".css",
    ".js",
    ".json",
    ".po",
    ".typ",
    ".cfg",
    ".yml",
    ".yaml",
    ".sh",
    "",
}


def contents():
    for path in tracked():
        if path.suffix in TEXT:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="ignore")


def holding(pattern):
    return sorted(place for place, text in contents() if pattern.search(text))


def test_no_file_names_a_package_registry():
    assert holding(REGISTRY) == []


def test_no_file_names_a_folder_of_somebodys_machine():
    assert holding(MACHINE) == []


def locked():
    return [(ROOT / "requirements" / name).read_text(encoding="utf-8") for name in ("run.txt", "dev.txt")]


def unhashed(text):
    """Requirements of a lock file that have no hash."""
    entries = re.split(
        r"\n(?=\S)", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    )
    return [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry]


def test_every_requirement_is_locked_by_its_hash():
    assert [unhashed(text) for text in locked()] == [[], []]
    assert all("==" in text for text in locked())


def test_requirements_name_no_address():
    assert [INDEX.findall(text) for text in locked()] == [[], []]


def test_what_is_looked_for_is_found():
    assert REGISTRY.search("https://files." + HOSTS[1] + "/packages")
    assert MACHINE.search("see " + "/ro" + "ot/project")
    assert INDEX.search("--index-url https://example.org")
    assert unhashed("django==5.2 \\\n    --hash=sha256:00\nother==1.0") == ["other==1.0"]


@pytest.mark.filterwarnings("ignore")
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
