"""The secret that signs cookies: given, or made once beside the keys."""

import os
import secrets
from pathlib import Path

from . import env


def secret_key(keys: Path) -> str:
    """The given secret, or one kept in the keys folder, made on the first start."""
    if given := env.value("R2COM_SECRET"):
        return given
    path = keys / "cookie.secret"
    if not path.exists():
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _write_once(path: Path, text: str) -> None:
    """Write a private file unless another process was faster."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
