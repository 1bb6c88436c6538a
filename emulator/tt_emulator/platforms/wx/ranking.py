"""The value of a ranking key: a JSON object with `wxgame: {score, update_time}` in it."""

from typing import Annotated

from msgspec import Meta, Struct

from tt_emulator.domain import reading
from tt_emulator.errors import Flaw

Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class _Result(Struct, frozen=True, forbid_unknown_fields=True):
    score: Int32
    update_time: Int64


class _Value(Struct, frozen=True):
    wxgame: _Result


def why_not_shown(value: str) -> str:
    """Why the platform's own boards pass over the value, or nothing."""
    try:
        read = reading.decode(value.encode(), _Value)
    except (ValueError, RecursionError):
        return "no board of the platform shows a value that is no JSON object"
    if not isinstance(read, Flaw):
        return ""
    place = read.pointer.removeprefix("/").replace("/", ".") or "wxgame"
    return f"no board of the platform shows it: {place}: {read.detail}"
