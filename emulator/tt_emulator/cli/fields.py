"""`FIELD=VALUE` on the command line: fields in fields, read as what stood there before."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import click

Fields = Mapping[str, Any]
Path = tuple[str, ...]


class Field(NamedTuple):
    """A field at the end of its path, which is named with dots."""

    path: Path
    value: Any

    @property
    def name(self) -> str:
        """As it is typed."""
        return ".".join(self.path)


def patch(changes: Iterable[str], before: Fields, nullable: Iterable[str] = ()) -> dict[str, Any]:
    """What the `changes` say, each `FIELD=VALUE`, as one object. A field of `before` may have dots
    in its own name; a `nullable` one is a text or null. What cannot be, the server refuses.

    Raises `UsageError`.
    """
    known = {each.name: each for each in flat(before)}
    found: dict[str, Any] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise click.UsageError(f"{change!r} is not FIELD=VALUE.")
        field = known.get(name) or Field(tuple(name.split(".")), None)
        *groups, last = field.path
        inner = found
        for group in groups:
            if not isinstance(inner.get(group), dict):
                inner[group] = {}
            inner = inner[group]
        inner[last] = _text(text) if name in nullable else _read(text, field.value)
    return found


def dotted(pointer: str) -> str:
    """How the field of a JSON pointer is typed."""
    return pointer[1:].replace("/", ".")


def flat(fields: Fields, above: Path = ()) -> Iterator[Field]:
    """Each field that has none in it."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from flat(value, (*above, name))
        else:
            yield Field((*above, name), value)


def as_text(value: Any) -> str:
    """The value as it is typed, but for nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) or (isinstance(value, list) and not _is_of_texts(value)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def _is_of_texts(items: list[Any]) -> bool:
    return all(isinstance(item, str) for item in items)


def _text(text: str) -> str | None:
    return None if text in ("", "null") else text


def _read(text: str, before: Any) -> Any:
    """The text as what stood there before."""
    if text[:1] in ("[", "{") and not isinstance(before, str):
        return _json(text)
    if isinstance(before, list):
        return [item.strip() for item in text.split(",") if item.strip()]
    if isinstance(before, bool):
        return {"true": True, "false": False}.get(text, text)
    if before is None or isinstance(before, int | float):
        return _number(text)
    return text


def _json(text: str) -> Any:
    """The value, the text itself if it is no JSON."""
    from tt_emulator import strict_json

    try:
        return strict_json.read(text.encode())
    except strict_json.NotJson:
        return text


def _number(text: str) -> Any:
    """A number, or nothing for `null`; the text if it is neither."""
    if text == "null":
        return None
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text
