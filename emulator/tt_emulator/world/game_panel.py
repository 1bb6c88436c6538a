"""The panel in a game's page: switches for its own player, and that player's last calls."""

from contextlib import suppress
from threading import Lock
from typing import Any

from msgspec import Struct

from tt_emulator.domain.clock import Timestamp, iso
from tt_emulator.domain.reading import nearest, refusal
from tt_emulator.errors import Flaw, Forbidden, NotArmed, Unprocessable
from tt_emulator.faults.views import Fault
from tt_emulator.journal.exchange import Exchange
from tt_emulator.world.world import World

MAX_CALLS = 20
MAX_ARMED = 100
"""By the panels of all players of a world: whoever calls names any player, and faults are few."""


class Switching(Struct, frozen=True, forbid_unknown_fields=True):
    """What a tester asks for: that switch, on or off."""

    switch: str
    on: bool


class Switch(Struct, frozen=True):
    """A switch, which is on as long as its fault can still strike."""

    switch: str
    on: bool


class LastCall(Struct, frozen=True):
    """A call and its outcome, as the journal has it: `ok`, or the name of an error. `code` is the
    error's in the reply, and `None` without one; all but the first and the last are `None` while
    the call is under way.
    """

    api: str
    outcome: str | None
    code: int | str | None
    duration_ms: float | None
    received_at: Timestamp


class GamePanel(Struct, frozen=True):
    """All of it; the calls oldest first."""

    switches: list[Switch]
    calls: list[LastCall]


_switching = Lock()  # two that switch on at once would arm two


def shown(world: World, player: str) -> GamePanel:
    """What the player's panel shows. Raises `Forbidden` if the world does not let it."""
    _demand_consent(world)
    on = {fault.label for fault in _own(world, player) if not fault.completed}
    switches = [Switch(name, _label(name) in on) for name in world.platform.switches]
    held = world.journal.find(player=player)[-MAX_CALLS:]
    codes = world.platform.identity.code_fields
    return GamePanel(switches, [_last_call(exchange, codes) for exchange in held])


def turn(world: World, player: str, wanted: Switching) -> None:
    """Arm the switch's fault for the player, or take off what was armed so.

    Raises `Forbidden` if the world does not let it, `Unprocessable`.
    """
    _demand_consent(world)
    known = world.platform.switches
    if wanted.switch not in known:
        detail = f"unknown switch {wanted.switch!r}; {nearest(wanted.switch, known)}"
        raise refusal([Flaw("/switch", detail)])
    label = _label(wanted.switch)
    with world.store.deed, _switching:
        armed = [fault for fault in _own(world, player) if fault.label == label]
        if wanted.on and not all(fault.completed for fault in armed):
            return
        for fault in armed:
            with suppress(NotArmed):  # somebody else was faster
                world.faults.disarm(fault.id)
        if wanted.on:
            _make_room(world)
            world.faults.arm({**known[wanted.switch], "player": player, "label": label})


def _demand_consent(world: World) -> None:
    if not world.settings.game_panel:
        raise Forbidden(
            f"The world {world.name!r} does not let its games' pages show the panel for testers.",
            "Turn on its setting game_panel, in the tester's page or by PUT"
            ' /__emulator/v1/settings {"game_panel": true}.',
        )


def _own(world: World, player: str) -> list[Fault]:
    """The faults that were armed by the player's panel."""
    return [fault for fault in _of_panels(world) if fault.player == player]


def _of_panels(world: World) -> list[Fault]:
    labels = {_label(name) for name in world.platform.switches}
    return [fault for fault in world.faults.views() if fault.label in labels]


def _make_room(world: World) -> None:
    """Take off what has struck, where panels have armed so much; raises `Unprocessable`."""
    armed = _of_panels(world)
    if len(armed) < MAX_ARMED:
        return
    struck = [fault for fault in armed if fault.completed]
    for fault in struck:
        with suppress(NotArmed):
            world.faults.disarm(fault.id)
    if not struck:
        raise Unprocessable(
            f"Panels have turned on {MAX_ARMED} switches in this world.", "Turn some off first."
        )


def _label(switch: str) -> str:
    return f"game panel: {switch}"


def _last_call(exchange: Exchange, code_fields: tuple[str, ...]) -> LastCall:
    received_at, api = iso(exchange.received_ms), exchange.call.api.name
    if exchange.answered_ns is None:
        return LastCall(api, None, None, None, received_at)
    body: dict[str, Any] = exchange.view().reply or {}
    codes = (body[name] for name in code_fields if isinstance(body.get(name), int))
    return LastCall(api, exchange.outcome, next(codes, None), exchange.duration_ms(), received_at)
