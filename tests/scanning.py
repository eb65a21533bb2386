"""Looking for a word in whatever lies on the disk, however it was written there."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

STEP = 1 << 20


def written(word: str) -> set[bytes]:
    """The ways in which a word may lie in a file: as text in two encodings, hex, or base64 at any place."""
    ways = set()
    for said in {word, word.lower(), word.upper()}:
        for raw in (said.encode(), said.encode("utf-16-le")):
            ways |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
            # Whatever stands before: of the groups that the word fills itself, the same letters come out.
            ways |= {b64encode(b"\0" * before + raw)[4:-4] for before in range(3)}
    return ways


def places(folder: Path, word: str) -> list[str]:
    """Every file below a folder in which the word lies."""
    ways = written(word)
    return [str(path) for path in sorted(folder.rglob("*")) if path.is_file() and holds(path, ways)]


def holds(path: Path, ways: set[bytes]) -> bool:
    longest, before = max(map(len, ways)), b""
    for part in _parts(path):
        if any(way in before + part for way in ways):
            return True
        before = part[-longest:]
    return False


def _parts(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while part := file.read(STEP):
                yield part
    except FileNotFoundError:
        return  # a database server tidied it away meanwhile
