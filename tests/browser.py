"""The browser that the tests in `e2e/` drive."""

import os
import shutil
import subprocess

NAMES = ["chromium", "chromium-browser", "google-chrome"]
INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium"


class NoBrowser(Exception):
    """There is no Chromium here. The message says how to get one."""


def find() -> str | None:
    """The path of Chromium: the one in R2COM_CHROMIUM, else the first one on the PATH."""
    return os.environ.get("R2COM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install() -> str:
    """The path of Chromium; root installs it where it is missing. Raises NoBrowser."""
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL, shell=True, check=False)  # noqa: S602
    if path := find():
        return path
    raise NoBrowser(f"The tests need Chromium. Install it with:\n  {INSTALL}\nor name it in R2COM_CHROMIUM.")
