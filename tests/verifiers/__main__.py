"""Run the verifiers of others on what we issue today, and write down what they say."""

import json
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from .bundle import bundle

HERE = Path(__file__).parent
SAID = HERE.parent / "fixtures/credentials/said_by_others.json"


def fingerprint():
    """Which certificates were asked about. Lists are packed differently from machine to machine."""
    asked = [(case["name"], case["credential"]) for case in bundle()["cases"]]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def main():
    with tempfile.TemporaryDirectory() as elsewhere:
        for name in ("package.json", "verify.mjs"):
            shutil.copy(HERE / name, elsewhere)
        install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=elsewhere, check=True, timeout=300)
        Path(elsewhere, "bundle.json").write_text(json.dumps(bundle()), "utf-8")
        asked = ["node", "verify.mjs", "bundle.json"]
        answer = subprocess.run(asked, cwd=elsewhere, check=True, timeout=300, capture_output=True, text=True)
    versions = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    said = {"asked": fingerprint(), "verifier": versions, "said": json.loads(answer.stdout)}
    SAID.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
