"""The types of what verbs take by name, against what the server takes."""

from typing import get_args, get_type_hints

import pytest

from tt_emulator.client.fields import (
    ClockMove,
    FaultFields,
    LogNormal,
    Match,
    Misbehaviour,
    Pair,
    PlayerFields,
    Uniform,
    Wire,
)
from tt_emulator.domain import world_clock
from tt_emulator.faults.kinds import NAMED
from tt_emulator.faults.spec import FaultSpec, Spread
from tt_emulator.journal import match
from tt_emulator.platforms import PLATFORMS, load
from tt_emulator.platforms.profiles import KVData


def fields(shape: type) -> set[str]:
    return set(get_type_hints(shape))


PLAYERS = {
    name
    for identity in PLATFORMS.values()
    for name in load(identity).players.PlayerPatch.__struct_fields__
}


@pytest.mark.parametrize(
    ("ours", "servers"),
    [
        (fields(FaultFields), set(FaultSpec.__struct_fields__)),
        (fields(PlayerFields), PLAYERS - {"openid"}),
        (fields(Pair), set(KVData.__struct_fields__)),
        (fields(Match), set(match.Match.__struct_fields__)),
        (fields(ClockMove), set(world_clock.ClockMove.__struct_fields__)),
        (fields(Uniform) | fields(LogNormal), set(Spread.__struct_fields__)),
    ],
    ids=["fault", "player", "pair", "match", "clock", "delay"],
)
def test_each_field_that_the_server_takes_has_a_type_and_no_other(
    ours: set[str], servers: set[str]
) -> None:
    assert ours == servers


def test_each_kind_of_fault_is_a_value_and_no_other() -> None:
    ours = {"wire": list(get_args(Wire)), "client": list(get_args(Misbehaviour))}

    assert ours == {family: list(kinds) for family, kinds in NAMED.items()}
