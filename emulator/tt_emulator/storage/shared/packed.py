"""A world as the fleet keeps it: players packed one by one, all else as JSON effects."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Raw, Struct, json, msgpack

from tt_emulator.domain.deed import Beginning, Effect
from tt_emulator.domain.record import Record, apply
from tt_emulator.fleet import Stored
from tt_emulator.storage.effects import (
    Changed,
    EverybodyForgotten,
    OnPlayers,
    encode,
    is_on_players,
    on_players,
)
from tt_emulator.storage.shared.importing import Imports, is_part

META = ""
"""Stands for the world itself among its players, none of whom has an empty openid."""

_BEGINNING = encode(Beginning())


class _Packed(Struct, frozen=True, array_like=True):
    """A player as of the line of that number."""

    seq: int
    record: Record


_unpacked = msgpack.Decoder(_Packed).decode
_effects = json.Decoder(list[Raw]).decode


class Unpacked(Struct, frozen=True):
    """What was stored: who there is, and the world itself; of its life the effects, oldest first;
    the greatest order of a pair; whose packed form lacks something; and how many lines are parts of
    an import.
    """

    players: dict[str, Record]
    meta: Mapping[str, Any]
    life: list[bytes]
    order: int
    behind: set[str]
    parts: int


def packed(seq: int, record: Record | None) -> bytes | None:
    """The player as of that line, `None` for one of whom nothing is stored."""
    return None if record is None else msgpack.encode(_Packed(seq, record))


def field(openid: str) -> bytes:
    """Under what the player stands."""
    return openid.encode()


def text_of(effects: list[Effect]) -> bytes:
    """Effects, of a step or of a whole life, as one JSON text. Raises `UnicodeEncodeError` if that
    is no UTF-8.
    """
    return encode(effects)


def unpacked(stored: Stored) -> Unpacked:
    """The world as of its last line."""
    players, seen = {}, {}
    for name, text in stored.players.items():
        openid = name.decode()
        player = _unpacked(text)
        players[openid], seen[openid] = player.record, player.seq
    life = [] if stored.life is None else [bytes(raw) for raw in _effects(stored.life)]
    behind: set[str] = set()
    imports = Imports()
    for number, text in stored.lines:
        for effect in _of_line(text, life, imports):
            behind |= players.keys() if isinstance(effect, EverybodyForgotten) else {effect.openid}
            _redo(effect, number, players, seen)
    meta = players.pop(META, Record()).profile
    orders = (pair.order for record in players.values() for pair in record.pairs.values())
    parts = sum(is_part(text) for _, text in stored.lines)
    return Unpacked(players, meta, life, max(orders, default=0), behind, parts)


def _of_line(text: bytes, life: list[bytes], imports: Imports) -> Iterator[OnPlayers]:
    """What the line says of players; the rest is added to `life`."""
    for raw in _effects(text):
        if is_on_players(raw):
            yield on_players(raw)
            continue
        if imports.concern(raw):
            yield from imports.effects(raw)
            continue
        if bytes(raw) == _BEGINNING:
            life.clear()
        life.append(bytes(raw))


def _redo(
    effect: OnPlayers, number: int, players: dict[str, Record], seen: Mapping[str, int]
) -> None:
    """Do again what a line of that number did; who was packed later has it already."""
    if isinstance(effect, EverybodyForgotten):
        for openid in [each for each in players if seen.get(each, 0) < number]:
            del players[openid]
    elif seen.get(effect.openid, 0) >= number:
        return
    elif isinstance(effect, Changed):
        apply(effect.change(), players.setdefault(effect.openid, Record()))
    else:
        players.pop(effect.openid, None)
