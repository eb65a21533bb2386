"""What somebody can do: each action knows who did it and when, and the trail does, too."""

import ast

from .source import actions, app_of, calls, functions, is_public, modules, named

# Public functions in actions that change nothing, or nothing that anybody else reads.
NOT_ACTIONS = {
    "assessments.missing": "asks what is missing before handing in",
    "assessments.still_owed": "asks what is owed before handing in",
    "cases.age": "works out full years",
    "drafts.save": "keeps what somebody is typing; the action that follows is recorded",
    "drafts.forget": "drops what was kept while typing",
}

# Who else writes to the trail, and why it is no action. This list may only shrink.
ELSEWHERE = {
    "accounts/events.py": "signing in is the library's doing; its signals are written down here",
    "accounts/views.py": "signing in again in place, past the library",
    "assessments/views/printing.py": "printing changes nothing, but a paper leaves the house",
    "cases/retention.py": "the worker lets go of declined people on the promised day",
    "cases/views/door.py": "searching changes nothing, but it is known who looked for whom",
    "config/demo/begin.py": "marks invented people as invented",
}


def all_actions():
    """Every public function of the actions as (app.name, function), guards left out."""
    for place, tree in actions().items():
        for function in functions(tree):
            if is_public(function) and not function.name.startswith("must_"):
                yield f"{app_of(place)}.{function.name}", function


def acting():
    return [(name, function) for name, function in all_actions() if name not in NOT_ACTIONS]


def keywords(function):
    return {argument.arg for argument in function.args.kwonlyargs}


def called(function):
    """What a function calls: plain names, and `app.name` for another app's action."""
    for call in calls(function):
        if isinstance(call.func, ast.Name):
            yield call.func.id
        elif isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            yield f"{call.func.value.id}.{call.func.attr}"


def recording():
    """Functions that write to the trail themselves or through another one, as app.name."""
    all_of_them = {
        f"{app_of(place)}.{function.name}": set(called(function))
        for place, tree in actions().items()
        for function in functions(tree)
    }
    record = {name for name, does in all_of_them.items() if "trail.record" in does}
    while True:
        more = {
            name
            for name, does in all_of_them.items()
            if record & (does | {f"{app_of(name.replace('.', '/'))}.{one}" for one in does})
        }
        if more <= record:
            return record
        record |= more


def test_every_action_says_who_and_when():
    silent = [name for name, function in acting() if not {"by", "at"} <= keywords(function)]

    assert silent == []


def test_every_action_takes_its_object_first_and_the_rest_by_keyword():
    crowded = [name for name, function in acting() if len(function.args.args) > 2]

    assert crowded == []


def test_every_action_is_on_the_trail():
    assert sorted({name for name, _ in acting()} - recording()) == []


def test_every_action_is_all_or_nothing():
    torn = [name for name, function in acting() if "atomic" not in map(named, function.decorator_list)]

    assert torn == []


def test_the_exceptions_still_exist():
    assert sorted(set(NOT_ACTIONS) - {name for name, _ in all_actions()}) == []


def test_the_trail_is_written_by_actions_unless_listed():
    writers = {place for place, tree in modules().items() if any(map(is_record, calls(tree)))}

    assert writers - set(actions()) == set(ELSEWHERE)


def is_record(call):
    return ast.unparse(call.func) == "trail.record"
