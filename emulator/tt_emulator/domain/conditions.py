"""What of a world makes calls fail, or end otherwise than in a new one; faults aside."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, to_builtins

from tt_emulator.catalog import Catalog
from tt_emulator.domain.boards import Boards, Name, Place, Rule
from tt_emulator.domain.hosts import require_host
from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.settings import Host, WorldSettings
from tt_emulator.domain.world_clock import WorldClock
from tt_emulator.errors import ApiError

FAMILY = "condition"
STATES = ("offline", "session_expired", "session_none", "account_out", "account_declines")
"""In what a player can be beside `online`, `valid` and `in`; without the account there is no
session, and so that is told of the account alone."""

_TELLING = frozenset({"network", "session", "account"})

States = Mapping[str, tuple[tuple[str, ...], Any]]
"""Further states of a platform's players, by name: where in a profile which value stands then."""


class Conditions(Struct, frozen=True, forbid_unknown_fields=True):
    """Of `players`, how many are in each of `STATES`, and in each further state of their platform
    in which somebody is; `host_lacks` are the APIs that the host does
    not offer, `settings` the fields that are not as in a new world, `clock_offset_ms` how far the
    world's time is from the computer's, `null` for one that stands, and then at `clock_frozen_at`.
    """

    players: dict[str, int]
    host_lacks: list[str]
    settings: list[str]
    clock_offset_ms: int | None
    clock_frozen_at: str | None


def of(
    boards: Boards,
    settings: WorldSettings,
    clock: WorldClock,
    catalog: Catalog,
    further: Iterable[str] = (),
) -> Conditions:
    """The conditions now, `further` the names of the platform's states. Hold the store's lock."""
    frozen = clock.setting.frozen_at is not None
    counts = {state: len(boards.board((FAMILY, state))) for state in (*STATES, *further)}
    return Conditions(
        {state: count for state, count in counts.items() if count or state in STATES},
        [name for name, api in catalog.apis.items() if _lacks(api, settings.host)],
        list(_differing(to_builtins(WorldSettings()), to_builtins(settings))),
        None if frozen else clock.setting.offset_ms,
        clock.view().now if frozen else None,
    )


def player_states(new_player_session: str, further: States | None = None) -> Rule:
    """The boards of players by what they are in, where new ones have such a session."""
    more = further or {}
    telling = _TELLING | {path[0] for path, _ in more.values()}

    def placing(openid: str, record: Record) -> Iterator[tuple[Name, Place]]:
        for state in _states(record.profile, new_player_session):
            yield (FAMILY, state), (0, 0, 0, openid)
        for state, (path, value) in more.items():
            if _at(record.profile, path) == value:
                yield (FAMILY, state), (0, 0, 0, openid)

    def concerns(change: Change) -> bool:
        return new_player_session != "valid" or not telling.isdisjoint(change.profile)

    return Rule(placing, concerns)


def _states(profile: dict[str, Any], new_player_session: str) -> Iterator[str]:
    account = profile.get("account") or "in"
    session = profile.get("session", new_player_session)
    if profile.get("network", "online") != "online":
        yield "offline"
    if account != "in":
        yield f"account_{account}"
    elif session != "valid":
        yield f"session_{session}"


def _at(profile: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        profile = profile.get(name) if isinstance(profile, dict) else None
    return profile


def _lacks(api: Any, host: Host) -> bool:
    try:
        require_host(api, host)
    except ApiError:
        return True
    return False


def _differing(before: Any, after: Any, path: str = "") -> Iterator[str]:
    if path == "host.unsupported":
        return  # the APIs are told by themselves
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for name, value in after.items():
            yield from _differing(before.get(name), value, f"{path}.{name}" if path else name)
    elif before != after:
        yield path
