"""Writers who save without pause, and remember what was acknowledged to them."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException


@dataclass
class Writer(threading.Thread):
    """Saves one form again and again. Whoever answers with less than was acknowledged has lost it."""

    url: str
    desk: dict
    stop: threading.Event
    version: int = 0
    acknowledged: int = 0
    answers: Counter = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(daemon=True)
        self.number = 0

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stop.is_set():
            self.number += 1
            self.save(f"{self.number} words that somebody typed")

    def sit_down(self) -> None:
        """Take up the form as it stands: somebody may have typed into it before."""
        status, answer = self._send("The first words")
        if status in (200, 409):
            self.version = answer["version"]

    def save(self, words: str) -> None:
        status, answer = self._send(words)
        self.answers[status] += 1
        if status == 200:
            self.version, self.unanswered = answer["version"], []
            self.acknowledged += 1
        elif status == 409:
            self._met(answer)
        else:
            self.unanswered.append(words)
            time.sleep(0.05)

    def _met(self, answer: dict) -> None:
        """Another version stands. It may only be one of ours that was kept while its answer was lost."""
        words = answer["fields"].get("words", [""])[0]
        if answer["version"] <= self.version or words not in self.unanswered:
            self.lost.append(f"version {self.version} was acknowledged, {answer['version']} stands")
        self.version, self.unanswered = answer["version"], []

    def _send(self, words: str) -> tuple[int, dict]:
        body = json.dumps({"version": self.version, "fields": {"words": [words]}}).encode()
        headers = {**self.desk["headers"], "Content-Type": "application/json", "X-Requested-With": "fetch"}
        request = urllib.request.Request(self.url + self.desk["address"], data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as answer:
            if answer.code == 503 and not answer.headers["Retry-After"]:
                return 500, {}  # to be away without saying for how long is a fault
            return answer.code, json.loads(answer.read()) if answer.code == 409 else {}
        except (OSError, ValueError, HTTPException):
            return 0, {}


def begin(url: str, desks: list[dict]) -> tuple[list[Writer], threading.Event]:
    stop = threading.Event()
    writers = [Writer(url, desk, stop) for desk in desks]
    for writer in writers:
        writer.sit_down()
        writer.start()
    return writers, stop


def end(writers: list[Writer], stop: threading.Event) -> dict:
    """Let them finish, have each save once more, and say what was acknowledged and what was lost."""
    stop.set()
    for writer in writers:
        writer.join()
        writer.save("The last words")
        writer.save("The very last words")
    answers = sum((writer.answers for writer in writers), Counter())
    return {
        "writers": len(writers),
        "acknowledged": sum(writer.acknowledged for writer in writers),
        "lost": sum(len(writer.lost) for writer in writers),
        "answers": {str(status): count for status, count in sorted(answers.items())},
    }
