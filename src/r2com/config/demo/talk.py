"""One invented assessment: item by item, then making sense, handing in, and the supervisor's answer."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from r2com.accounts.models import User
from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment
from r2com.assessments.responses import instrument_of
from r2com.cases.models import Case
from r2com.core.instruments import Item

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]
AN_ITEM_TAKES = timedelta(minutes=4)
NOT_SAID = "-"


def assess(stage: "Stage", case: Case, said: Said, worker: User) -> None:
    """Go through an assessment as far as it went."""
    at = stage.moment(said["day"], 11)
    assessment = assessments.begin(case, kind=said["kind"], by=worker, at=at)
    guide = instrument_of(assessment, "en")
    for item_id, one in said["items"].items():
        at = min(at + AN_ITEM_TAKES, stage.now)
        _item(stage, assessment, guide.item(item_id), one, worker, at)
    if "sense" in said:
        at = stage.moment(said["sense"]["day"], 14)
        assessments.make_sense(assessment, _sense(said["sense"]), base=0, by=worker, at=at)
    if "handed_in" in said:
        _hand_in(stage, assessment, said, worker)


def _item(stage: "Stage", assessment: Assessment, item: Item, said: Said, worker: User, at: datetime) -> None:
    for stance in ("for", "against"):
        for line in said.get(stance, []):
            _evidence(stage, assessment, item, [stance, *line], worker, at)
    if "open" in said:
        due = stage.day(said["open"]["due"])
        owner = stage.staff[said["open"]["owner"]]
        assessments.leave_open(assessment, item, base=0, owner=owner, due=due, by=worker, at=at)
        return
    assessments.rate(
        assessment,
        item,
        judgements=_judgements(assessment, said["judged"]),
        own_words=said.get("own", ""),
        not_asked_because=said.get("because", ""),
        base=0,
        by=worker,
        at=at,
    )


def _evidence(
    stage: "Stage", assessment: Assessment, item: Item, line: list, worker: User, at: datetime
) -> None:
    """A line says which way, type, source, day and words, and who wrote it if not the case worker."""
    stance, type, source, day, words, *who = line
    assessments.add_evidence(
        assessment,
        item,
        stance=stance,
        type=type,
        source=source,
        words=words,
        dated=stage.day(day),
        by=stage.staff[who[0]] if who else worker,
        at=at,
    )


def _judgements(assessment: Assessment, words: str) -> dict[str, str]:
    """The six words in the order in which the guide asks for them."""
    asked = instrument_of(assessment, "en").judgements
    return {scale: word for scale, word in zip(asked, words.split(), strict=True) if word != NOT_SAID}


def _sense(said: Said) -> assessments.Sense:
    return assessments.Sense(
        boxes={box: (text["words"], text["items"]) for box, text in said["boxes"].items()},
        futures={
            future: (one["signs"], one["notices"], one["does"]) for future, one in said["futures"].items()
        },
        priority_needs=said["needs"],
        key_strengths=said["strengths"],
        support=said["support"],
        hours_a_week=Decimal(said["hours"]),
        support_because=said["because"],
    )


def _hand_in(stage: "Stage", assessment: Assessment, said: Said, worker: User) -> None:
    assessment = Assessment.objects.with_instrument().get(pk=assessment.pk)
    assessments.hand_in(
        assessment, words=said["handed_in"]["words"], by=worker, at=stage.moment(said["handed_in"]["day"], 15)
    )
    if "signed_off" in said:
        answer = said["signed_off"]
        supervisor, at = stage.staff[answer["by"]], stage.moment(answer["day"], 9, 30)
        assessments.sign_off(assessment, comments=answer["words"], by=supervisor, at=at)
