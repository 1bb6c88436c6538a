"""`start --log`: a line for each call that was answered."""

import io
import logging
import os
import re
import subprocess
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from harness import ScriptedClock
from process import START_S, emulator
from tt_emulator.client import Client
from tt_emulator.domain.model import Call
from tt_emulator.engine import Engine
from tt_emulator.errors import Refused
from tt_emulator.language.logs import Elsewhere, InLanguage, logger
from tt_emulator.platforms import load
from tt_emulator.server.call_log import MAX_WAITING, CallLog
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.world import Worlds

TIME = re.compile(r"\d\d:\d\d:\d\d\.\d\d\d")


class Terminal:
    """A terminal that takes nothing until it is let go on."""

    def __init__(self) -> None:
        self.text = ""
        self.takes = Event()

    def write(self, text: bytes) -> None:
        self.takes.wait(START_S)
        self.text += text.decode()

    def lines(self) -> list[str]:
        return [TIME.sub("TIME", line) for line in self.text.splitlines()]


class Logged:
    """An engine whose calls are logged on that terminal."""

    def __init__(self, lang: str = "en") -> None:
        self.terminal = Terminal()
        self.log = CallLog(self.terminal.write, lang)
        self.worlds = Worlds(
            MemoryStorage(), load(), ScriptedClock(), answered=self.log.add, on_socket=True
        )
        self.engine = Engine(self.worlds)

    def call(self, api: str = "login", **fields: Any) -> None:
        list(self.engine.handle(Call(load().catalog.apis[api], {}, **fields)))

    def end(self) -> list[str]:
        self.terminal.takes.set()
        self.log.start()
        self.log.stop()
        return self.terminal.lines()


def test_each_call_is_a_line_as_requests_lists_it_with_its_world() -> None:
    logged = Logged()
    logged.worlds.open("w3").faults.arm({"error": "network-unavailable"})
    logged.call(player="爱丽丝")
    logged.call(player="bob\x1b[2J", world="w3")
    logged.call("getUserCloudStorage", player="ok")

    assert logged.end() == [
        "ID     TIME          WORLD         PLAYER        API                     FAULT  MS"
        "        REPLY",
        "1      TIME  default       爱丽丝        login                   -      0.0       ok",
        "1      TIME  w3            bob\\x1b[2J    login                   f1     0.0       "
        "fail network unavailable",
        "2      TIME  default       ok            getUserCloudStorage     -      0.0       "
        "fail keyList (999999) [keyList is missing]",
    ]


def test_it_speaks_the_language_of_the_log_and_leaves_names_as_they_are() -> None:
    logged = Logged("zh")
    logged.worlds.open("default").faults.arm({"wire": "reset"})
    logged.call(player="VALUE")

    head, line = logged.end()
    assert head.split() == ["ID", "时间", "世界", "玩家", "接口", "故障", "毫秒", "应答"]
    assert line.split()[2:5] == ["default", "VALUE", "login"]
    assert line.endswith("（没有应答） f1 触发，第 1 次")


def test_a_call_that_came_twice_is_one_line() -> None:
    logged = Logged()
    logged.call(call_id="c")
    logged.call(call_id="c")

    assert len(logged.end()) == 2


def test_a_world_that_was_dropped_meanwhile_has_its_line() -> None:
    logged = Logged()
    logged.call(world="w3")
    logged.worlds.drop("w3")

    assert logged.end()[1].split()[2] == "w3"


def test_a_terminal_that_takes_nothing_holds_up_no_call_and_is_told_how_many_it_missed() -> None:
    logged = Logged()
    logged.log.start()
    for _ in range(MAX_WAITING + 7):
        logged.call()
    logged.terminal.takes.set()
    logged.log.stop()

    *lines, last = logged.terminal.lines()
    assert len(lines) == 1 + MAX_WAITING
    assert last == "(7 calls came faster than they could be printed: `tt-emulator requests`)"


def test_large_calls_that_wait_for_a_terminal_take_no_more_memory_than_so_much() -> None:
    logged = Logged()
    api = load().catalog.apis["login"]
    logged.log.start()
    for _ in range(20):
        list(logged.engine.handle(Call(api, {}, sent=b'{"text":"%s"}' % (b"x" * 1_000_000))))
    logged.terminal.takes.set()
    logged.log.stop()

    assert logged.terminal.lines()[-1].startswith("(12 calls came faster")


def test_the_servers_own_lines_stand_among_the_calls(caplog: pytest.LogCaptureFixture) -> None:
    logged = Logged()
    printing = logging.StreamHandler(io.StringIO())
    printing.setFormatter(InLanguage("%(levelname)s %(message)s", "en"))
    root = logging.getLogger()
    root.addHandler(printing)
    elsewhere = Elsewhere(logged.log.add_text)
    elsewhere.take()
    try:
        logged.call(player="ann")
        logger().warning("the disk is full")
        logged.call(player="bob")
    finally:
        elsewhere.give_back()
        assert printing in root.handlers
        root.removeHandler(printing)

    _, ann, warning, bob = logged.end()
    assert (" ann " in ann, warning, " bob " in bob) == (True, "WARNING the disk is full", True)


def test_a_pipe_without_a_reader_ends_the_log_alone() -> None:
    logged = Logged()

    def broken(text: bytes) -> None:
        raise BrokenPipeError

    log = CallLog(broken, "en")
    log.start()
    log._thread.join(START_S)
    assert not log._thread.is_alive()
    logged.call()


def lines_of(running: Any) -> Iterator[str]:
    return iter(running.child.stderr.readline, "")


def test_a_running_server_prints_its_calls_and_goes_on_when_nobody_reads_them() -> None:
    with emulator("--ephemeral", "--log") as running:
        client = Client(running.url, "w3")
        client.call("login", player="ann")
        line = next(line for line in lines_of(running) if " ann " in line)
        assert line.split()[2:5] == ["w3", "ann", "login"]

        running.child.stderr.close()
        for _ in range(20):
            assert client.call("login")["errMsg"] == "login:ok"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signal to end kindly by")
def test_a_full_pipe_stops_neither_the_server_nor_its_end() -> None:
    with emulator("--ephemeral", "--log") as running:
        client = Client(running.url, "w" * 64)
        for _ in range(1500):
            assert client.call("login", player="p" * 100)["errMsg"] == "login:ok"
        with pytest.raises(Refused):
            client.call("noSuchApi")  # of which the log has a line
        assert client.call("login")["errMsg"] == "login:ok"
        running.child.terminate()
        try:
            assert running.child.wait(START_S) == 0
        except subprocess.TimeoutExpired:
            pytest.fail("the server waits for its terminal")


def test_without_the_flag_no_call_is_printed() -> None:
    with emulator("--ephemeral") as running:
        Client(running.url).call("login", player="ann")
        running.stop()
        assert " ann " not in running.child.communicate()[1]
