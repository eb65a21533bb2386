"""Finds words and sums that could score, rank or predict a human being."""

import ast
import re


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that belong to scoring. Whole words only: `several` is fine.
WORDS = listed(
    """score scores scored scoring total totals subtotal level levels risk risks risky rank ranks ranked
    ranking predict predicts predicted prediction predictions predictive probability likelihood traffic
    percent percentage percentile average weight weights weighted weighting points grade grades graded
    grading severity danger dangerous dangerousness threat threshold cutoff quotient recidivism
    pontuação pontos risco riscos nível níveis perigosidade previsão probabilidade classificação média"""
)
SUMS = listed("sum fsum mean fmean median Sum Avg Max Min StdDev Variance aggregate Window Rank DenseRank")
SORTS = listed("sorted sort order_by min max")
JUDGED = listed(
    """judgement judgements rating ratings support hours hours_a_week direction directions need needs hold
    strength strengths"""
)


def words(text: str) -> list[str]:
    """The words of a name or a sentence: `riskLevel`, `risk_level` and "Risk level" are the same two."""
    return [word.lower() for word in re.findall(r"[A-Z]{2,}(?![a-z])|[^\W\d_](?:(?![A-Z])[^\W\d_])*", text)]


def scoring(text: str) -> set[str]:
    return WORDS & set(words(text))


def names(tree: ast.AST) -> set[str]:
    """What a module names: functions, classes, arguments, variables, and the keys of what it hands out."""
    return {name for node in ast.walk(tree) for name in _names(node) if name}


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.arg() | ast.keyword():
            return [node.arg]
        case ast.Name(ctx=ast.Store()):
            return [node.id]
        case ast.Attribute(ctx=ast.Store()):
            return [node.attr]
        case ast.Dict():
            return [
                key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            ]
        case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Store()):
            return [key]
    return []


def sums(tree: ast.AST) -> list[str]:
    """Where a module adds up, averages or aggregates."""
    return [ast.unparse(call) for call in _calls(tree) if _called(call) in SUMS]


def sorts_by_judgement(tree: ast.AST) -> list[str]:
    """Where a module puts something in order by what was judged about somebody."""
    found = [call for call in _calls(tree) if _called(call) in SORTS and _speaks_of_judgement(call)]
    orders = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and _is_ordering(node)]
    return [
        ast.unparse(node) for node in [*found, *(order for order in orders if _speaks_of_judgement(order))]
    ]


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _is_ordering(node: ast.Assign) -> bool:
    return any(getattr(target, "id", "") == "ordering" for target in node.targets)


def _speaks_of_judgement(node: ast.AST) -> bool:
    """Whether what it sorts by names a judgement; what is sorted does not matter."""
    by = (
        [*node.args[_first(node) :], *(k.value for k in node.keywords)]
        if isinstance(node, ast.Call)
        else [node]
    )
    said = {part for one in by for part in re.findall(r"[a-z_]+", ast.unparse(one).lower())}
    return bool(JUDGED & {piece for word in said for piece in (word, *word.split("__"))})


def _first(call: ast.Call) -> int:
    return 1 if _called(call) in ("sorted", "min", "max") else 0
