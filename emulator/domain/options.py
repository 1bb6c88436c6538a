"""Whether a call's options are what the API takes: the cause of `bad-parameter`."""

from collections.abc import Callable
from typing import Any

from emulator.catalog import Api
from emulator.errors import ApiError


def check(api: Api, options: dict[str, Any]) -> None:
    """Raise `ApiError("bad-parameter")` that names the first option missing or of the wrong type.

    An API without that row takes anything: its behaviour is not known.
    """
    for param in api.params:
        value = options.get(param.name)
        if param.name not in options:
            flaw = "is missing" if param.required else ""
        else:
            flaw = _FLAWS[param.type](value)
        if flaw and api.row("bad-parameter"):
            raise ApiError(
                "bad-parameter", param.name, f"{param.name}{flaw if flaw[0] == '[' else ' ' + flaw}"
            )


def _flaw_in_pairs(value: Any) -> str:
    if type(value) is not list:
        return f"is {_kind(value)}, it must be a list"
    for index, item in enumerate(value):
        if type(item) is not dict:
            return f"[{index}] is {_kind(item)}, it must be an object with key and value"
        for name in ("key", "value"):
            if type(item.get(name)) is not str:
                found = _kind(item[name]) if name in item else "missing"
                return f"[{index}].{name} is {found}, it must be a string"
        if not item["key"]:
            return f"[{index}].key is empty"
    return ""


def _flaw_in_strings(value: Any) -> str:
    if type(value) is not list:
        return f"is {_kind(value)}, it must be a list"
    for index, item in enumerate(value):
        if type(item) is not str:
            return f"[{index}] is {_kind(item)}, it must be a string"
        if not item:
            return f"[{index}] is empty"
    return ""


def _must_be(*types: type) -> Callable[[Any], str]:
    wanted = _KINDS[types[0]]
    return lambda value: "" if type(value) in types else f"is {_kind(value)}, it must be {wanted}"


_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    type(None): "null",
}

_FLAWS: dict[str, Callable[[Any], str]] = {
    "array<KVData>": _flaw_in_pairs,
    "array<string>": _flaw_in_strings,
    "string": _must_be(str),
    "number": _must_be(int, float),
    "boolean": _must_be(bool),
    "object": _must_be(dict),
}


def _kind(value: Any) -> str:
    return _KINDS[type(value)]
