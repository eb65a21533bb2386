"""Run the verifiers of others on what we issue today, and write down what they say."""

import json
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from .bundle import bundle

HERE = Path(__file__).parent
SAID = HERE.parent / "fixtures/credentials/said_by_others.json"
VERIFIERS = {
    "digital_bazaar": "JavaScript; reads status lists and their signature",
    "didkit": "Rust, run as WebAssembly; reads no status lists",
    "openbadgeslib": "Python; reads status lists, but not their signature",
}


def fingerprint():
    """Which certificates were asked about. Lists are packed differently from machine to machine."""
    asked = [(case["name"], case["credential"]) for case in bundle()["cases"]]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def main():
    question = json.dumps(bundle())
    told = {name: {"about": about, **heard(name, question)} for name, about in VERIFIERS.items()}
    said = {"asked": fingerprint(), "verifiers": told}
    SAID.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def heard(name, question):
    """One verifier, installed in a folder that is thrown away, and what it says."""
    with tempfile.TemporaryDirectory() as elsewhere:
        shutil.copytree(HERE / name, elsewhere, dirs_exist_ok=True)
        Path(elsewhere, "bundle.json").write_text(question, "utf-8")
        ask = with_node(elsewhere) if Path(elsewhere, "package.json").exists() else with_python(elsewhere)
        ask = [*ask, "bundle.json"]
        answer = subprocess.run(ask, cwd=elsewhere, check=True, timeout=600, capture_output=True)
        return {"packages": packages(Path(elsewhere)), "said": json.loads(answer.stdout)}


def with_node(folder):
    install = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, check=True, timeout=600)
    return ["node", "verify.mjs"]


def with_python(folder):
    subprocess.run([sys.executable, "-m", "venv", "own"], cwd=folder, check=True, timeout=300)
    own = str(Path(folder, "own/bin/python"))
    install = [own, "-m", "pip", "install", "-qq", "-r", "requirements.txt"]
    subprocess.run(install, cwd=folder, check=True, timeout=600)
    return [own, "verify.py"]


def packages(folder):
    """What was installed by name, with its version."""
    listed = folder / "package.json"
    if listed.exists():
        return json.loads(listed.read_text("utf-8"))["dependencies"]
    lines = (folder / "requirements.txt").read_text("utf-8").split()
    return dict(line.split("==") for line in lines)


if __name__ == "__main__":
    main()
