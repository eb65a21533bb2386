"""Every event that the source writes to the trail, and who writes it."""

import ast
import re

from .source import calls, modules, named

ALWAYS = {"subject", "by", "at", "case"}
EVENT = re.compile(r"[a-z_]+\.[a-z_]+")


def recorded() -> list[tuple[str, str, list[str]]]:
    """Every event, with the first sentence of whoever records it and the names of its facts."""
    constants = {name: text for tree in modules().values() for name, text in _constants(tree)}
    found: dict[str, tuple[str, set[str]]] = {}
    for tree in modules().values():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        passing = {function.name for function in functions if _passes_a_name(function, constants)}
        for function in functions:
            for name, facts in _records(function, passing, constants):
                told, known = found.get(name, ("", set()))
                found[name] = (told or _sentence(function, functions), known | facts)
    return [(name, told, sorted(facts)) for name, (told, facts) in sorted(found.items())]


def is_record(call: ast.Call) -> bool:
    return ast.unparse(call.func) in ("trail.record", "record") and bool(call.args)


def _constants(tree: ast.Module):
    """Texts with a name of their own at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield from ((named(target), node.value.value) for target in node.targets)


def _passes_a_name(function: ast.FunctionDef, constants: dict) -> bool:
    """Whether a function records an event whose name it was given or chose."""
    return any(is_record(call) and not _fixed(call.args[0], constants) for call in calls(function))


def _fixed(event: ast.expr, constants: dict) -> str:
    """The name of an event where it stands in the call or in a constant; else nothing."""
    return event.value if isinstance(event, ast.Constant) else constants.get(named(event), "")


def _records(function: ast.FunctionDef, passing: set[str], constants: dict):
    """The events of a function, as (name, names of the facts)."""
    for call in calls(function):
        if is_record(call) and (name := _fixed(call.args[0], constants)):
            yield (
                name,
                {keyword.arg for keyword in call.keywords if keyword.arg} - {"subject", "by", "at", "case"},
            )
        elif named(call) in passing:
            yield from ((name, set()) for name in _texts(call))
    if function.name in passing:
        yield from ((name, set()) for name in _texts(function))


def _texts(tree: ast.AST) -> list[str]:
    """Texts that look like an event."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and EVENT.fullmatch(text)]


def _sentence(function: ast.FunctionDef, others: list[ast.FunctionDef]) -> str:
    """The first sentence of a function, or else of those that call it, or else its name."""
    callers = [other for other in others if function.name in map(named, calls(other))]
    own, theirs = ast.get_docstring(function), [ast.get_docstring(one) for one in callers]
    name = function.name.strip("_").replace("_", " ").capitalize()
    return " Or: ".join(map(_first, [own] if own else [text for text in theirs if text] or [name]))


def _first(text: str) -> str:
    return " ".join(text.split()).split(". ")[0].rstrip(".") + "."
