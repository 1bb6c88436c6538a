"""The value of a ranking key: a JSON object with `ttgame: {score, update_time}` in it."""

from typing import Annotated

from msgspec import Meta, Struct

from tt_emulator.catalog import Api
from tt_emulator.domain import reading
from tt_emulator.errors import ApiError, Flaw
from tt_emulator.language.quoting import quoted

Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class _Result(Struct, frozen=True, forbid_unknown_fields=True):
    score: Int32
    update_time: Int64


class _Value(Struct, frozen=True):
    ttgame: _Result


def score(value: str) -> int | None:
    """The score that the value ranks by, `None` if it has not the format."""
    read = _read(value)
    return None if isinstance(read, Flaw) else read.ttgame.score


def check_value(api: Api, key: str, value: str) -> None:
    """Raise `ApiError("server-error")` if a ranking key cannot have this value."""
    read = _read(value)
    if isinstance(read, Flaw):
        place = read.pointer.removeprefix("/").replace("/", ".")
        place = quoted(place) if place else "the value"
        reason = f"{key!r} is a ranking key of this world; {place}: {read.detail}"
        raise ApiError("server-error", api.rule("ranking_value").message, reason)


def _read(value: str) -> _Value | Flaw:
    try:
        return reading.decode(value.encode(), _Value)
    except (ValueError, RecursionError) as error:
        return Flaw("", f"it is no JSON object: {error}")
