"""tt.connectSocket of a played package, in Chromium and against a server of this machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from browser.conftest import FLAGS
from browser.playing import Played, line_of, played, reported, until, write_package
from browser.test_play_network import _asked_of
from echo import Echo, echo
from tt_emulator.client import Client

SHOW = """
const show = (name, value) => console.log('told ' + name + ' ' + JSON.stringify(value));
connect = (url, options) => {
  const task = tt.connectSocket({ url, ...options,
    success: (res) => show('success', res), fail: (res) => show('fail', res) });
  for (const name of ['onOpen', 'onClose', 'onError']) task[name]((value) => show(name, value));
  task.onMessage(({ data }) => show('message', typeof data === 'string' ? data
    : [data instanceof ArrayBuffer, ...new Uint8Array(data)]));
  return task;
};
"""


@pytest.fixture
def own_server() -> Iterator[Echo]:
    with echo() as running:
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


def told(package: Played) -> list[str]:
    return [line.removeprefix("log: told ") for line in package.lines if "told" in line]


def test_texts_and_bytes_go_to_a_mapped_host_and_come_back(
    context: BrowserContext, tmp_path: Path, own_server: Echo
) -> None:
    code = """
        show('seen', typeof WebSocket);
        const task = connect('wss://game.example.com/room?a=1', { protocols: ['game'] });
        task.onOpen(() => {
          task.send({ data: 'hello' });
          task.send({ data: Uint8Array.from([0, 255]).buffer });
          task.send({ data: 'bye' });
        });
    """
    folder = write_package(tmp_path / "package", {"game.js": SHOW + code})
    mapped = (f"game.example.com=http://127.0.0.1:{own_server.port}/base",)

    with played(context, folder, map=mapped) as package:
        page = package.open()
        line_of(package, page, "told onClose")
        client = Client(package.url)
        (call,) = client.requests(api="connectSocket")

    assert told(package) == [
        'seen "undefined"',
        'success {"errMsg":"connectSocket:ok","socketTaskId":1}',
        "onOpen {}",
        'message "hello"',
        "message [true,0,255]",
        'onClose {"code":4001,"reason":"as you wish"}',
    ]
    assert own_server.paths == ["/base/room?a=1"]
    assert call["options"]["url"] == "wss://game.example.com/room?a=1"


def test_of_other_hosts_none_is_looked_up_and_each_is_told_once(
    chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    code = "for (const times of [1, 2]) connect('wss://game.example.com/?key=secret');"
    folder = write_package(tmp_path / "package", {"game.js": SHOW + code})
    net_log = tmp_path / "net.json"
    # it writes down every name that it looks up and every socket that it opens
    flags = [*FLAGS, f"--log-net-log={net_log}"]
    own = chromium.browser_type.launch(executable_path=chromium_path, args=flags)

    with played(own.new_context(), folder) as package:
        page = package.open()
        refused = until(page, lambda: reported(package, "refused_hosts"))
        until(page, lambda: len(told(package)) == 6)
        while refused != {"game.example.com": 2}:
            refused = until(page, lambda: reported(package, "refused_hosts"))
    own.close()

    failure = '{"errMsg":"connectSocket:fail url is not valid domain"}'
    expected = [f"fail {failure}", f"onError {failure}", 'onClose {"code":1006,"reason":""}']
    assert sorted(told(package)) == sorted(expected * 2)
    said = [line for line in package.lines if "Nothing is asked of game.example.com:" in line]
    assert len(said) == 1
    asked = _asked_of(net_log)
    assert any("127.0.0.1" in address for address in asked)  # it is awake
    assert not [address for address in asked if "example.com" in address]


def test_the_policy_of_the_page_lets_no_socket_out_however_it_is_made(
    chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    folder = write_package(tmp_path / "package", {"game.js": SHOW})
    net_log = tmp_path / "net.json"
    flags = [*FLAGS, f"--log-net-log={net_log}"]
    own = chromium.browser_type.launch(executable_path=chromium_path, args=flags)

    with played(own.new_context(), folder) as package:
        page = package.open()
        page.evaluate(
            """() => new Promise((resolve) => {
              new WebSocket('wss://game.example.com/').onerror = () => resolve();
            })"""
        )
    own.close()

    assert not [address for address in _asked_of(net_log) if "example.com" in address]


def opened(context: BrowserContext, folder: Path, own_server: Echo) -> Any:
    code = f"task = connect('ws://127.0.0.1:{own_server.port}/');"
    return played(context, write_package(folder / "package", {"game.js": SHOW + code}))


def test_a_player_who_goes_offline_loses_the_socket_and_gets_no_other(
    context: BrowserContext, tmp_path: Path, own_server: Echo
) -> None:
    with opened(context, tmp_path, own_server) as package:
        page = package.open()
        line_of(package, page, "told onOpen")
        Client(package.url).put_player("player-1", network="offline")
        line_of(package, page, "told onClose")
        page.evaluate("connect('ws://localhost/')")
        until(page, lambda: len(told(package)) == 7)

    failure = '{"errMsg":"connectSocket:fail network unavailable"}'
    closed = 'onClose {"code":1006,"reason":""}'
    assert told(package)[2:] == [
        f"onError {failure}",
        closed,
        f"fail {failure}",
        f"onError {failure}",
        closed,
    ]
    assert own_server.closed.wait(20)


def test_an_armed_row_is_told_to_the_callbacks_and_to_the_task(
    context: BrowserContext, tmp_path: Path, own_server: Echo
) -> None:
    folder = write_package(tmp_path / "package", {"game.js": SHOW})
    with played(context, folder) as package:
        page = package.open()
        client = Client(package.url)
        client.arm({"error": "timed-out", "api": "connectSocket"})
        page.wait_for_function("typeof connect === 'function'")
        page.evaluate(f"void connect('ws://127.0.0.1:{own_server.port}/')")
        line_of(package, page, "told onClose")
        assert "timed-out" in str(client.coverage())

    failure = '{"errMsg":"connectSocket:fail timeout"}'
    assert told(package)[:2] == [f"fail {failure}", f"onError {failure}"]
    assert not own_server.paths


def test_the_game_closes_it_with_its_code(
    context: BrowserContext, tmp_path: Path, own_server: Echo
) -> None:
    with opened(context, tmp_path, own_server) as package:
        page = package.open()
        line_of(package, page, "told onOpen")
        page.evaluate("task.close({ code: 3001, reason: 'over' })")
        line_of(package, page, "told onClose")

    assert told(package)[-1] == 'onClose {"code":3001,"reason":"over"}'
    assert own_server.closed.wait(20)
    assert own_server.close_code == 3001


def test_where_nobody_listens_it_is_an_error(context: BrowserContext, tmp_path: Path) -> None:
    folder = write_package(
        tmp_path / "package", {"game.js": SHOW + "connect('ws://127.0.0.1:1/');"}
    )
    with played(context, folder) as package:
        line_of(package, package.open(), "told onClose")

    failure = '{"errMsg":"connectSocket:fail network unavailable"}'
    assert told(package)[1:] == [f"onError {failure}", 'onClose {"code":1006,"reason":""}']
