"""What a player's file says: TinyDB's tables, one document a line, in an order that diffs well.

    {
      "checksum": {
        "1": {"crc32": 2309737967}
      },
      "kv": {
        "1": {"at_ms": 1700000000000, "key": "score", "value": "42"}
      },
      "player": {
        "1": {"openid": "alice", "profile": {}, "seq": 7}
      }
    }

`seq` is the number of the last line of the world's log that is in the file. A player who is
`forgotten` has a file only to outdo what `seed.jsonl` says of them. The check sum is that of the
file without its digits. A file that has none, or another's, was edited: it is read strictly, and
may leave out what has a default.
"""

import json
from collections.abc import Mapping
from json import JSONEncoder
from typing import Annotated, Any, NamedTuple, TypeVar
from zlib import crc32

import msgspec
from msgspec import Meta, Raw, Struct, to_builtins
from msgspec.json import Decoder

from tt_emulator.domain.record import Pair, Record
from tt_emulator.storage.disk.damage import UNREADABLE, Damaged, damage_of

Document = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Document]]

_HEAD = b'{\n  "checksum": {\n    "1": {"crc32": '

Seq = Annotated[int, Meta(ge=0, le=10**15)]


class PlayerFile(Struct, frozen=True):
    """One player as a file holds it."""

    openid: str
    seq: int
    record: Record
    forgotten: bool = False


class Mark(NamedTuple):
    """Whose file it is, and at which line of the log."""

    openid: str
    seq: int
    forgotten: bool = False


class _Player(Struct, forbid_unknown_fields=True):
    openid: str
    seq: Seq = 0
    profile: dict[str, Any] = {}
    forgotten: bool = False


class _Pair(Struct, forbid_unknown_fields=True):
    key: str
    value: str
    at_ms: int = 0
    group: str | None = None
    order: int = 0


class _Shape(Struct, forbid_unknown_fields=True):
    player: dict[int, Raw]
    kv: dict[int, Raw] = {}
    checksum: Raw = Raw(b"")


class _Players(Struct):
    player: dict[int, _Player]


_Document = TypeVar("_Document", _Player, _Pair)

_shape = Decoder(_Shape)
_players = Decoder(_Players)
_text = JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def is_ours(data: bytes) -> bool:
    """Whether the file is as the server wrote it, to the last byte."""
    rest = data[data.find(b"}") :]
    return _sealed(rest) == data


def mark_of(data: bytes) -> Mark:
    """Whose a file is that `is_ours`."""
    (player,) = _players.decode(data).player.values()
    return Mark(player.openid, player.seq, player.forgotten)


def read(data: bytes) -> PlayerFile:
    """What the file says, read strictly. Raises `Damaged`."""
    try:
        return _read(data)
    except UNREADABLE as error:
        damage = damage_of(error, data)
        raise Damaged(damage.reason, damage.line) from error


def _read(data: bytes) -> PlayerFile:
    shape = _shape.decode(data)
    if not is_ours(data):
        json.loads(data, object_pairs_hook=_without_doubles)
    players = [_document(raw, _Player, data) for raw in shape.player.values()]
    if len(players) != 1:
        raise Damaged(f"{len(players)} players in one file")
    player = players[0]
    pairs: dict[str, Pair] = {}
    for raw in shape.kv.values():
        pair = _document(raw, _Pair, data)
        if pair.key in pairs:
            raise Damaged(f"the key {pair.key!r} stands twice", _line_of(raw, data))
        pairs[pair.key] = Pair(pair.value, pair.at_ms, pair.group, pair.order)
    return PlayerFile(player.openid, player.seq, Record(pairs, player.profile), player.forgotten)


def to_tables(player_file: PlayerFile) -> Tables:
    """Its contents as TinyDB documents, the pairs in the order of their keys."""
    pairs = sorted(player_file.record.pairs.items())
    player = {
        "openid": player_file.openid,
        "profile": player_file.record.profile,
        "seq": player_file.seq,
    }
    if player_file.forgotten:
        player["forgotten"] = True
    return {
        "kv": {
            number: {"key": key, **to_builtins(pair)} for number, (key, pair) in enumerate(pairs, 1)
        },
        "player": {1: player},
    }


def render(tables: Tables) -> bytes:
    """The text of a file, UTF-8, with its check sum."""
    blocks = (
        f"  {_text(name)}: {_render_table(tables[name])}"
        for name in sorted(tables)
        if name != "checksum"
    )
    return _sealed(("}\n  },\n" + ",\n".join(blocks) + "\n}\n").encode())


def _render_table(documents: Mapping[Any, Document]) -> str:
    if not documents:
        return "{}"
    lines = (f'    "{number}": {_text(document)}' for number, document in documents.items())
    return "{\n" + ",\n".join(lines) + "\n  }"


def _sealed(rest: bytes) -> bytes:
    """The file whose text goes on so after the check sum."""
    return b"%b%d%b" % (_HEAD, crc32(rest, crc32(_HEAD)), rest)


def _document(raw: Raw, shape: type[_Document], data: bytes) -> _Document:
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise Damaged(damage_of(error).reason, _line_of(raw, data)) from error


def _line_of(raw: Raw, data: bytes) -> int:
    return data[: data.find(bytes(raw))].count(b"\n") + 1


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        twice = next(name for index, (name, _) in enumerate(pairs) if name in dict(pairs[:index]))
        raise Damaged(f"the field {twice!r} stands twice")
    return names
