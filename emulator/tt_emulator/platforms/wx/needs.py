"""What of the player's state a call needs, in the order in which it is looked at."""

from collections.abc import Callable

from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.wx import arguments, groups, privacy, scopes

OFFLINE = ("connect-fail", "network-unavailable", "internal-error")
"""Rows by which an API fails for a player who is offline: the first that it has."""


def require_state(turn: Turn) -> None:
    """Raise `ApiError` if the call is not one, or the player lacks what its API needs.

    The runtime sees what is wrong with the options, before anything is asked; then come the gates
    in the order in which a phone shows their windows, and at last the network. An order that no
    page tells. What an API needs without a row that tells of it, is not asked for.
    """
    arguments.check(turn)
    needs = turn.api.needs
    for need, require in _REQUIRE.items():
        if need in needs:
            require(turn)


def _require_network(turn: Turn) -> None:
    rows = [name for name in OFFLINE if turn.api.row(name) is not None]
    if rows and turn.network != "online":
        raise ApiError(rows[0], reason="the player is offline")


def _scope(name: str) -> Callable[[Turn], None]:
    return lambda turn: scopes.require(turn, name)


_REQUIRE: dict[str, Callable[[Turn], None]] = {
    "privacy": privacy.require,
    **{scope: _scope(scope) for scope in scopes.SCOPES},
    "group-launch": groups.require_launch,
    "network": _require_network,
}
