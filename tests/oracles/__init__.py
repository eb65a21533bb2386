"""Packages written by others, each in an environment of its own, asked for the same coefficients as ours.

`python -m tests.oracles` makes the environments, asks, and writes `tests/fixtures/agreement/oracles.json`,
which the tests compare with ours. The tests themselves install nothing.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path.home() / ".cache" / "r2com" / "oracles"
VERSIONS = {
    "krippendorff": "0.9.0",
    "irrCAC": "0.4.4",
    "pingouin": "0.7.0",
    "statsmodels": "0.15.0",
    "scikit-learn": "1.9.1",
}


def python_of(package: str) -> Path:
    """The interpreter of a package's own environment, made when it is not there."""
    home = FOLDER / f"{package}-{VERSIONS[package]}"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        install = [str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, f"{package}=={VERSIONS[package]}"], check=True)
        (home / "ready").touch()
    return home / "bin/python"
