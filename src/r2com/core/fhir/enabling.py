"""Conditions as `enableWhen`: one list of tests, of which all or any must hold. Nesting needs groups.

A condition is brought into clauses: all clauses hold, and of each clause any test. A clause that FHIR cannot
say raises NotCarried. FHIR's `!=` does not hold where nothing was answered, ours does: it becomes two tests.
"""

from collections.abc import Mapping
from typing import Any

from r2com.core.instruments.questions.definition import CHOOSING, TODAY
from r2com.core.xlsform.carried import NotCarried

SIGNS = {"more": ">", "less": "<", "at_least": ">=", "at_most": "<="}
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
MOST_CLAUSES = 12
Test = dict[str, Any]
Clauses = list[list[Test]]


def clauses(condition: Mapping[str, Any], kinds: Mapping[str, str], systems: Mapping[str, str]) -> Clauses:
    """The clauses of a sound condition. `systems` names the code system of each question's choices."""
    return _clauses(condition, True, kinds, systems)


def enabled(item: dict[str, Any], found: Clauses) -> dict[str, Any]:
    """The item with its tests; where one list is not enough, groups around it carry the others."""
    if all(len(clause) == 1 for clause in found):
        tests = [clause[0] for clause in found]
        return {**item, "enableWhen": tests, **({"enableBehavior": "all"} if len(tests) > 1 else {})}
    *outer, inner = found
    made = {**item, "enableWhen": inner, **({"enableBehavior": "any"} if len(inner) > 1 else {})}
    for number, clause in enumerate(reversed(outer), 1):
        behaviour = {"enableBehavior": "any"} if len(clause) > 1 else {}
        link = f"{item['linkId']}/if-{number}"
        made = {"linkId": link, "type": "group", "enableWhen": clause, **behaviour, "item": [made]}
    return made


def _clauses(
    raw: Mapping[str, Any], holds: bool, kinds: Mapping[str, str], systems: Mapping[str, str]
) -> Clauses:
    ((kind, body),) = raw.items()
    if kind == "not":
        return _clauses(body, not holds, kinds, systems)
    if kind not in ("any", "all"):
        return [_tests(kind, body, holds, kinds, systems)]
    parts = [_clauses(part, holds, kinds, systems) for part in body]
    if (kind == "all") is holds:
        return _few([clause for part in parts for clause in part])
    found: Clauses = [[]]
    for part in parts:
        found = _few([[*one, *other] for one in found for other in part])
    return found


def _few(found: Clauses) -> Clauses:
    if len(found) > MOST_CLAUSES:
        raise NotCarried("its condition would need too many groups in one another")
    return found


def _tests(
    kind: str, body: Any, holds: bool, kinds: Mapping[str, str], systems: Mapping[str, str]
) -> list[Test]:
    question = body if isinstance(body, str) else body[0]
    if not isinstance(question, str):
        raise NotCarried("FHIR cannot ask how many were chosen, or how long a text is")
    if kinds[question] == "calculated":
        raise NotCarried(f"it speaks of {question}, which is not carried")
    if kind == "answered" and kinds[question] != "acknowledge":
        return [{"question": question, "operator": "exists", "answerBoolean": holds}]
    sign = SIGNS.get(kind, "=")
    answer = (
        {"answerBoolean": True} if kind == "answered" else value("answer", kinds, systems, question, body[1])
    )
    if kinds[question] == "many" and (kind == "equals" or not holds):
        raise NotCarried("FHIR cannot ask what was not chosen, or that nothing else was")
    if holds:
        return [{"question": question, "operator": sign, **answer}]
    nothing = {"question": question, "operator": "exists", "answerBoolean": False}
    return [nothing, {"question": question, "operator": OPPOSITE.get(sign, "!="), **answer}]


def value(
    prefix: str, kinds: Mapping[str, str], systems: Mapping[str, str], question: str, said: Any
) -> dict[str, Any]:
    """A value in the type that its question is answered in. Raises NotCarried."""
    kind = kinds[question]
    if isinstance(said, Mapping) or (kind == "date" and said == TODAY):
        raise NotCarried("FHIR compares with a fixed value only")
    if kind in CHOOSING:
        return {f"{prefix}Coding": {"system": systems[question], "code": said}}
    if kind == "integer" and said != int(said):
        raise NotCarried("a whole number is compared with a fraction")
    if kind == "date_time":
        raise NotCarried("FHIR wants a time zone, and the form names none")
    if kind == "time" and len(said) == 5:
        said = f"{said}:00"
    return {f"{prefix}{TYPES[kind]}": int(said) if kind == "integer" else said}


TYPES = {
    "text": "String",
    "long_text": "String",
    "integer": "Integer",
    "decimal": "Decimal",
    "date": "Date",
    "time": "Time",
    "acknowledge": "Boolean",
}
