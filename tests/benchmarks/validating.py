"""Validating and laying out a full response, beside a Django form that keeps the same rules."""

import json
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import django
from django import forms
from django.conf import settings

import r2com
from r2com.core.instruments import Evidence, Instrument, ItemResponse, Response, problems, profile, read

LIMIT = 50
FILE = Path(r2com.__file__).parent / "content/instruments/open-tv-rat/0.1/instrument.json"


def full_response(instrument: Instrument) -> Response:
    """Every item of the instrument answered, with evidence where it is owed: nothing stands in the way."""
    return {
        item.id: ItemResponse(
            judgements={
                judgement: _pick(list(instrument.scales[judgement].words), number)
                for judgement in instrument.judgements
            },
            evidence=(
                Evidence("for", "observed", "home visit", date(2026, 3, 2)),
                Evidence("for", "document", "letter from the landlord", date(2026, 3, 3)),
            ),
            words={"person_view": "We talked about it on the phone."},
            countersigned=True,
        )
        for number, item in enumerate(instrument.items)
    }


def measure() -> dict:
    """Median milliseconds for one response, ours and the form's, measured in turns in the same run."""
    _set_up_django()
    instrument = read(json.loads(FILE.read_text("utf-8")))
    response = full_response(instrument)
    form_class = guide_form(instrument)
    data = {
        f"{item}-{judgement}": value
        for item, said in response.items()
        for judgement, value in said.judgements.items()
    }
    ours, peer = _in_turns(
        lambda: _ours(instrument, response), lambda: _peer(form_class, instrument, data, response), rounds=15
    )
    return {
        "what": "validating and laying out a full response of 38 items, against a Django form",
        "ours_ms": round(ours, 4),
        "peer_ms": round(peer, 3),
        "ratio": round(peer / ours, 1),
        "limit": LIMIT,
    }


def guide_form(instrument: Instrument) -> type[forms.Form]:
    """A form class with a choice field for each judgement of each item, and the guide's rules in `clean`."""

    def clean(form):
        answers = forms.Form.clean(form) or form.cleaned_data
        for item in instrument.items:
            said = form.response[item.id]
            vulnerability = answers.get(f"{item.id}-vulnerability")
            pieces = [piece for piece in said.evidence if piece.stance == "for"]
            if vulnerability in ("some", "marked") and not pieces:
                form.add_error(f"{item.id}-vulnerability", "evidence")
            enough = len({piece.source for piece in pieces}) >= 2 and said.countersigned
            if item.id == "G3" and vulnerability == "marked" and not enough:
                form.add_error("G3-vulnerability", "two pieces and a second signature")
            view = answers.get(f"{item.id}-person_view")
            if not view or (view != "agrees" and not said.words.get("person_view")):
                form.add_error(f"{item.id}-person_view", "words")
        return answers

    fields = {
        f"{item.id}-{judgement}": forms.ChoiceField(
            choices=[(word.id, word.label) for word in instrument.scales[judgement].words.values()],
            required=False,
        )
        for item in instrument.items
        for judgement in instrument.judgements
    }
    return type("GuideForm", (forms.Form,), {**fields, "clean": clean})


def _ours(instrument: Instrument, response: Response) -> None:
    found = problems(instrument, response, completing=True)
    laid_out = profile(instrument, response)
    assert not found
    assert laid_out.talked_about == len(instrument.items)


def _peer(form_class: type[forms.Form], instrument: Instrument, data: dict, response: Response) -> None:
    form = form_class(data)
    form.response = response
    assert form.is_valid(), form.errors
    answers = form.cleaned_data
    laid_out = {
        domain.code: [
            (item.id, *(answers[f"{item.id}-{side}"] for side in ("vulnerability", "strength", "direction")))
            for item in items
        ]
        for domain, items in instrument.by_domain
    }
    assert len(laid_out) == len(instrument.domains)


def _pick(words: list[str], number: int) -> str:
    return words[number % len(words)]


def _in_turns(ours: Callable[[], None], peer: Callable[[], None], *, rounds: int) -> tuple[float, float]:
    _timed(ours, 20)
    _timed(peer, 1)
    pairs = [(_timed(ours, 20), _timed(peer, 2)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def _timed(work: Callable[[], None], times: int) -> float:
    started = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - started) * 1000 / times


def _set_up_django() -> None:
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
