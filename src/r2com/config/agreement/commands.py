"""Agreement of raters from a file: as lines, as JSON, as a drawing. Knows no database."""

from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path

from r2com.config.speech import complain, report, say
from r2com.core import agreement as core
from r2com.core.refusals import Refused

from .drawing import draw
from .speaking import in_words

LARGEST = 200 * 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """What was worked out on one item."""

    item: str
    estimates: list[core.Estimate]
    remarks: list[core.Remark]


def agreement(args) -> int:
    """Say every coefficient that fits, with what one has to know beside it."""
    if args.plot and Path(args.plot).exists():
        raise Refused(f"{args.plot} is there already. Give another name, or remove it first.")
    by = core.Bootstrap(args.bootstrap, args.seed) if args.bootstrap is not None else None
    answers = answered(_text(Path(args.file)), args.scale, by)
    if args.plot:
        Path(args.plot).write_text(draw(answers, args.language), encoding="utf-8")
    if args.json:
        report([_as_json(answer, one) for answer in answers for one in answer.estimates])
    for answer in answers:
        _say(answer, args)
    return 0


def answered(text: str, scale: core.Scale, by: core.Bootstrap | None = None) -> list[Answer]:
    """What a list of ratings comes to, item by item. The categories are those found anywhere in it."""
    items = core.read(StringIO(text, newline=""), scale)
    known = sorted({float(one) for item in items for one in item.ratings.ravel() if one == one})
    return [
        Answer(
            item.name,
            core.summary(item.ratings, scale=scale, categories=known, by=by),
            core.remarks(item.ratings, scale),
        )
        for item in items
    ]


def _say(answer: Answer, args) -> None:
    """Remarks go beside the JSON, not into it, so that a program can read along."""
    remarks = [in_words(remark, args.language) for remark in answer.remarks]
    if args.json:
        for remark in remarks:
            complain(f"{answer.item}: {remark}" if answer.item else remark)
        return
    if answer.item:
        say(answer.item)
    say(*map(_line, answer.estimates), *remarks, "")


def _line(one: core.Estimate) -> str:
    value = "not defined" if one.value is None else f"{one.value:.3f}"
    between = "" if one.low is None or one.high is None else f"  {one.low:.3f} to {one.high:.3f}"
    among = f"{one.n_subjects} subjects, {one.n_raters} raters"
    return f"  {one.name:<28} {value}{between}  ({among}; {one.method})"


def _as_json(answer: Answer, one: core.Estimate) -> dict:
    return {**({"item": answer.item} if answer.item else {}), **asdict(one)}


def _text(path: Path) -> str:
    if not path.is_file():
        raise Refused(f"{path} is not there. Name a CSV file.")
    if path.stat().st_size > LARGEST:
        raise Refused(f"{path} is larger than 200 MiB. Take one item after the other.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        raise Refused(f"Line {line}: this is not UTF-8. Save the file as “CSV UTF-8”.") from None
