"""What a page is told of players, held to the players themselves, on each platform."""

from functools import reduce
from typing import Any

import pytest
from msgspec import to_builtins

from tt_emulator.domain.record import Change, Record
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.platform import Platform
from tt_emulator.platforms.player_fields import PlayerField

PLAYER = "alice"
ELSEWHERE = {"openid", "nickname", "avatarUrl", "KVDataList", "friends"}
"""What the page has fields of its own for."""
DERIVED = {"session_key", "privacy_asks_again_at"}
FIELDS = [
    pytest.param(platform, field, id=f"{name}{field.pointer}")
    for name, identity in PLATFORMS.items()
    for platform in [load(identity)]
    for field in platform.player_fields
]


def nested(names: list[str], value: Any) -> Any:
    return reduce(lambda inner, name: {name: inner}, reversed(names), value)


def at(player: Any, names: list[str]) -> Any:
    return reduce(lambda place, name: place[name], names, player)


def set_to(platform: Platform, field: PlayerField, value: Any) -> Any:
    """The field of a player in whom it was set, as the control API shows it."""
    names = field.pointer.split("/")[1:]
    change: Change = platform.players.change(
        PLAYER, Record(), nested(names, value), platform.catalog, 0, 0
    )
    record = Record(profile={name: each for name, each in change.profile.items()})
    return at(to_builtins(platform.players.view(PLAYER, record, WorldSettings(), "")), names)


@pytest.mark.parametrize(("platform", "field"), FIELDS)
def test_each_state_can_be_set_and_is_shown(platform: Platform, field: PlayerField) -> None:
    for state in field.states:
        assert set_to(platform, field, state.value) == state.value


@pytest.mark.parametrize(("platform", "field"), FIELDS)
def test_a_failure_that_a_state_makes_is_an_error_of_the_platform(
    platform: Platform, field: PlayerField
) -> None:
    known = {row.name for row in platform.catalog.rows()}

    assert known.issuperset(name for state in field.states for name in state.fails)


@pytest.mark.parametrize("name", PLATFORMS)
def test_all_that_can_be_set_of_a_player_is_told(name: str) -> None:
    platform = load(PLATFORMS[name])
    told = {field.pointer.split("/")[1] for field in platform.player_fields}

    settable = set(platform.players.PlayerPatch.__struct_fields__)
    assert told == settable - ELSEWHERE - DERIVED
