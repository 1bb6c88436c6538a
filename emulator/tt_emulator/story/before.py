"""A world as it was before one of its calls."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from msgspec import json
from msgspec.structs import replace

from tt_emulator.domain import export
from tt_emulator.domain.past import (
    FaultsWere,
    Noted,
    PlayerWas,
    TalliesWere,
    TokensWere,
    WorldWas,
)
from tt_emulator.domain.record import Record, lay_over
from tt_emulator.domain.tokens import Token
from tt_emulator.faults.effects import FaultsImage
from tt_emulator.faults.tally import Tally
from tt_emulator.world import World

_image = json.Decoder(FaultsImage)
_tally = json.Decoder(Tally)


class Before(NamedTuple):
    """What was stored then, by player and of the world itself, what was armed, and the access
    tokens that were handed out.
    """

    players: dict[str, Record]
    fields: dict[str, Any]
    faults: FaultsImage
    tokens: list[Token]


def before(world: World, noted: Iterable[Noted]) -> Before:
    """The world before all that was noted, which is undone on copies. Hold the store's lock."""
    players = dict(export.copied(world.store.items()))
    fields = dict(world.store.meta())
    faults = _image.decode(json.encode(world.faults.image()))
    tokens: dict[str, Any] = {each.token: replace(each) for each in world.tokens.written()}
    for each in reversed(list(noted)):
        undo = each.undo
        if isinstance(undo, PlayerWas):
            _undo_player(undo, players)
        elif isinstance(undo, WorldWas):
            lay_over(fields, undo.fields)
        elif isinstance(undo, FaultsWere):
            faults = _image.decode(undo.text)
        elif isinstance(undo, TokensWere):
            lay_over(tokens, undo.tokens)
        else:
            faults = _with_tallies(faults, undo)
    return Before(dict(sorted(players.items())), fields, faults, list(tokens.values()))


def _undo_player(undo: PlayerWas, players: dict[str, Record]) -> None:
    record = players.setdefault(undo.openid, Record())
    lay_over(record.pairs, undo.pairs)
    lay_over(record.profile, undo.profile)
    if not (record.pairs or record.profile):
        del players[undo.openid]


def _with_tallies(faults: FaultsImage, undo: TalliesWere) -> FaultsImage:
    calls = faults.calls | {undo.api: undo.count}
    if not undo.count:
        del calls[undo.api]
    armed = tuple(
        replace(each, tally=_tally.decode(undo.tallies[each.id]))
        if each.id in undo.tallies
        else each
        for each in faults.lineup.armed
    )
    return FaultsImage(calls, replace(faults.lineup, armed=armed))


def players_before(
    world: World, noted: Iterable[Noted], openids: Collection[str]
) -> dict[str, Record]:
    """These players before all that was noted, in order; as `before`, but no other is copied."""
    found = ((openid, world.store.get(openid)) for openid in openids)
    players = dict(export.copied((openid, record) for openid, record in found if record))
    for each in reversed(list(noted)):
        undo = each.undo
        if isinstance(undo, PlayerWas) and undo.openid in openids:
            _undo_player(undo, players)
    return dict(sorted(players.items()))


def fields_before(world: World, noted: Iterable[Noted]) -> dict[str, Any]:
    """What was stored of the world itself before all that was noted. Hold the store's lock."""
    fields = dict(world.store.meta())
    for each in reversed(list(noted)):
        if isinstance(each.undo, WorldWas):
            lay_over(fields, each.undo.fields)
    return fields
