"""What happened in a world, in words: its last calls, and what its faults did."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tt_emulator.platforms import Identity
from tt_emulator.terminal import escaped

Json = dict[str, Any]

TAIL = 20
_WIDTH = 160
_ACTIONS = ("error", "wire", "client", "sequence", "reply", "delay_ms")
_CLAUSES = [
    *(
        "loop",
        "api",
        "player",
        "key",
        "domain",
        "skip",
        "times",
        "probability",
        "ttl_s",
        "moment",
        "label",
    )
]
_DEFAULTS = {"skip": 0, "probability": 1.0, "moment": "before"}


def is_left(fault: Json) -> bool:
    """Whether it has strikes left that were asked for by number."""
    return fault["remaining"] not in (None, 0)


def left(fault: Json, *, early: bool = False) -> str:
    """A fault that struck too seldom: why that is a failure, and what can be done; `early` if it
    was taken off before its block ended.
    """
    items = fault.get("sequence")
    missed = "a failure that was asked for did not happen"
    if items and not fault.get("loop") and set(items[-fault["remaining"] :]) == {"ok"}:
        missed = "a sequence was not played to its end"
    until = "  It was taken off before its block ended; later calls did not meet it.\n"
    return (
        f"{missed}: {described(fault)}\n{until if early else ''}"
        "  Let the game make these calls, arm it for fewer, or mark the test tt_allow_unconsumed."
    )


def failed(exchanges: Iterable[Json]) -> str:
    """The calls that the emulator itself could not answer."""
    failures = [
        escaped(f"  #{exchange['id']} {exchange['api']}: {exchange['reason']}")
        for exchange in exchanges
        if exchange["reason"].startswith("the emulator failed")
    ]
    return "\n".join(
        [
            "the emulator failed to answer; this is a bug of the emulator, or its disk:",
            *failures[-5:],
            "  The server's log has the traceback. tt_allow_internal_errors lets the test pass.",
        ]
    )


def uncaught(errors: Iterable[Json]) -> str:
    """The errors that the game did not catch, and nobody expected."""
    return "\n".join(
        [
            "the game did not catch:",
            *(f"  {place(error)}" for error in errors),
            "  Expect it by tt_emulator.game.wait_for_error(match), or mark the test"
            " tt_allow_game_errors.",
        ]
    )


def no_error(match: str, timeout_ms: int, errors: list[Json]) -> str:
    """An error that a test waited for, and the others that came."""
    told = ", ".join(map(place, errors)) or "none"
    return escaped(f"no error of the game matched {match!r} in {timeout_ms} ms; it threw: {told}")


def place(error: Json) -> str:
    """An error of the game, behind its place in the package."""
    where = "" if error["file"] is None else f"{error['file']}:{error['line']}: "
    return escaped(f"{where}{error['message']}")


def described(fault: Json) -> str:
    """A fault as it was asked for, and how often it struck, or why it never did."""
    action = next((name for name in _ACTIONS if fault.get(name) not in (None, 0)), "delay_ms")
    clauses = [
        f"{name} {fault[name]}"
        for name in _CLAUSES
        if fault.get(name) not in (None, _DEFAULTS.get(name))
    ]
    spec = f"{action} {fault[action]}" + (f" ({', '.join(clauses)})" if clauses else "")
    struck = f"struck {fault['hits']} times" if fault["hits"] else "never struck"
    left = f", {fault['remaining']} left" if is_left(fault) else ""
    miss = f": {fault['near_miss']}" if fault["near_miss"] else ""
    return escaped(f"{fault['id']}, {spec}, {struck}{left}{miss}")


def journal(exchanges: list[Json], platform: Identity, came: int) -> str:
    """The last of the calls that came, one a line: what was asked, what the game got, and why."""
    lines = [_line(exchange, platform) for exchange in exchanges[-TAIL:]]
    before = came - len(lines)
    return "\n".join([f"({before} earlier calls)", *lines] if before else lines)


def times(exchanges: list[Json]) -> str:
    """When the last of the calls came, since the first of all, and how long after the answer to
    the one of that player and API before it.
    """
    previous: dict[tuple[str, str], Json] = {}
    lines = []
    for exchange in exchanges:
        key = exchange["player"], exchange["api"]
        came_ms = _ms_between(exchanges[0], exchange)
        lines.append(f"#{exchange['id']} +{came_ms} ms{_gap(previous.get(key), exchange)}")
        previous[key] = exchange
    return "\n".join(lines[-TAIL:])


def _gap(before: Json | None, exchange: Json) -> str:
    if before is None or before["answered_at"] is None:
        return ""
    gap_ms = _ms_between(before, exchange) - round(before["duration_ms"])
    side = "before" if gap_ms < 0 else "after"
    return f", {abs(gap_ms)} ms {side} the answer to #{before['id']}"


def _ms_between(first: Json, later: Json) -> int:
    came, went = (datetime.fromisoformat(each["received_at"]) for each in (later, first))
    return round((came - went).total_seconds() * 1000)


def silence(strays: int, *, more: bool = False) -> str:
    """A world that nobody called, while so many calls, or `more`, came to the default one."""
    if not strays:
        return "no call came"
    return (
        f"no call came, but {'at least ' if more else ''}{strays} to the world default meanwhile: "
        "does the game know its world?\n"
        "  A page is told by tt_emulator.page(url), other code by createTT({url, world})."
    )


def log(text: str) -> str:
    """What the server has logged."""
    return "\n".join(map(escaped, text.splitlines()))


def _line(exchange: Json, platform: Identity) -> str:
    if exchange["answered_at"] is None:
        outcome = "no answer yet"
    elif exchange["reply"] is None:
        outcome = "no reply"
    else:
        outcome = platform.outcome(exchange["reply"])
    options = json.dumps(exchange["options"], ensure_ascii=False)
    call = f"#{exchange['id']} {exchange['player']} {exchange['api']} {options}"
    return escaped(f"{_short(call)} -> {outcome} [{exchange['reason']}]")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
