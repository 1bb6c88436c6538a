"""What a player's file says: TinyDB's tables, one document a line, in an order that diffs well.

    {
      "kv": {
        "1": {"at_ms": 1700000000000, "key": "score", "value": "42"}
      },
      "player": {
        "1": {"openid": "alice", "profile": {}, "seq": 7}
      }
    }

`seq` is the number of the last line of the world's log that is in the file. A player who is
`forgotten` has a file only to outdo what `seed.jsonl` says of them.
"""

from collections.abc import Mapping
from json import JSONEncoder
from typing import Any, NamedTuple

from msgspec import Struct, to_builtins
from msgspec.json import Decoder

from emulator.storage.base import Record

Document = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Document]]

UNREADABLE = (ValueError, RecursionError)
"""What reading a damaged file raises."""


class Image(Struct, frozen=True):
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


class _Player(Struct):
    openid: str
    seq: int = 0
    profile: dict[str, Any] = {}
    forgotten: bool = False


class _Pair(Struct):
    key: str
    value: str
    at_ms: int = 0
    group: str | None = None
    order: int = 0


class _Shape(Struct):
    player: dict[int, _Player]
    kv: dict[int, _Pair] = {}


_shape = Decoder(_Shape)
_text = JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def check(data: bytes) -> Mark:
    """Whose file it is; raises one of `UNREADABLE` if it is not whole."""
    players = list(_shape.decode(data).player.values())
    if len(players) != 1:
        raise ValueError(f"{len(players)} players in one file")
    player = players[0]
    return Mark(player.openid, player.seq, player.forgotten)


def to_tables(image: Image) -> Tables:
    """The image as TinyDB documents, the pairs in the order of their keys."""
    pairs = sorted(image.record.pairs.items())
    player = {"openid": image.openid, "profile": image.record.profile, "seq": image.seq}
    if image.forgotten:
        player["forgotten"] = True
    return {
        "kv": {
            number: {"key": key, **to_builtins(pair)} for number, (key, pair) in enumerate(pairs, 1)
        },
        "player": {1: player},
    }


def render(tables: Tables) -> bytes:
    """The text of a file, UTF-8."""
    blocks = (f"  {_text(name)}: {_render_table(tables[name])}" for name in sorted(tables))
    return ("{\n" + ",\n".join(blocks) + "\n}\n").encode()


def _render_table(documents: Mapping[Any, Document]) -> str:
    if not documents:
        return "{}"
    lines = (f'    "{number}": {_text(document)}' for number, document in documents.items())
    return "{\n" + ",\n".join(lines) + "\n  }"
