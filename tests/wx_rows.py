"""Each error of WeChat's catalog that a game can meet: how it is called for, and what comes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tt_emulator.catalog import Api, Param
from tt_emulator.platforms.replies import failure
from tt_emulator.platforms.wx.pages import load

_BY_TYPE: dict[str, Any] = {
    "string": "1",
    "number": 1,
    "boolean": True,
    "any": "1",
    "array<string>": ["1"],
    "array<KVData>": [{"key": "1", "value": "1"}],
}


class Case(NamedTuple):
    """A call that meets the row once it is armed for its API."""

    api: str
    row: str
    domain: str
    options: dict[str, Any]
    reply: dict[str, Any]


def cases() -> Iterator[Case]:
    """Of the APIs that have a page of their own, or of which texts were seen."""
    for api in load().apis.values():
        if api.of_kind.struck and api.of_kind.in_game and api.source != "TT":
            for row in api.errors:
                reply = failure(api, row).body
                yield Case(api.name, row.name, api.domains[-1], _options(api), reply)


def _options(api: Api) -> dict[str, Any]:
    return {param.name: _value(param) for param in api.params}


def _value(param: Param) -> Any:
    return param.values[0] if param.values else _BY_TYPE[param.type]
