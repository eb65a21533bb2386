"""What was answered, as a QuestionnaireResponse that fits its Questionnaire."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

VALUES = {
    "string": "valueString",
    "text": "valueString",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "date": "valueDate",
    "time": "valueTime",
    "dateTime": "valueDateTime",
    "boolean": "valueBoolean",
    "choice": "valueCoding",
}


def response(
    questionnaire: Mapping[str, Any],
    answers: Mapping[str, Any],
    *,
    is_finished: bool,
    authored: datetime,
    reference: str = "",
) -> dict[str, Any]:
    """The response (R4B) to a questionnaire that this package made.

    `answers` must be tidy. `authored` has a time zone, in which hours are understood. `reference` may stand
    for a person or an organisation instead of a name.
    """
    made: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{questionnaire['url']}|{questionnaire['version']}",
        "status": "completed" if is_finished else "in-progress",
        "authored": authored.isoformat(timespec="seconds"),
        "item": list(_items(questionnaire["item"], answers, authored)),
    }
    if reference:
        made["subject"] = {"type": questionnaire["subjectType"][0], "identifier": {"value": reference}}
    return {key: value for key, value in made.items() if value}


def _items(items: list[Any], said: Mapping[str, Any], zone: datetime) -> Iterator[dict[str, Any]]:
    for item in items:
        link = {key: item[key] for key in ("linkId", "text") if key in item}
        if item["type"] == "group":
            times = said.get(item["linkId"], []) if item.get("repeats") else [said]
            for one in times:
                if inside := list(_items(item["item"], one, zone)):
                    yield {**link, "item": inside}
        elif item["type"] != "display" and (value := said.get(item["linkId"])) not in (None, "", []):
            values = value if isinstance(value, list) else [value]
            yield {**link, "answer": [_answer(item, one, zone) for one in values]}


def _answer(item: Mapping[str, Any], value: Any, zone: datetime) -> dict[str, Any]:
    kind = item["type"]
    if kind == "choice":
        codings = (option["valueCoding"] for option in item["answerOption"])
        coding = next(coding for coding in codings if coding["code"] == value)
        return {"valueCoding": {key: coding[key] for key in ("system", "code", "display")}}
    if kind == "decimal":
        value = float(value)
    if kind == "time" and len(value) == 5:
        value = f"{value}:00"
    if kind == "dateTime":
        value = datetime.fromisoformat(value).replace(tzinfo=zone.tzinfo).isoformat(timespec="seconds")
    return {VALUES[kind]: value}
