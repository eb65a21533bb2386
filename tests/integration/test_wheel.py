"""What is installed with pip is whole: templates, static files and content travel in the wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(databases=[])


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, built from this folder and unpacked somewhere else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder


def r2com(installed, *words):
    """The command as an installation would run it, with folders of its own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("R2COM_", "DATABASE_", "KEYRING_", "DJANGO_"))
    }
    environment |= {
        "PYTHONPATH": str(installed / "site"),
        "R2COM_DATA": str(installed / "data"),
        "R2COM_KEYS": str(installed / "keys"),
    }
    command = [sys.executable, "-c", "from r2com.config.cli import main; raise SystemExit(main())", *words]
    return subprocess.run(
        command, cwd=installed, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_what_pages_and_papers_are_made_of(installed):
    site = installed / "site" / "r2com"

    for pattern in (
        "**/*.html",
        "**/*.typ",
        "ui/static/**/*.css",
        "ui/static/**/*.js",
        "content/**/*.json",
        "**/*.mo",
    ):
        here = {path.relative_to(ROOT / "src" / "r2com") for path in (ROOT / "src" / "r2com").glob(pattern)}
        assert here
        assert here <= {path.relative_to(site) for path in site.glob(pattern)}


def test_the_installed_command_makes_a_demonstration(installed):
    assert "Milo Fernweh" in r2com(installed, "demo", "--list-names").stdout

    done = r2com(installed, "demo", "--prepare")

    assert done.returncode == 0, done.stderr
    assert "ines@lantern.example" in done.stdout


def test_it_refuses_what_it_does_not_know(installed):
    assert r2com(installed, "frobnicate").returncode != 0
