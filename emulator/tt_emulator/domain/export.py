"""A world written as a document: see `document`, which reads it again."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import msgspec

from tt_emulator.domain import im_rank
from tt_emulator.domain.clock import iso
from tt_emulator.domain.document import MAX_ORDER, SCHEMA
from tt_emulator.domain.record import Pair, Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockSetting, unix_ms


def copied(players: Iterable[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """The players as they are now, in order."""
    found = [
        (openid, Record(dict(record.pairs), dict(record.profile))) for openid, record in players
    ]
    return sorted(found, key=itemgetter(0))


def written(
    settings: WorldSettings, clock: ClockSetting, players: Iterable[tuple[str, Record]]
) -> Iterator[bytes]:
    """The document in pieces; two of them can be compared line by line, as a pair has its own."""
    head = msgspec.json.encode(
        {"schema": SCHEMA, "settings": settings, "clock": _clock(clock), "players": []}
    )
    opening, _, end = msgspec.json.format(head, indent=2).rpartition(b"]")
    yield opening
    separator = b"\n"
    for openid, record in players:
        fields = (_line(name, value) for name, value in _player(openid, record).items())
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


def _clock(setting: ClockSetting) -> dict[str, Any]:
    if setting.frozen_at is None:
        return {"offset_ms": setting.offset_ms}
    return {"frozen_at": iso(unix_ms(setting.frozen_at))}


def _player(openid: str, record: Record) -> dict[str, Any]:
    profile = {name: record.profile[name] for name in sorted(record.profile) if name != "im_rank"}
    results = [_result(result) for result in im_rank.results(record)]
    return {
        "openid": openid,
        **profile,
        "KVDataList": [_pair(key, pair) for key, pair in sorted(record.pairs.items())],
        **({"imRankData": results} if results else {}),
    }


def _result(result: im_rank.Result) -> dict[str, Any]:
    return {
        "dataType": result.data_type,
        "value": result.value,
        "priority": result.priority,
        "zoneId": result.zone,
        "extra": result.extra,
        "at": iso(result.at_ms),
        "order": min(result.order, MAX_ORDER),
    }


def _pair(key: str, pair: Pair) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": key, "value": pair.value, "at": iso(pair.at_ms)}
    if pair.group is not None:
        shown["group"] = pair.group
    if pair.order:
        shown["order"] = min(pair.order, MAX_ORDER)
    return shown
