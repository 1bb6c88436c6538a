"""Server-sent events, as text and as values."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Event(NamedTuple):
    """Something that happened in a world: `kind` is `exchange`, `journal`, `faults` or `state`."""

    id: int
    kind: str
    data: Any


def parsed(lines: Iterable[str]) -> Iterator[Event | None]:
    """The events in the lines of a stream; None for a comment, which says that it is alive."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name:
            fields[name] = value.removeprefix(" ")
        elif line:
            yield None
        elif fields:
            yield Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}
