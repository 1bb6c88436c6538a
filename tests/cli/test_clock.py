import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tt_emulator.client import Client


def test_without_a_flag_the_time_is_shown(tt: Callable[..., Any], client: Client) -> None:
    client.move_clock(set=0, freeze=True)

    shown = f"it is 1970-01-01T00:00:00.000Z in world {client.world}, and stays so\n"
    assert tt("clock").out == shown
    assert json.loads(tt("clock", "--json").out) == client.clock()


@pytest.mark.parametrize("time", ["2026-02-01T23:59:59+08:00", "1769961599000"])
def test_it_can_be_set(tt: Callable[..., Any], client: Client, time: str) -> None:
    now = json.loads(tt("clock", "--set", time, "--freeze", "--json").out)

    assert now == {"now": "2026-02-01T15:59:59.000Z", "frozen": True} == client.clock()


def test_it_can_be_moved_on_and_back(tt: Callable[..., Any], client: Client) -> None:
    client.move_clock(set=1000, freeze=True)
    tt("clock", "--advance-s", "86400.5")
    tt("clock", "--advance-s", "-86400")

    assert datetime.fromisoformat(client.clock()["now"]).timestamp() == 1.5


def test_what_was_frozen_goes_on(tt: Callable[..., Any], client: Client) -> None:
    tt("clock", "--freeze")
    assert client.clock()["frozen"]

    assert not tt("clock", "--go-on").out.endswith("stays so\n")
    assert not client.clock()["frozen"]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--set", "yesterday"], 7),
        (["--set", "0", "--advance-s", "1"], 7),
        (["--advance-s", "-1e15"], 7),
        (["--advance-s", "a day"], 2),
    ],
)
def test_what_cannot_be_is_refused_and_the_clock_stays(
    tt: Callable[..., Any], client: Client, flags: list[str], code: int
) -> None:
    client.move_clock(set=1000, freeze=True)
    run = tt("clock", *flags)

    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("error: ")
    assert client.clock()["now"] == "1970-01-01T00:00:01.000Z"
