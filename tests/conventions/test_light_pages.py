"""Pages stay light: a phone in a visiting room is on a slow network."""

import gzip
from pathlib import Path

import r2com

STATIC = Path(r2com.__file__).parent / "ui" / "static" / "ui"
KILOBYTE = 1024


def compressed(*patterns: str) -> int:
    """Bytes over the wire, each file compressed by itself."""
    files = [path for pattern in patterns for path in STATIC.glob(pattern)]
    assert files
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def test_the_style_sheet_is_at_most_sixteen_kilobytes():
    assert compressed("*.css") <= 16 * KILOBYTE


def test_our_scripts_are_at_most_thirteen_kilobytes():
    """Twelve as one; nine small files cost a little more."""
    assert compressed("js/*.js") <= 13 * KILOBYTE


def test_nothing_else_is_loaded():
    assert {path.suffix for path in STATIC.rglob("*") if path.is_file()} == {".css", ".js", ".svg"}
