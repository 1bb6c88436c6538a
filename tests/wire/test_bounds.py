"""Every number that is read has bounds by its type: one beyond them breaks no response later."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import inspect

from tt_emulator.domain.codes import LoginCode
from tt_emulator.domain.document import Sealed
from tt_emulator.domain.settings import WorldSettings
from tt_emulator.domain.world_clock import ClockMove, ClockSetting
from tt_emulator.faults.scenario import Scenario
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.journal.match import Question
from tt_emulator.platforms.tt.document import WorldDocument
from tt_emulator.platforms.tt.players import PlayerPatch

INPUT_TYPES = [
    *(WorldSettings, PlayerPatch, WorldDocument, Sealed, ClockMove, ClockSetting, LoginCode),
    *(FaultSpec, Question, Scenario),
]


def numbers(kind: inspect.Type, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(kind, inspect.IntType | inspect.FloatType):
        yield place, kind
    below = [getattr(kind, name, None) for name in ("type", "item_type", "value_type")]
    for each in [*below, *getattr(kind, "types", ())]:
        if isinstance(each, inspect.Type):
            yield from numbers(each, place)
    for field in getattr(kind, "fields", ()):
        yield from numbers(field.type, f"{place}/{field.name}")


@pytest.mark.parametrize("input_type", INPUT_TYPES)
def test_every_number_has_bounds(input_type: Any) -> None:
    found = list(numbers(inspect.type_info(input_type)))

    assert found or input_type in {PlayerPatch, LoginCode, Scenario}
    assert [
        place
        for place, number in found
        if {number.ge, number.gt} == {None} or {number.le, number.lt} == {None}
    ] == []


BEYOND = ["18446744073709551616", "9" * 30, "1e300"]


@pytest.mark.parametrize("number", BEYOND)
@pytest.mark.parametrize(
    "place",
    ["deviceScore", "statusBarHeight", "windowWidth", "pixelRatio", "safeArea.left"],
)
def test_a_number_beyond_all_bounds_is_refused_by_settings_and_import(entry_point, number, place):
    outer, _, inner = place.partition(".")
    phone = f'{{"{outer}": {{"{inner}": {number}}}}}' if inner else f'{{"{outer}": {number}}}'
    settings = f'{{"system": {phone}}}'
    typed = {"Content_Type": "application/json"}

    put = entry_point("PUT", "/__emulator/v1/settings", settings.encode(), **typed)
    world = f'{{"schema": 1, "settings": {settings}, "players": []}}'
    brought = entry_point("PUT", "/__emulator/v1/worlds/w", world.encode(), **typed)

    assert (put.status, brought.status) == (422, 422)
    assert put.json["errors"][0]["pointer"] == f"/system/{place.replace('.', '/')}"
    assert brought.json["errors"][0]["pointer"] == f"/settings/system/{place.replace('.', '/')}"
