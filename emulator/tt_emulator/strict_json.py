"""JSON as every entry point takes it: what a lenient reader would quietly change is refused.

Requests, scenarios, worlds and seeds are judged here before anybody looks at what they say.
"""

import json
import re
from math import isinf
from typing import Any, NoReturn

import msgspec
from msgspec import Raw

MAX_DEPTH = 64

BOM = "\ufeff".encode()
"""Some editors put it before a file, where it is passed over; before a request it is an error."""


class NotJson(ValueError):
    """The text is no JSON as it is taken here; the message is the reason."""


def read(text: bytes) -> Any:
    """The value of the JSON text.

    Raises `NotJson` for text that is not UTF-8 or not JSON, for NaN, for the infinities and numbers
    that large, for duplicate keys, lone surrogates and nesting deeper than `MAX_DEPTH`.
    """
    try:
        quick = _quickly(text)
        value = quick[0] if quick else _DECODER.decode(text.decode("utf-8"))
        if text.count(b"[") + text.count(b"{") > MAX_DEPTH:
            _check_depth(value, MAX_DEPTH)
        if not quick and b"\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson(f"it is not UTF-8 (byte {error.start})") from error
    except UnicodeEncodeError as error:
        raise NotJson("it has a lone surrogate, which is no character") from error
    except RecursionError as error:
        raise NotJson(_TOO_DEEP) from error
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson(str(error)) from error
    return value


def members(text: bytes) -> dict[str, Raw]:
    """The members of a JSON object, still text and not judged: a world may be too large to be read
    at once.

    Raises `NotJson` for what is wrong around them, a key twice above all, and `ValueError`,
    `RecursionError` and `msgspec.ValidationError` as msgspec tells them.
    """
    found = msgspec.json.decode(text, type=dict[str, Raw])
    if not _is_all(text, found):
        read(text)  # a key is written in an unusual way, or stands twice
    return found


def _is_all(text: bytes, found: dict[str, Raw]) -> bool:
    """Whether the text is these members in their order, and nothing else."""
    place = 0
    for index, (key, member) in enumerate(found.items()):
        opening = b"," if index else b"{"
        for token in (opening, msgspec.json.encode(key), b":", memoryview(member)):
            place = _after_space(text, place)
            if not text.startswith(token, place):
                return False
            place += len(token)
    return bool(_END.fullmatch(text, place) if found else True)


def _after_space(text: bytes, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


_SPACE = re.compile(rb"[ \t\r\n]*")
_END = re.compile(rb"[ \t\r\n]*\}[ \t\r\n]*")
_TOO_DEEP = f"it is nested deeper than {MAX_DEPTH}"


def _quickly(text: bytes) -> tuple[Any] | None:
    """The value, unless something is wrong with the text, or could be: msgspec takes a third of the
    time, and refuses all that is refused here but a key that stands twice.

    Written again, a text that had one has fewer members. A quote in a string is escaped in both, so
    that `":` stands where a key ends; but for one that is written as a number.
    """
    try:
        value = msgspec.json.decode(text)
        written = msgspec.json.encode(value)
        if written == text:
            return (value,)
        compact = msgspec.json.format(text, indent=-1)
        same = written.count(b'":') == compact.count(b'":') and b"\\u0022" not in text
        return (value,) if same else None
    except ValueError:
        return None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object has the same key twice")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise ValueError(f"{text[:40]} is larger than any number")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct, parse_constant=_refuse_constant, parse_float=_finite
)


def _check_depth(value: Any, left: int) -> None:
    if isinstance(value, dict | list):
        if left == 0:
            raise NotJson(_TOO_DEEP)
        for item in value.values() if isinstance(value, dict) else value:
            _check_depth(item, left - 1)
