"""A played package and the network: no packet leaves, and what stands in for a host answers."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

from backend import BYTES, Backend, backend
from browser.conftest import FLAGS
from browser.pictures import png
from process import spawn, wait_ready
from tt_emulator.client import Client

HOSTS = [f"host-{number}.example.com" for number in range(30)]
REFUSED = {"errMsg": "request:fail url is not valid domain"}
SHOW = """
const told = {};
const show = (name, value) => {
  told[name] = value;
  console.log('told ' + JSON.stringify({ [name]: value }));
};
const ask = (name, options) => tt.request({ ...options, complete: (res) => show(name, res) });
"""


class Played:
    def __init__(self, page: Page, client: Client, found: dict[str, Any], lines: list[str]) -> None:
        self.page = page
        self.client = client
        self.outcomes = found
        self.lines = lines
        """What the console said."""

    def wait(self, count: int) -> dict[str, Any]:
        """What the game has told, once it is so much."""
        with suppress(TimeoutError):
            while len(self.outcomes) < count:
                self.page.wait_for_event("console", timeout=20_000)
        assert len(self.outcomes) >= count, (self.outcomes, self.lines)
        return self.outcomes


Play = Callable[..., Any]


@pytest.fixture
def own_server() -> Iterator[Backend]:
    with backend() as running:
        yield running


@contextmanager
def played(browser: Browser, folder: Path, code: str, *flags: str) -> Iterator[Played]:
    """A package with this game.js, played and open."""
    package = folder / "package"
    package.mkdir(exist_ok=True)
    (package / "game.json").write_text('{"deviceOrientation": "portrait"}')
    (package / "game.js").write_text(SHOW + code)
    ready = folder / "ready.json"
    start = ("--port", "0", "--ephemeral", "--ready-file", str(ready), "--as", "tt")
    child = spawn("play", str(package), *start, *flags)
    try:
        facts = wait_ready(child, ready)
        page = browser.new_page(base_url=facts["game"])
        found: dict[str, Any] = {}
        lines: list[str] = []

        def hear(line: str) -> None:
            lines.append(line)
            if line.startswith("told "):
                found.update(json.loads(line.removeprefix("told ")))

        page.on("console", lambda message: hear(message.text))
        page.goto("/")
        yield Played(page, Client(facts["url"]), found, lines)
        page.close()
    finally:
        child.kill()
        child.communicate()


def test_of_thirty_hosts_none_is_looked_up_and_each_is_told_once(
    chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    code = f"""
        for (const host of {HOSTS}) {{
          const url = 'https://' + host + '/v1?key=secret';
          for (const times of [1, 2]) ask(host + times, {{ url }});
          const image = tt.createImage();
          image.onerror = () => show('image ' + host, 'error');
          image.src = 'https://' + host + '/a.png';
        }}
    """

    net_log = tmp_path / "net.json"
    # it writes down every name that it looks up and every socket that it opens
    flags = [*FLAGS, f"--log-net-log={net_log}"]
    own = chromium.browser_type.launch(executable_path=chromium_path, args=flags)

    with played(own, tmp_path, code) as play:
        found = play.wait(90)
        view = _view_with_hosts(play, 30)
    own.close()

    assert [found[f"{host}{times}"] for host in HOSTS for times in (1, 2)] == [REFUSED] * 60
    assert [found[f"image {host}"] for host in HOSTS] == ["error"] * 30
    assert view["refused_hosts"] == dict.fromkeys(HOSTS, 3)
    for host in HOSTS:
        assert sum(f"Nothing is asked of {host}:" in line for line in play.lines) == 1
    requested = _asked_of(net_log)
    assert any("127.0.0.1" in address for address in requested)  # it is awake
    assert not [address for address in requested if "example.com" in address]


def _asked_of(net_log: Path) -> set[str]:
    """Every address, name and socket's end that the browser's log has; headers are left out."""
    found: set[str] = set()
    for event in json.loads(net_log.read_text(encoding="utf-8"))["events"]:
        for name, value in event.get("params", {}).items():
            if name != "headers":
                found.add(json.dumps(value))
    return found


def _view_with_hosts(play: Played, count: int) -> dict[str, Any]:
    """The page's view, once it has told of so many hosts three times each."""
    while True:
        (page,) = play.client.control("GET", "/v1/play")["pages"]
        if sum(page["refused_hosts"].values()) >= 3 * count:
            return dict(page)
        play.page.wait_for_timeout(50)


def test_what_stands_in_for_a_host_answers_requests_and_pictures(
    chromium: Browser, tmp_path: Path, own_server: Backend
) -> None:
    cdn = tmp_path / "cdn"
    cdn.mkdir()
    (cdn / "red.png").write_bytes(png())
    (cdn / "level.json").write_text('{"level": 7}')
    code = """
        ask('json', { url: 'https://cdn.example.com/level.json' });
        ask('none', { url: 'https://cdn.example.com/none.json' });
        ask('api', { url: 'https://api.example.com/save', method: 'POST', data: { a: 1 } });
        tt.request({ url: 'https://api.example.com/bytes', responseType: 'arraybuffer',
          success({ data }) {
            show('bytes', [data instanceof ArrayBuffer, Array.from(new Uint8Array(data))]);
          },
        });
        const image = tt.createImage();
        image.onload = () => {
          const canvas = tt.createCanvas();
          Object.assign(canvas, { width: 4, height: 4 });
          const pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          show('pixel', Array.from(pen.getImageData(0, 0, 1, 1).data));
        };
        image.onerror = () => show('pixel', 'error');
        image.src = 'https://cdn.example.com/red.png';
    """
    flags = ("--map", f"cdn.example.com={cdn}", "--map", f"api.example.com={own_server.url}/base")

    own_server.answers["/base/bytes"] = (200, {}, BYTES)
    with played(chromium, tmp_path, code, *flags) as play:
        found = play.wait(5)

    assert found["json"]["data"] == {"level": 7}
    assert found["none"]["statusCode"] == 404
    assert (found["api"]["data"]["path"], found["api"]["data"]["body"]) == ("/base/save", '{"a":1}')
    assert found["bytes"] == [True, list(BYTES)]
    assert found["pixel"] == [255, 0, 0, 255]


def test_requests_that_hang_leave_the_game_its_other_calls_and_its_pictures(
    chromium: Browser, tmp_path: Path, own_server: Backend
) -> None:
    code = f"""
        const tasks = [];
        for (let index = 0; index < 15; index += 1) {{
          const fail = (res) => show('fail ' + index, res);
          tasks.push(tt.request({{ url: '{own_server.url}/hang', fail }}));
        }}
        tt.login({{ complete: (res) => {{
          show('login', res.errMsg);
          const image = tt.createImage();
          image.onerror = () => {{
            show('image', 'answered');
            tasks.forEach((task) => task.abort());
          }};
          image.src = 'none.png';
        }} }});
    """

    with played(chromium, tmp_path, code) as play:
        found = play.wait(17)

    assert (found["login"], found["image"]) == ("login:ok", "answered")
    failures = [found[f"fail {index}"] for index in range(15)]
    assert failures == [{"errMsg": "request:fail abort"}] * 15
