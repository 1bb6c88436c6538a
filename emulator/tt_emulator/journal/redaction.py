"""Secrets do not stand in a journal that people pass on."""

import json
import re
from typing import Any

REDACTED = "[redacted]"

_NAMES = (
    "access_token|anonymous_code|anonymouscode|authorization|code|cookie|js_code|password|secret"
    "|session_key|sessionkey|signature|token"
)
_SECRET = re.compile(_NAMES, re.IGNORECASE)
_SUSPECT = re.compile(rf'"(?:{_NAMES})"'.encode(), re.IGNORECASE)


def redacted(value: Any) -> Any:
    """`value` with the text of each field that is named like a secret taken out, if it has one."""
    if isinstance(value, dict):
        return {
            name: REDACTED
            if held and isinstance(held, str) and _SECRET.fullmatch(name)
            else redacted(held)
            for name, held in value.items()
        }
    if isinstance(value, list):
        return [redacted(held) for held in value]
    return value


def redacted_json(text: bytes) -> bytes:
    """As `redacted`, for JSON text; returned as it is where no such name stands in it."""
    if not _SUSPECT.search(text):
        return text
    return json.dumps(redacted(json.loads(text)), ensure_ascii=False).encode()
