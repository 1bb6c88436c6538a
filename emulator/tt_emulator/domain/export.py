"""A world written as a document: see `document`, which reads it again."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

import msgspec

from tt_emulator.domain.clock import iso
from tt_emulator.domain.document import SCHEMA
from tt_emulator.domain.record import Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockSetting, unix_ms


def copied(players: Iterable[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """The players as they are now, in order."""
    found = [
        (openid, Record(dict(record.pairs), dict(record.profile))) for openid, record in players
    ]
    return sorted(found, key=itemgetter(0))


def written(
    platform: str,
    settings: WorldSettings,
    clock: ClockSetting,
    players: Iterable[tuple[str, Record]],
    fields_of: Callable[[str, Record], dict[str, Any]],
) -> Iterator[bytes]:
    """The document in pieces, each player with its `fields_of`; two documents can be compared line
    by line, as a pair has its own.
    """
    head = msgspec.json.encode(
        {
            "schema": SCHEMA,
            "platform": platform,
            "settings": settings,
            "clock": clock_of(clock),
            "players": [],
        }
    )
    opening, _, end = msgspec.json.format(head, indent=2).rpartition(b"]")
    yield opening
    separator = b"\n"
    for openid, record in players:
        fields = (_line(name, value) for name, value in fields_of(openid, record).items())
        yield separator + b"    {\n" + b",\n".join(fields) + b"\n    }"
        separator = b",\n"
    yield (b"" if separator == b"\n" else b"\n  ") + b"]" + end + b"\n"


def _line(name: str, value: Any) -> bytes:
    """A field of a player on one line, but of a list each item."""
    if not isinstance(value, list) or not value:
        return b'      "%s": %s' % (name.encode(), msgspec.json.encode(value))
    items = b",\n".join(b"        " + _spaced(item) for item in value)
    return b'      "%s": [\n%s\n      ]' % (name.encode(), items)


def _spaced(item: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(item), indent=0)


def clock_of(setting: ClockSetting) -> dict[str, Any]:
    """The clock as a document has it."""
    if setting.frozen_at is None:
        return {"offset_ms": setting.offset_ms}
    return {"frozen_at": iso(unix_ms(setting.frozen_at))}
