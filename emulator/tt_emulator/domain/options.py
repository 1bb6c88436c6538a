"""Whether a call's options are what the API takes: the cause of `bad-parameter`."""

from collections.abc import Callable
from typing import Any

from tt_emulator.catalog import Api, Param
from tt_emulator.domain.places import filled
from tt_emulator.errors import ApiError
from tt_emulator.language.quoting import cut

_REQUIRED, _TYPE, _INVALID = "parameter-required", "parameter-type", "parameter-invalid"
"""Rows of APIs that tell these flaws apart."""


def check(api: Api, options: dict[str, Any]) -> None:
    """Raise `ApiError("bad-parameter")` that names the first option missing or of the wrong type;
    an API that has a row for the kind of the flaw fails by that one.

    An API without any of these rows takes anything: its behaviour is not known.
    """
    for param in api.params:
        if not _flaw(param, options)[1]:
            continue
        name, reason = flaw_of(param, options)
        if (row := api.row(name)) is not None:
            raise ApiError(name, filled(api, row, options, param), reason)
        if api.row("bad-parameter") is not None:
            raise ApiError("bad-parameter", param.name, reason)


def flaw_of(param: Param, options: dict[str, Any]) -> tuple[str, str]:
    """The row of the flaw of this option, and what is wrong with it by name; an empty text if
    nothing is.
    """
    name, flaw = _flaw(param, options)
    return name, f"{param.name}{flaw if flaw[0] == '[' else ' ' + flaw}" if flaw else ""


def _flaw(param: Param, options: dict[str, Any]) -> tuple[str, str]:
    """The row of the flaw, and what it is; an empty text if there is none."""
    if param.name not in options:
        is_required = param.required or _is_required(param, options)
        return _REQUIRED, "is missing" if is_required else ""
    value = options[param.name]
    if flaw := _FLAWS[param.type](value):
        return _TYPE, flaw
    if param.any_value:
        return _INVALID, ""
    return _INVALID, _flaw_of_value(param, value, options)


def _is_required(param: Param, options: dict[str, Any]) -> bool:
    return bool(param.required_if) and param.required_if.items() <= options.items()


def _flaw_of_value(param: Param, value: Any, options: dict[str, Any]) -> str:
    if param.values and value not in param.values:
        return f"is {_shown(value)}, it must be one of {', '.join(map(repr, param.values))}"
    bounded = param.min is not None or param.max is not None
    if bounded and not _is_between(param, value):
        most = "" if param.max is None else f" to {param.max}"
        return f"is {_shown(value)}, it must be a whole number from {param.min}{most}"
    if param.not_empty and not value:
        return "is empty"
    for name in param.fields if _is_required(param, options) else ():
        flaw = _FLAWS["string"](value.get(name)) or ("" if value[name] else "is empty")
        if flaw:
            return f"needs {name}, which {flaw}"
    return ""


def _shown(value: Any) -> str:
    return repr(cut(value)) if isinstance(value, str) else cut(repr(value))


def _is_between(param: Param, value: float) -> bool:
    whole = isinstance(value, int) or value.is_integer()
    return (
        whole
        and (param.min is None or value >= param.min)
        and (param.max is None or value <= param.max)
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


def _flaw_in_objects(value: Any) -> str:
    if type(value) is not list:
        return f"is {_kind(value)}, it must be a list"
    for index, item in enumerate(value):
        if type(item) is not dict:
            return f"[{index}] is {_kind(item)}, it must be an object"
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
    "array<object>": _flaw_in_objects,
    "array<string>": _flaw_in_strings,
    "string": _must_be(str),
    "number": _must_be(int, float),
    "boolean": _must_be(bool),
    "object": _must_be(dict),
    "any": lambda value: "",
}


def _kind(value: Any) -> str:
    return _KINDS[type(value)]
