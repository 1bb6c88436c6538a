"""Checked by mypy, never run: what a typed test may write."""

import pytest

from tt_emulator.client import Unmet, Verdict
from tt_emulator.pytest_plugin import Fault, Player, Server, TTEmulator

PAIRS = {"KVDataList": [{"key": "score", "value": "1"}]}


@pytest.fixture
def alice(tt_emulator: TTEmulator) -> Player:
    return tt_emulator.player("alice", session="expired", KVDataList=[{"key": "a", "value": "1"}])


def test_it(tt_emulator: TTEmulator, tt_emulator_server: Server, alice: Player) -> None:
    fault: Fault = tt_emulator.fail("network-unavailable", api=["login"], times=2, moment="after")
    with tt_emulator.fault(wire="hang", delay_ms={"min": 1, "max": 2}) as armed:
        armed.refresh()
    tt_emulator.fault(sequence=["server-error", "ok", 999993], key="score*", domain="open")
    tt_emulator.fault(sequence=["ok", "hang"], loop=True, times=2)
    tt_emulator.fault(reply={"errMsg": "login:fail", "n": [1]}, api="login", moment="after")
    alice.put(network="offline", group=None)
    stored: str = alice.saved()["score"]
    verdict: Verdict = tt_emulator.wait_for("login", {"min": 1}, timeout_ms=5, check=False)
    tt_emulator.assert_called("login", player="alice", ok=True, error=999985)
    tt_emulator.move_clock(advance_s=3.5, freeze=True)
    with pytest.raises(Unmet):
        tt_emulator.wait_for("login", 3)
    page: str = tt_emulator.page("http://localhost:7456", player="alice")
    thrown: int | None = tt_emulator.game.wait_for_error("out of .*", timeout_ms=5)["line"]
    print(thrown, tt_emulator.page(player="alice"), tt_emulator_server.game_url)
    print(fault, stored, verdict.count, page, tt_emulator_server.url, alice.call("login").fault)
