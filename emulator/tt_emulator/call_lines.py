"""A call as one line for people: what `requests` lists and `start --log` prints."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tt_emulator.platforms import Identity
from tt_emulator.terminal import aligned, cell

Exchange = dict[str, Any]
"""An exchange as the control API shows it."""
Translate = Callable[[str], str]

HEAD = ("ID", "TIME", "PLAYER", "API", "FAULT", "MS", "REPLY")
WIDTHS = (5, 12, 12, 22, 5, 8, 0)
"""Of lines that come one by one, in columns of a terminal; what is longer moves the rest."""

_WORLD = "WORLD"
_WORLD_PLACE, _WORLD_WIDTH = 2, 12


def head(translate: Translate, *, worlds: bool = False) -> str:
    """What stands above such lines, with the worlds if they tell theirs."""
    return _line(map(translate, HEAD), translate(_WORLD) if worlds else None)


def line(
    exchange: Exchange, platform: Identity, translate: Translate, world: str | None = None
) -> str:
    """The line of a call of that platform, with its world if it is given."""
    cells = map(cell, row(exchange, platform, translate))
    return _line(cells, None if world is None else cell(world))


def row(exchange: Exchange, platform: Identity, translate: Translate) -> list[object]:
    """The cells under `HEAD`."""
    received = datetime.fromisoformat(exchange["received_at"]).astimezone()
    duration_ms = exchange["duration_ms"]
    return [
        exchange["id"],
        received.strftime("%H:%M:%S.") + f"{received.microsecond // 1000:03}",
        exchange["player"],
        exchange["api"],
        exchange["fault"],
        None if duration_ms is None else f"{duration_ms:.1f}",
        _outcome(exchange, platform, translate),
    ]


def _line(cells: Iterable[str], world: str | None) -> str:
    shown, widths = list(cells), list(WIDTHS)
    if world is not None:
        shown.insert(_WORLD_PLACE, world)
        widths.insert(_WORLD_PLACE, _WORLD_WIDTH)
    return aligned(shown, widths)


def _outcome(exchange: Exchange, platform: Identity, translate: Translate) -> str:
    if exchange["answered_at"] is None:
        return translate("(no answer yet)")
    reply = exchange["reply"]
    if not isinstance(reply, dict):
        return f"{translate('(no reply)')} {translate(exchange['reason'] or '')}"
    outcome = platform.outcome(reply).removeprefix(f"{exchange['api']}:")
    if exchange["fault"] is None and platform.is_failure(reply):  # the emulator's own judgement
        return f"{outcome} [{translate(exchange['reason'])}]"
    return outcome
