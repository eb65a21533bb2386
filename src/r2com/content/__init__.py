"""Definitions as data: what the agency begins with, the instruments, and the demonstration."""

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def folder(*parts: str) -> Traversable:
    """A folder or file of the content that travels with the package."""
    return files(__name__).joinpath(*parts)


def read_json(*parts: str) -> Any:
    return json.loads(folder(*parts).read_text(encoding="utf-8"))


def read_text(*parts: str) -> str:
    return folder(*parts).read_text(encoding="utf-8")
