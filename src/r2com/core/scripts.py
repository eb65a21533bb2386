"""Reading what a script in the browser sends."""

import json
from typing import Any


def from_json(body: bytes) -> Any:
    """What a script sent, whatever it is. Raises ValueError when it cannot be read.

    Half a character, as a text that was cut may end with, becomes a question mark: it could not be kept.
    """
    try:
        whole = json.dumps(json.loads(body), ensure_ascii=False)
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault
    return json.loads(whole.encode(errors="replace"))
