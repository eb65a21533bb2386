"""Invented installations as earlier versions left them, kept as text, to be upgraded again and again.

`python -m tests.upgrades NAME FOLDER` keeps the demonstration in FOLDER (data, keys) under NAME.
"""

import json
import lzma
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

KEPT = Path(__file__).parent / "fixtures" / "upgrades"
DATABASES = {"data.sql.xz": "data/r2com.db", "keyring.sql.xz": "keys/keyring.db"}
EARLIER = sorted(path.name for path in KEPT.iterdir() if path.is_dir())


def keep(name: str, home: Path) -> None:
    """Keep an invented installation as text. Its keys are kept, too: nobody in it is real."""
    (KEPT / name).mkdir(parents=True, exist_ok=True)
    for kept, lies in DATABASES.items():
        with closing(sqlite3.connect(home / lies)) as connection:
            text = "\n".join(connection.iterdump())
        (KEPT / name / kept).write_bytes(lzma.compress(text.encode(), preset=9))
    keys = {"root.key": (home / "keys" / "root.key").read_bytes().hex()}
    (KEPT / name / "keys.json").write_text(json.dumps(keys, indent=1) + "\n", encoding="utf-8")


def lay_out(name: str, home: Path) -> None:
    """Put an earlier installation into `home` (data, keys), as it was left."""
    for folder in (home / "data", home / "keys"):
        folder.mkdir(mode=0o700, parents=True)
        (folder / "installation.json").write_text('{"kind": "demo"}\n', encoding="utf-8")
    for kept, lies in DATABASES.items():
        with closing(sqlite3.connect(home / lies)) as connection:
            connection.executescript(lzma.decompress((KEPT / name / kept).read_bytes()).decode())
    for file, said in json.loads((KEPT / name / "keys.json").read_text(encoding="utf-8")).items():
        (home / "keys" / file).write_bytes(bytes.fromhex(said))
        (home / "keys" / file).chmod(0o400)


if __name__ == "__main__":
    keep(sys.argv[1], Path(sys.argv[2]))
