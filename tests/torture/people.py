"""Two, eight or a hundred at once: R6 (one record, many editors) and R21 (every press twice)."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from .served import Served

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]{64})"')
BASE = re.compile(r'name="base"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="base"')
INPUT = re.compile(r'<input type="(?:text|tel|date)" name="(\w+)"(?: value="([^"]*)")?')
REFERENCE = re.compile(r"/people/([A-Z]+-\d+)/")
PATIENCE = 60


class Same(urllib.request.HTTPRedirectHandler):
    """Stays where it was led from: a redirect is an answer like any other."""

    def redirect_request(self, *asked):
        return None


OPENER = urllib.request.build_opener(Same)


@dataclass
class Window:
    """A browser window of somebody who is signed in."""

    url: str
    headers: dict
    answers: Counter = field(default_factory=Counter)

    def get(self, address: str) -> str:
        return self._send(address, None)[1]

    def post(self, address: str, fields: dict) -> tuple[int, str]:
        return self._send(address, urllib.parse.urlencode(fields, doseq=True).encode())

    def _send(self, address: str, body: bytes | None) -> tuple[int, str]:
        request = urllib.request.Request(
            self.url + address, data=body, headers={"Cookie": self.headers["Cookie"]}
        )
        try:
            with OPENER.open(request, timeout=PATIENCE) as answer:
                status, page = answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            status, page = answer.code, answer.read().decode()
        self.answers[status] += 1
        return status, page


def windows(served: Served, number: int) -> tuple[list[Window], list[str]]:
    """So many windows on an installation, and where its people's records are."""
    desks = served.desks()
    made = [Window(served.url, desks[place % len(desks)]["headers"]) for place in range(number)]
    found = list(dict.fromkeys(REFERENCE.findall(made[0].get("/people/"))))
    return made, [f"/people/{reference}/" for reference in found]


def editors(served: Served, *, editors: int, edits: int) -> dict:
    """R6: several people write in one profile, each on what they see, as fast as they can."""
    with served.at_work():
        opened, records = windows(served, editors)
        record = next(one for one in records if all(BASE.search(w.get(f"{one}profile/")) for w in opened))
        before = _version(served, record)
        kept: list[tuple[int, str]] = []
        _all_at_once(
            [threading.Thread(target=_edit, args=(w, record, n, edits, kept)) for n, w in enumerate(opened)]
        )
        answers = sum((one.answers for one in opened), Counter())
    bases = [base for base, _ in kept]
    silent = len(bases) - len(set(bases)) + abs(_version(served, record) - before - len(kept))
    said = {"editors": editors, "kept": len(kept), "shown both versions": editors * edits - len(kept)}
    return {**said, "overwritten silently": silent, "lost": 0, "answers": _told(answers)}


def _edit(window: Window, record: str, number: int, times: int, kept: list) -> None:
    for edit in range(times):
        page = window.get(f"{record}profile/")
        fields = {name: unescape(value or "") for name, value in INPUT.findall(page)}
        fields |= {"matters": f"Editor {number} wrote {edit}", "language": "en"}
        fields |= {"csrfmiddlewaretoken": TOKEN.search(page)[1], "base": _base(page)}
        status, page = window.post(f"{record}profile/", fields)
        if status == 302:
            kept.append((fields["base"], fields["matters"]))
        elif 'name="seen"' not in page:
            raise AssertionError("Neither kept nor shown beside the other version.")


def _base(page: str) -> int:
    return int(next(filter(None, BASE.search(page).groups())))


def _version(served: Served, record: str) -> int:
    reference = record.split("/")[2]
    of_case = f"(SELECT person_id FROM cases_case WHERE reference = '{reference}')"  # noqa: S608
    return served.ask(f"SELECT version FROM people_person WHERE id = {of_case}")[0][0]  # noqa: S608


def presses(served: Served, *, presses: int, at_once: int = 4) -> dict:
    """R21: every form is sent twice in the same moment."""
    with served.at_work():
        opened, records = windows(served, at_once)
        before, events = tasks(served)
        parts = [(w, records[n % len(records)], presses // at_once, n) for n, w in enumerate(opened)]
        _all_at_once([threading.Thread(target=_press, args=part) for part in parts])
        after, later = tasks(served)
        answers = sum((one.answers for one in opened), Counter())
    wanted = presses // at_once * at_once
    said = {"pressed twice": wanted, "effects": after - before, "on the trail": later - events}
    return {
        **said,
        "lost": abs(wanted - (after - before)) + abs(wanted - (later - events)),
        "answers": _told(answers),
    }


def _press(window: Window, record: str, times: int, number: int) -> None:
    for press in range(times):
        given = (window, record, window.get(f"{record}tasks/add/"), f"Ring {number}, {press}")
        _all_at_once([threading.Thread(target=keep_task, args=given) for _ in range(2)])


def keep_task(window: Window, record: str, page: str, words: str) -> tuple[int, str]:
    """Send the form of a task that was loaded as `page`."""
    owner = re.search(r'<option value="([0-9a-f-]{36})"', page) or re.search(
        r'name="owner" value="([^"]+)"', page
    )
    fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "kind": "promise", "owner": owner[1]}
    return window.post(f"{record}tasks/add/", {**fields, "words": words, "when": "week"})


def tasks(served: Served) -> tuple[int, int]:
    return tuple(
        served.ask(f"SELECT count(*) FROM {what}")[0][0]  # noqa: S608
        for what in ("tasks_task", "audit_event WHERE name = 'task.made'")
    )


def _all_at_once(threads: list[threading.Thread]) -> None:
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _told(answers: Counter) -> dict[str, int]:
    return {str(status): count for status, count in sorted(answers.items())}
