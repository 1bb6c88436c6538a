"""What a game writes to a file, as bytes."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _one_byte_each(text: str) -> bytes:
    return bytes(unit & 0xFF for unit in memoryview(_utf16(text)).cast("H"))


def _base64(text: str) -> bytes:
    kept = text.translate({ord("-"): "+", ord("_"): "/"}).partition("=")[0]
    kept = "".join(kept.split())
    return base64.b64decode(kept + "=" * (-len(kept) % 4), validate=True)


_ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf8": _utf8,
    "utf-8": _utf8,
    "ucs2": _utf16,
    "ucs-2": _utf16,
    "utf16le": _utf16,
    "utf-16le": _utf16,
    "ascii": _one_byte_each,
    "latin1": _one_byte_each,
    "binary": _one_byte_each,
    "base64": _base64,
    "hex": binascii.unhexlify,
}


def written(turn: Turn) -> bytes:
    """The bytes of the option `data`: a text, or {"upload": id} for what was sent before.

    Raises `ApiError`.
    """
    data = turn.options["data"]
    if isinstance(data, str):
        return _encoded(data, turn.options.get("encoding", "utf8"))
    if isinstance(data, dict):
        return uploaded(turn, data)
    raise ApiError("bad-parameter", None, "data is neither a string nor an ArrayBuffer")


def uploaded(turn: Turn, named: Any) -> bytes:
    """What was sent ahead. Raises `ApiError` if there is nothing of that name."""
    name = named.get("upload") if isinstance(named, dict) else None
    data = turn.uploads.take(name) if isinstance(name, str) else None
    if data is None:
        raise ApiError("internal-error", None, "what the page sent ahead of the call is not there")
    return data


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return _ENCODERS[encoding](text)
    except (ValueError, binascii.Error) as error:
        raise ApiError("bad-parameter", None, f"data is no {encoding}: {error}") from error
