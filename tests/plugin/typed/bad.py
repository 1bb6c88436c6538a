"""Checked by mypy, never run: what a typed test may not write, one mistake a line."""

from tt_emulator.pytest_plugin import TTEmulator


def test_it(tt_emulator: TTEmulator) -> None:
    tt_emulator.fail("server-error", moment="later")
    tt_emulator.fail("server-error", tims=2)
    tt_emulator.fail("server-error", wire="hang")
    tt_emulator.fault(wire="hag")
    tt_emulator.fault(client="thrice")
    tt_emulator.player("alice", network="slow")
    tt_emulator.player("alice").put(openid="bob")
    tt_emulator.wait_for("login", payer="alice")
    tt_emulator.move_clock(forward=3)
    tt_emulator.page("/", "alice", "w")
    tt_emulator.nothing()
