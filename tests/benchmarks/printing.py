"""How long a full assessment takes to print, beside WeasyPrint with the same words."""

import json
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter

import r2com
from r2com.ui.pdf import pdf
from tests.unit.test_pdf import ASSESSMENT, ASSESSMENT_EN, IMAGES

INSTRUMENT = Path(r2com.__file__).parent / "content/instruments/open-tv-rat/0.1/instrument.json"
WHAT = "PDF of a full assessment, 38 items (WeasyPrint, same words)"
LIMIT = 10
ROUNDS = 3


def full() -> dict:
    """An assessment with every item of Open TV-RAT talked over, as the template wants it."""
    guide = json.loads(INSTRUMENT.read_text())
    areas = [
        (area, [item for item in guide["items"] if item["domain"] == area["code"]])
        for area in guide["domains"]
    ]
    return ASSESSMENT_EN | {
        "boxes": ASSESSMENT_EN["boxes"][:1] * 6,
        "futures": ASSESSMENT_EN["futures"][:1] * 3,
        "needs": ASSESSMENT_EN["needs"] * 5,
        "strengths": ASSESSMENT_EN["strengths"] * 3,
        "map": [{"title": area["title"], "rows": [_marks(item) for item in items]} for area, items in areas],
        "areas": [area | {"items": [_talked_over(item) for item in items]} for area, items in areas],
    }


def _marks(item: dict) -> dict:
    need, strength = (
        ASSESSMENT_EN["map"][0]["rows"][0]["need"],
        ASSESSMENT_EN["map"][1]["rows"][0]["strength"],
    )
    return {"title": item["title"], "need": need, "strength": strength}


def _talked_over(item: dict) -> dict:
    sample = ASSESSMENT_EN["areas"][0]["items"][0]
    evidence = [
        {"text": text, "source": "Said by Milo", "date": "2 November 2026"}
        for text in item["anchors"].values()
    ]
    return sample | {
        "title": item["title"],
        "makes_hard": evidence[1:],
        "speaks_against": evidence[:1],
        "view": item["opening_question"],
    }


def as_html(data: dict) -> str:
    """The same words and marks, plainly, for the peer."""
    rows = "".join(_row(row) for area in data["map"] for row in area["rows"])
    items = "".join(_item(item) for area in data["areas"] for item in area["items"])
    style = "@page{size:A4;margin:20mm} table{width:100%} svg{height:1em} .pair{display:flex} .pair>*{flex:1}"
    first = "".join(f"<h3>{escape(box['title'])}</h3><p>{escape(box['text'])}</p>" for box in data["boxes"])
    title = escape(data["words"]["paper"])
    head = f'<html lang="en"><title>{title}</title><style>{style}</style><h1>{title}</h1>'
    return f"{head}{first}<table>{rows}</table>{items}"


def _row(row: dict) -> str:
    marks = [(row["need"], IMAGES["need-marked.svg"]), (row["strength"], IMAGES["hold-strong.svg"])]
    cells = "".join(f"<td>{image.decode()} {escape(mark['word'])}</td>" for mark, image in marks)
    return f"<tr><th>{escape(row['title'])}</th>{cells}</tr>"


def _item(item: dict) -> str:
    judged = "".join(
        f"<td>{escape(one['label'])}<br><b>{escape(one['value'])}</b></td>" for one in item["judgements"]
    )
    sides = "".join(
        "<div>"
        + "".join(f"<p>{escape(line['text'])}<br>{line['source']}, {line['date']}</p>" for line in item[side])
        + "</div>"
        for side in ("makes_hard", "speaks_against")
    )
    said = f"<blockquote>{escape(item['view'])}</blockquote><p>{escape(item['contested'])}</p>"
    return (
        f"<h3>{escape(item['title'])}</h3><table><tr>{judged}</tr></table>{said}<div class=pair>{sides}</div>"
    )


def milliseconds(work: Callable[[int], object]) -> float:
    """The median time of a few rounds; each round is told its number, so that it can print something new."""
    times = []
    for number in range(ROUNDS):
        start = perf_counter()
        work(number)
        times.append((perf_counter() - start) * 1000)
    return round(median(times), 1)


def retold(value, number: int):
    """The same assessment with every text a little different, so that nothing printed before is of use."""
    if isinstance(value, dict):
        return {
            key: text if key in {"language", "image"} else retold(text, number) for key, text in value.items()
        }
    if isinstance(value, list):
        return [retold(part, number) for part in value]
    return f"{value} {number}" if isinstance(value, str) and value else value


def ours(number: int) -> bytes:
    return pdf(ASSESSMENT, retold(full(), number), IMAGES)


def peers(number: int) -> bytes:
    from weasyprint import HTML

    return HTML(string=as_html(retold(full(), number))).write_pdf(pdf_variant="pdf/ua-1")


def measure() -> dict:
    """Median times in milliseconds once warm. `ratio` is the peer’s to ours; `limit` the least wanted."""
    ours(-1)
    mine = {"what": WHAT, "ours_ms": milliseconds(ours), "limit": LIMIT}
    try:
        peers(-1)
    except (ImportError, OSError):
        return mine | {
            "peer_ms": None,
            "ratio": None,
            "note": "WeasyPrint or its system library Pango is missing",
        }
    peer = milliseconds(peers)
    return mine | {"peer_ms": peer, "ratio": round(peer / mine["ours_ms"], 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
