"""Moments as credentials write them: xsd:dateTimeStamp, always with its zone."""

import re
from datetime import UTC, datetime
from typing import Any

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def stamp(moment: datetime) -> str:
    """A moment in UTC to the second, `2026-03-02T09:30:00Z`. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: Any) -> datetime | None:
    """The moment a text stands for, or None when it is not one."""
    if not isinstance(text, str) or not STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
