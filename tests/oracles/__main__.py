"""Ask every package again, and keep what they answered together with their versions."""

import json
import subprocess
from pathlib import Path

from . import VERSIONS, python_of
from .tables import every_table

KEPT = Path(__file__).parent.parent / "fixtures/agreement/oracles.json"


def main() -> None:
    tables = {
        name: [[None if one != one else one for one in row] for row in table.tolist()]
        for name, table in every_table().items()
    }
    answers = {package: _asked(package, tables) for package in VERSIONS}
    kept = {"command": "python -m tests.oracles", "versions": VERSIONS, "answers": answers}
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _asked(package: str, tables: dict) -> dict:
    command = [str(python_of(package)), str(Path(__file__).parent / "peers.py"), package]
    done = subprocess.run(command, input=json.dumps(tables), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
