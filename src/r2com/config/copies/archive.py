"""The file a copy lies in: a tar that begins with what it holds, and the checksums of all of it.

manifest.json     what the copy holds, of which version, every table with its rows and checksum
manifest.sha256   the checksum of manifest.json
…                 the files named in the manifest, in that order
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from r2com.core.refusals import Refused

FORMAT = 1
DATA, KEYS = "data", "keys"
MANIFEST, ITS_SUM = "manifest.json", "manifest.sha256"
LARGEST_MANIFEST = 4_000_000
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a copy holds. `tables` maps a name to its `rows` and `sha256`; `files` to `bytes` and `sha256`."""

    holds: str
    kind: str
    database: str
    version: str
    made_at: str
    migrations: list[list[str]]
    tables: dict[str, dict]
    files: dict[str, dict]
    format: int = FORMAT


def described(path: Path) -> dict:
    """A file's length and SHA-256, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return {"bytes": path.stat().st_size, "sha256": found.hexdigest()}


def write(target: Path, manifest: Manifest, files: dict[str, Path]) -> None:
    """Write a copy beside its place, to the disk, and only then give it its name. None is overwritten."""
    must_be_free(target)
    coming = target.with_name(f"{target.name}.coming")
    coming.unlink(missing_ok=True)
    handle = os.open(coming, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            _pack(out, manifest, files)
            out.flush()
            os.fsync(out.fileno())
        coming.rename(target)
    finally:
        coming.unlink(missing_ok=True)
    settle(target.parent)


def must_be_free(target: Path) -> None:
    if target.exists():
        raise Refused(f"{target} is there already. A copy is never overwritten.")


def _pack(out, manifest: Manifest, files: dict[str, Path]) -> None:
    said = json.dumps(asdict(manifest), indent=1).encode()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, words in ((MANIFEST, said), (ITS_SUM, hashlib.sha256(said).hexdigest().encode())):
            _add(tar, name, len(words), 0o600, io.BytesIO(words))
        for name, path in files.items():
            with path.open("rb") as file:
                _add(tar, name, path.stat().st_size, path.stat().st_mode & 0o700, file)


def _add(tar: tarfile.TarFile, name: str, size: int, mode: int, file) -> None:
    """Nothing of this machine goes along: no owner, no dates."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, mode
    tar.addfile(info, file)


def settle(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """A copy and what it says it holds. Raises Refused for what is no copy, or not a whole one."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            yield _manifest(tar, path), tar
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise Refused(f"{path} is not a whole copy of an installation.") from fault


def manifest(path: Path) -> Manifest:
    with opened(path) as (said, _):
        return said


def holds(path: Path) -> str | None:
    """Whether a file is a copy, and of what."""
    try:
        return manifest(path).holds
    except (Refused, OSError):
        return None


def _manifest(tar: tarfile.TarFile, path: Path) -> Manifest:
    first, second = tar.next(), tar.next()
    if first is None or second is None or (first.name, second.name) != (MANIFEST, ITS_SUM):
        raise ValueError(path)
    if first.size > LARGEST_MANIFEST or second.size != 64:
        raise ValueError(path)
    said = tar.extractfile(first).read()
    if hashlib.sha256(said).hexdigest().encode() != tar.extractfile(second).read():
        raise ValueError(path)
    found = json.loads(said)
    if found.get("format") != FORMAT:
        raise Refused(f"{path} was made by a newer version of this program. Install that version first.")
    return Manifest(**found)


def unpack(tar: tarfile.TarFile, said: Manifest, folder: Path) -> None:
    """Put the files of a copy into a folder, each compared with the manifest. Raises Refused."""
    for name, wanted in said.files.items():
        info = tar.next()
        if info is None or info.name != name or not info.isreg() or Path(name).name != name:
            raise Refused(f"The copy is broken: {name} is missing.")
        _unpack_one(tar, info, folder / name)
        if described(folder / name) != wanted:
            raise Refused(f"The copy is broken: {name} is not what was copied.")


def _unpack_one(tar: tarfile.TarFile, info: tarfile.TarInfo, target: Path) -> None:
    source = tar.extractfile(info)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        while piece := source.read(PIECE):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    target.chmod(info.mode & 0o600)
