"""A hardware module made of software, for the tests: SoftHSM2 with a token of our own."""

import os
import shutil
import subprocess
from pathlib import Path

INSTALL = "apt-get update && apt-get install -y --no-install-recommends softhsm2"
PLACES = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
]
PIN = "4711"


def find() -> str | None:
    """The path of the module, if it is installed."""
    return next((path for path in PLACES if Path(path).exists()), None)


def find_or_install() -> None:
    """Root installs it where it is missing; without it its tests say that they did not run."""
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL, shell=True, check=False)  # noqa: S602


def token(folder: Path) -> str:
    """Make a token below `folder` and give its address. The module reads its place from the environment."""
    (folder / "tokens").mkdir()
    (folder / "pin").write_text(PIN, encoding="utf-8")
    configuration = folder / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n", encoding="utf-8"
    )
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    words = ["softhsm2-util", "--init-token", "--free", "--label", "r2com", "--so-pin", PIN, "--pin", PIN]
    subprocess.run(words, check=True, capture_output=True)
    return f"pkcs11:token=r2com;object=root?module-path={find()}&pin-source={folder / 'pin'}"
