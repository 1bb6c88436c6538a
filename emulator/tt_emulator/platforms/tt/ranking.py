"""The value of a ranking key: a JSON object with `ttgame: {score, update_time}` in it."""

from typing import Annotated, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from tt_emulator.catalog import Api
from tt_emulator.domain import reading
from tt_emulator.errors import ApiError, Flaw
from tt_emulator.language.quoting import quoted

Shape = TypeVar("Shape", bound=Struct)
Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class _Result(Struct, frozen=True, forbid_unknown_fields=True):
    score: Int32
    update_time: Int64


class _Value(Struct, frozen=True):
    ttgame: _Result


class _Undated(Struct, frozen=True, forbid_unknown_fields=True):
    score: Int32
    update_time: Int64 | UnsetType = UNSET


class _UndatedValue(Struct, frozen=True):
    """As the page of the platform's server shows it: without a time."""

    ttgame: _Undated


def score(value: str) -> int | None:
    """The score that the value ranks by, `None` if it has not the format."""
    read = _read(value, _UndatedValue)
    return None if isinstance(read, Flaw) else read.ttgame.score


def check_value(api: Api, key: str, value: str) -> None:
    """Raise `ApiError("server-error")` if a ranking key cannot have this value."""
    read = _read(value, _Value)
    if isinstance(read, Flaw):
        raise ApiError("server-error", api.rule("ranking_value").message, _why(key, read))


def why_no_result(key: str, value: str) -> str:
    """Why a backend cannot store the value under this ranking key, empty if it can: its time may be
    left out.
    """
    read = _read(value, _UndatedValue)
    return _why(key, read) if isinstance(read, Flaw) else ""


def _why(key: str, flaw: Flaw) -> str:
    place = flaw.pointer.removeprefix("/").replace("/", ".")
    place = quoted(place) if place else "the value"
    return f"{key!r} is a ranking key of this world; {place}: {flaw.detail}"


def _read(value: str, shape: type[Shape]) -> Shape | Flaw:
    try:
        return reading.decode(value.encode(), shape)
    except (ValueError, RecursionError) as error:
        return Flaw("", f"it is no JSON object: {error}")
