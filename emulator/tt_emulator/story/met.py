"""What one call met and left: the players concerned, settings and clock before and after it."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct, json

from tt_emulator.domain.options import check
from tt_emulator.domain.past import Noted, PlayerWas, TalliesWere, TokensWere
from tt_emulator.domain.record import Record
from tt_emulator.errors import ApiError, NotFound, PastForgotten
from tt_emulator.journal import Exchange
from tt_emulator.platforms.platform import Concerns
from tt_emulator.story.before import fields_before, players_before
from tt_emulator.story.excerpt import excerpt
from tt_emulator.world import World

MOST_OTHERS = 1000
"""Of a leaderboard all players of a world are concerned, who may be very many."""


class CallState(Struct, frozen=True):
    """Documents as an export's, of the players concerned, without what is as in a new world.

    `after` is `None` while the call is under way. Where it is not `exact`, others changed the same
    while the call waited, and no one can tell whether before or after it acted. It is not `whole`
    if the API looks at more than `MOST_OTHERS` others: those are left out.
    """

    id: int
    exact: bool
    whole: bool
    before: dict[str, Any]
    after: dict[str, Any] | None


class Span(NamedTuple):
    """Which of the noted steps are the call's own, from `begin` to before `end`."""

    begin: int
    end: int
    exact: bool


def state_of(world: World, exchange_id: int) -> CallState:
    """The state before and after that call. Raises `NotFound`, `PastForgotten`."""
    with world.store.deed, world.store.lock:
        exchange = _held(world, exchange_id)
        noted = world.past.since(exchange.id)
        span = _span(world, exchange, noted)
        since, later = noted[span.begin :], noted[span.end :]
        players, is_whole = _concerned(world, exchange, since)
        fields = fields_before(world, since)
        underway = exchange.answered_ns is None
        names = {exchange.call.player, *players, *_changed(noted[span.begin : span.end], exchange)}
        left = None if underway else players_before(world, later, names)
        fields_left = fields_before(world, later)
    before = excerpt(world.platform, fields, players)
    after = None if left is None else excerpt(world.platform, fields_left, left)
    return CallState(exchange.id, span.exact, is_whole, before, after)


def _held(world: World, exchange_id: int) -> Exchange:
    found = world.journal.find(after=exchange_id - 1, limit=1) if exchange_id else []
    if not found or found[0].id != exchange_id:
        raise NotFound(
            f"The journal holds no call {exchange_id}.",
            "GET /__emulator/v1/requests lists those that it holds.",
        )
    if exchange_id <= world.past.begins_after:
        raise PastForgotten(
            f"What was before call {exchange_id} is not known any more: the world became another"
            " one since, its server began anew, or more was done than is kept.",
            "Ask of a later call.",
        )
    return found[0]


def _span(world: World, exchange: Exchange, noted: list[Noted]) -> Span:
    """A call that does not wait acts as it comes, and nothing can come between."""
    waited = _waited(exchange)
    held = world.journal.find()
    last_id = _last_meanwhile(world, exchange, held) if waited else exchange.id
    meanwhile = [each for each in noted if each.call_id <= last_id]
    player = exchange.call.player
    own = [
        at
        for at, each in enumerate(meanwhile)
        if _may_write(exchange) and _is_of_call(each) and player == _whose_call(each)
    ]
    if not own:
        is_moved = any(not _is_shown_nowhere(each) for each in meanwhile)
        return Span(0, 0, exact=not (waited and is_moved))
    is_alone = not any(_may_mix(exchange, other, last_id) for other in held)
    gaps = sum(exchange.id <= each.id <= last_id for each in held) <= last_id - exchange.id
    return Span(own[0], own[-1] + 1, exact=is_alone and not gaps)


def _last_meanwhile(world: World, exchange: Exchange, held: list[Exchange]) -> int:
    """The id of the last call that came before the answer to that one."""
    answered_ns = exchange.answered_ns
    later = (
        each.id - 1
        for each in held
        if each.id > exchange.id and answered_ns is not None and each.received_ns > answered_ns
    )
    return next(later, world.journal.last_id)


def _waited(exchange: Exchange) -> bool:
    decision = exchange.decision
    return decision is not None and bool(decision.before.duration_ms) and decision.acts


def _may_write(exchange: Exchange) -> bool:
    decision, reply = exchange.decision, exchange.reply
    if decision is None or not decision.acts:
        return False
    return decision.effect is not None or reply is None or reply.error is None


def _may_mix(exchange: Exchange, other: Exchange, last_id: int) -> bool:
    """Whether what the other wrote may stand among what that call did."""
    if other.id == exchange.id or other.call.player != exchange.call.player:
        return False
    if not _may_write(other) or other.id > last_id:
        return False
    if other.id > exchange.id:
        return True
    is_over = other.answered_ns is not None and other.answered_ns < exchange.received_ns
    return _waited(other) and not is_over


def _is_of_call(noted: Noted) -> bool:
    return noted.act is None and bool(_openids(noted))


def _is_shown_nowhere(noted: Noted) -> bool:
    """Whether no document has what the step changed."""
    return isinstance(noted.undo, TalliesWere | TokensWere)


def _openids(noted: Noted) -> tuple[str, ...]:
    """Whom the step changed, if anybody."""
    return (noted.undo.openid,) if isinstance(noted.undo, PlayerWas) else ()


def _whose_call(noted: Noted) -> str | None:
    """The player whose call it was that changed somebody, if it did."""
    undo = noted.undo
    return (undo.by or undo.openid) if isinstance(undo, PlayerWas) else None


def _changed(noted: list[Noted], exchange: Exchange) -> list[str]:
    """Whom the call changed: who is another may have been nobody before."""
    player = exchange.call.player
    return [openid for each in noted if _whose_call(each) == player for openid in _openids(each)]


def _concerned(
    world: World, exchange: Exchange, noted: list[Noted]
) -> tuple[dict[str, Record], bool]:
    """The player whose call it is, and the others that its API looks at, before what was noted;
    and whether these are all.
    """
    player = exchange.call.player
    own = players_before(world, noted, [player])
    concerns = _others(world, exchange, own.get(player) or Record())
    if concerns is None:
        return own, True
    found = (openid for openid, record in world.store.items() if concerns(openid, record))
    others = list(islice(found, MOST_OTHERS + 1))
    names = {player, *others[:MOST_OTHERS]}
    names.update(openid for each in noted for openid in _openids(each))
    players = players_before(world, noted, names)
    return dict(_chosen(players, player, concerns)), len(others) <= MOST_OTHERS


def _chosen(
    players: dict[str, Record], player: str, concerns: Concerns
) -> Iterator[tuple[str, Record]]:
    for openid, record in players.items():
        if openid == player or concerns(openid, record):
            yield openid, record


def _others(world: World, exchange: Exchange, record: Record) -> Concerns | None:
    call = exchange.call
    options = json.decode(call.sent) if call.sent else call.options
    try:
        check(call.api, options)
    except ApiError:
        return None
    return world.platform.others(call.api.name, options, record)
