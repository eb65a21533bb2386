"""Reading our own source: modules as trees, templates as text, models as Django knows them."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "r2com"


@cache
def module(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*patterns: str) -> dict[str, ast.Module]:
    """Our modules by their place below the package, without migrations."""
    found = {path for pattern in patterns or ["**/*.py"] for path in PACKAGE.glob(pattern)}
    kept = sorted(path for path in found if "migrations" not in path.parts)
    return {str(path.relative_to(PACKAGE)): module(path) for path in kept}


def actions() -> dict[str, ast.Module]:
    return modules("*/actions.py", "*/actions/*.py")


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions at the top of a module."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def is_public(function: ast.FunctionDef) -> bool:
    return not function.name.startswith("_")


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def named(node: ast.AST) -> str:
    """What a call or an attribute is called by: `record` in `trail.record(…)`."""
    node = node.func if isinstance(node, ast.Call) else node
    return getattr(node, "attr", getattr(node, "id", ""))


def app_of(place: str) -> str:
    return place.split("/")[0]


def models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("r2com.")]


def short(model: type) -> str:
    """A model as it is listed here: `people.Person`."""
    return model._meta.label


def texts(*patterns: str) -> dict[str, str]:
    """Files below the package, as text, by their place."""
    paths = sorted(path for pattern in patterns for path in PACKAGE.glob(pattern) if path.is_file())
    return {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in paths}


def templates() -> dict[str, str]:
    return texts("*/templates/**/*.html", "*/templates/**/*.txt")


def tracked() -> list[Path]:
    """Every file that belongs to the project, new ones included."""
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


@cache
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def layers() -> list[list[str]]:
    """The apps from the top down; those in one list ignore each other."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return [layer.replace(" ", "").split("|") for layer in order]
