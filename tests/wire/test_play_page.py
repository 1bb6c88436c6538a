"""The player's page, and the game's page in it: who may frame whom, and who may ask for what."""

import errno
import http.client
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from watchdog.observers import Observer

from entry_points import EntryPoint
from tt_emulator.config import Settings
from tt_emulator.errors import Forbidden
from tt_emulator.origins import beside
from tt_emulator.server import serving
from tt_emulator.wire.guard import Guard, GuardedRequest

PAGE = "/__emulator/play/"


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What a server says of itself that plays a package."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "game.json").write_text("{}")
    (folder / "game.js").write_text("")
    with serving(Settings(port=0, data=None, play=folder)) as facts:
        yield facts


def get(url: str, path: str, host: str | None = None) -> tuple[http.client.HTTPResponse, str]:
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def policy_of(response: http.client.HTTPResponse) -> list[str]:
    return (response.getheader("Content-Security-Policy") or "").split("; ")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_players_page_frames_the_game_alone_under_the_name_by_which_it_is_asked(
    playing: dict[str, Any], name: str
) -> None:
    port, game_port = playing["port"], urlsplit(playing["game"]).port
    page, _ = get(playing["url"], PAGE, f"{name}:{port}")
    tester, _ = get(playing["url"], "/__emulator/ui/", f"{name}:{port}")

    frames = f"frame-src http://{name}:{game_port}"
    assert policy_of(page) == [*policy_of(tester), frames]
    assert "frame-ancestors 'none'" in policy_of(page)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_game_knows_the_one_page_that_may_frame_it(playing: dict[str, Any], name: str) -> None:
    game, text = get(playing["game"], "/", f"{name}:{urlsplit(playing['game']).port}")

    origin = f"http://{name}:{playing['port']}"
    found = re.search(r'id="facts">(.*?)</script>', text)
    assert found is not None
    assert json.loads(found[1])["playerPage"] == origin
    assert f"frame-ancestors 'self' {origin}" in policy_of(game)
    assert game.getheader("Origin-Agent-Cluster") == "?1"


@pytest.mark.parametrize("path", [PAGE, "/__emulator/play"])
def test_where_nothing_is_played_the_page_is_there_and_frames_nothing(
    entry_point: EntryPoint, path: str
) -> None:
    answer = entry_point("GET", path)

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-src" not in policy
    assert not re.search(rb"style=|<script>|\son\w+=|https?://(?!www.w3.org)", answer.body)


def test_where_a_token_is_asked_for_the_page_is_open_and_what_is_played_is_not() -> None:
    locked = Guard(Settings(host="0.0.0.0"), "secret")
    host = ("192.168.1.5:8717",)
    for path in (PAGE, "/__emulator/play"):
        assert locked.admit(GuardedRequest(path, host)) == ()
    for path in ("/__emulator/v1/play", "/__emulator/playx", "/__emulator/play/x"):
        with pytest.raises(Forbidden):
            locked.admit(GuardedRequest(path, host))


@pytest.mark.parametrize(
    ("host", "port", "origin"),
    [
        ("127.0.0.1:8717", 5, "http://127.0.0.1:5"),
        ("game.test", 5, "http://game.test:5"),
        ("[::1]:8717", 5, "http://[::1]:5"),
        ("[::1]", 5, "http://[::1]:5"),
        ("localhost:8717", 80, "http://localhost"),
    ],
)
def test_an_origin_beside_another_has_its_name_and_a_port_of_its_own(
    host: str, port: int, origin: str
) -> None:
    assert beside(host, port) == origin


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "game.json").write_text("{}")
    (tmp_path / "game.js").write_text("")
    return tmp_path


@contextmanager
def played(package: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The emulator's URL, and what waits for the next event of the game's origin."""
    with serving(Settings(port=0, data=None, play=package)) as facts:
        stream = urlopen(f"{facts['game']}/__play/events", timeout=60)
        assert stream.readline() == b": listening\n"
        lines = iter(stream.readline, b"")

        def next_change() -> None:
            assert next(line for line in lines if line.startswith(b"event")) == b"event: reload\n"

        with stream:
            yield facts["url"], next_change


def test_a_change_of_the_package_is_told_to_the_games_page(package: Path) -> None:
    with played(package) as (_, next_change):
        (package / "game.js").write_text("// another")
        next_change()


def test_where_the_system_watches_no_more_folders_they_are_looked_at(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(observer: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "start", full)
    with played(package) as (_, next_change):
        (package / "game.js").write_text("// another")
        next_change()


def test_a_game_json_that_is_changed_is_read_anew_and_a_broken_one_is_not_taken(
    package: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with played(package) as (url, next_change):

        def orientation() -> str:
            with urlopen(f"{url}/__emulator/v1/play") as response:
                return str(json.load(response)["orientation"])

        assert orientation() == "landscape"
        (package / "game.json").write_text('{"deviceOrientation": "portrait"}')
        while orientation() != "portrait":
            next_change()
        (package / "game.json").write_text('{"deviceOrientation": ')
        while "The game stays as it was read before." not in caplog.text:
            next_change()
        assert orientation() == "portrait"
