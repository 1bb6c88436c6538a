"""What is wrong with a call's options, where it is known how the platform tells of it.

What it makes of other wrong options no page tells, so they are taken as if they were left out.
"""

from tt_emulator.domain.options import flaw_of
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError

INTERACTIVE_KEYS = frozenset(map(str, range(1, 51)))


def check(turn: Turn) -> None:
    """Raise `ApiError` if the options make no call."""
    if turn.api.name == "setUserCloudStorage":
        _check_pairs(turn)


def key_list(turn: Turn) -> tuple[list[str], str]:
    """The option `keyList` and what is wrong with it; of a wrong one an empty list."""
    param = next(param for param in turn.api.params if param.name == "keyList")
    _, flaw = flaw_of(param, turn.options)
    return ([], flaw) if flaw else (turn.options["keyList"], "")


def text(turn: Turn, name: str) -> str:
    """The option of that name, '' if it is none or no text."""
    value = turn.options.get(name)
    return value if isinstance(value, str) else ""


def _check_pairs(turn: Turn) -> None:
    (param,) = turn.api.params
    _, flaw = flaw_of(param, turn.options)
    if flaw:
        is_list = isinstance(turn.options.get(param.name), list)
        raise ApiError("bad-item" if is_list else "bad-list", reason=flaw)
