"""A story told: the bundle of a world's last calls."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Raw

from tt_emulator import __version__
from tt_emulator.config import DEFAULT_URL
from tt_emulator.domain import export
from tt_emulator.domain.clock import iso
from tt_emulator.domain.past import Act
from tt_emulator.domain.tokens import Token
from tt_emulator.journal import Exchange
from tt_emulator.story.before import before
from tt_emulator.story.bundle import VERSION, StableToken
from tt_emulator.story.secrets import act_without_secret, without_secret
from tt_emulator.world import World, meta


def told(
    world: World, seed: int, player: str | None = None, last: int | None = None
) -> Iterator[bytes]:
    """The bundle in pieces, a deed on each line: the last so many calls, by default all that are
    known, of that player or of anybody, with all that happened since the first of them.
    """
    with world.store.deed, world.store.lock:
        held = _unbroken(each for each in world.journal.find() if each.id > world.past.begins_after)
        chosen = [each for each in held if player in (None, each.call.player)]
        chosen = chosen[max(len(chosen) - last, 0) :] if last is not None else chosen
        first_id = _first_id(held, chosen[0]) if chosen else world.journal.last_id + 1
        kept = [each for each in held if each.id >= first_id]
        noted = world.past.since(first_id)
        then = before(world, noted)
        deeds = list(_deeds(kept, [(each.call_id, each.act) for each in noted if each.act]))
    platform, players = world.platform, then.players.items()
    settings, clock = meta.read(without_secret(then.fields), platform.settings)
    name = platform.identity.name
    document = export.written(name, settings, clock, players, platform.document.fields)
    lineup = then.faults.lineup
    yield _line({"bundle": VERSION}, b"{")
    yield _line({"version": __version__, "platform": name, "seed": seed})
    yield b'  "world": ' + b"".join(document).strip().replace(b"\n", b"\n  ") + b",\n"
    yield _list("faults", lineup.armed) + b",\n"
    counts = {"made": lineup.made, "ordinal": lineup.ordinal, "calls": then.faults.calls}
    yield _line({"counts": counts})
    yield _list("tokens", [_token(each) for each in then.tokens if each.stable]) + b",\n"
    yield _list("deeds", deeds) + b"\n}\n"


def _unbroken(calls: Iterable[Exchange]) -> list[Exchange]:
    """Those after the last that somebody has cleared: what it did would be missing."""
    held: list[Exchange] = []
    for call in calls:
        if held and call.id != held[-1].id + 1:
            held.clear()
        held.append(call)
    return held


def _first_id(held: list[Exchange], first: Exchange) -> int:
    """The id of that call, or of one that waited then, and acted when that was over."""
    for call in reversed(held[: held.index(first)]):
        is_over = call.answered_ns is not None and call.answered_ns <= first.received_ns
        if (
            not is_over
            and call.decision
            and call.decision.acts
            and call.decision.before.duration_ms
        ):
            first = call
    return first.id


def _token(token: Token) -> StableToken:
    return StableToken(token.appid, token.at_ms, token.until_ms, token.forced)


def _line(fields: dict[str, Any], opening: bytes = b"") -> bytes:
    texts = [
        b"  " + msgspec.json.encode(name) + b": " + msgspec.json.encode(value)
        for name, value in fields.items()
    ]
    return (opening + b"\n" if opening else b"") + b"".join(text + b",\n" for text in texts)


def _list(name: str, items: Any) -> bytes:
    lines = b",\n".join(b"    " + msgspec.json.encode(item) for item in items)
    return b'  "%b": [%b]' % (name.encode(), b"\n" + lines + b"\n  " if lines else b"")


def _deeds(calls: list[Exchange], acts: list[tuple[int, Act]]) -> Iterator[dict[str, Any]]:
    """In the order in which they came; what happened between two calls follows the first."""
    in_order: list[tuple[int, int, Exchange | Act]] = [
        *((call.id, 0, call) for call in calls),
        *((call_id, 1, act) for call_id, act in acts),
    ]
    in_order.sort(key=itemgetter(0, 1))
    begin_ns = calls[0].received_ns if calls else 0
    for _, _, each in in_order:
        if isinstance(each, Act):
            offset_ms = max(0.0, (each.at_ns - begin_ns) / 1e6)
            at = iso(each.at_ms)
            yield {
                "kind": "tester",
                "offset_ms": offset_ms,
                "at": at,
                "did": Raw(act_without_secret(each.text)),
            }
        else:
            yield _call(each, max(0.0, (each.received_ns - begin_ns) / 1e6))


def _call(exchange: Exchange, offset_ms: float) -> dict[str, Any]:
    view = exchange.view()
    fields = {name: getattr(view, name) for name in view.__struct_fields__ if name != "answered_at"}
    url = exchange.call.base_url
    own = {} if url == DEFAULT_URL else {"base_url": url}
    return {"kind": "call", "offset_ms": offset_ms, **fields, **own}
