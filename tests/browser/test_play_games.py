"""The games that come with the emulator, played unchanged."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.playing import Played, line_of, played, until
from process import spawn, wait_ready
from tt_emulator.client import Client
from tt_emulator.errors import PackageError

GAMES = Path(__file__).parents[2] / "fixtures" / "games"
PHONE = {"width": 375, "height": 667}
PIXEL = """([x, y]) => {
    const screen = document.querySelector('canvas');
    const { width, height } = screen;
    const copy = Object.assign(document.createElement('canvas'), { width, height });
    const pen = copy.getContext('2d');
    return new Promise((resolve) => requestAnimationFrame(() => {
        pen.drawImage(screen, 0, 0);
        resolve([...pen.getImageData(x, y, 1, 1).data]);
    }));
}"""
STAR = [254, 44, 85, 255]


@pytest.fixture
def play(profile: BrowserContext, forget: Any) -> Iterator[Any]:
    @contextmanager
    def play_game(name: str, **settings: Any) -> Iterator[tuple[Played, Page]]:
        with played(profile, GAMES / name, **settings) as package:
            yield package, package.open(viewport=PHONE)

    yield play_game
    forget()


def first_frame(package: Played, page: Page) -> float:
    def found() -> float | None:
        frames = [each["first_frame_ms"] for each in package.view()["pages"]]
        return frames[-1] if frames else None

    return float(until(page, found))


def wait_for_pixel(page: Page, at: list[int], colour: list[int]) -> None:
    until(page, lambda: page.evaluate(PIXEL, at) == colour)


def test_the_demo_draws_and_a_tap_saves_the_score(play):
    with play("demo") as (package, page):
        first_frame(package, page)
        page.wait_for_function("typeof startStage === 'function'")
        expect(page.locator("canvas")).to_be_visible()
        wait_for_pixel(page, [187, 333], STAR)

        page.mouse.click(187, 333)

        with Client(package.url) as client:
            client.wait_for(api="setUserCloudStorage", count=1)
        assert package.errors == []


def test_its_score_is_there_after_the_emulator_was_killed(profile, forget, tmp_path):
    arguments = [
        "play",
        str(GAMES / "demo"),
        "--port",
        "0",
        "--data",
        str(tmp_path / "data"),
        "--ready-file",
        str(tmp_path / "r.json"),
    ]
    first = spawn(*arguments)
    facts = wait_ready(first, tmp_path / "r.json")
    page = profile.new_page()
    page.set_viewport_size(PHONE)
    page.goto(facts["game"])
    page.wait_for_function("typeof startStage === 'function'")
    page.mouse.click(187, 333)
    with Client(facts["url"]) as client:
        client.wait_for(api="setUserCloudStorage", count=1)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=30)
    (tmp_path / "r.json").unlink()

    second = spawn(*arguments)
    facts = wait_ready(second, tmp_path / "r.json")
    with Client(facts["url"]) as client:
        (player,) = client.players()
    second.terminate()
    second.communicate(timeout=30)
    forget()

    assert player["KVDataList"] == [{"key": "best", "value": "1"}]


@pytest.mark.parametrize("error", ["network-unavailable", "internal-error", "session-failure"])
def test_the_demo_meets_what_is_armed(play, error):
    with play("demo") as (package, page), Client(package.url) as client:
        page.wait_for_function("typeof startStage === 'function'")
        client.fault(error=error, api="setUserCloudStorage")
        page.mouse.click(187, 333)
        client.wait_for(api="setUserCloudStorage", count=1)
        (answer,) = client.requests(api="setUserCloudStorage")
        assert ":fail" in answer["reply"]["errMsg"]
        assert answer["fault"]


def test_the_board_of_the_open_data_domain_is_drawn_on_the_main_canvas(play):
    with play("demo", seed_world=Path("thirty-friends")) as (package, page):
        page.wait_for_function("typeof startStage === 'function'")
        page.mouse.click(187, 640)
        wait_for_pixel(page, [10, 200], [47, 48, 58, 255])
        assert package.errors == []


def test_a_game_with_an_adapter_runs_as_on_a_phone(play):
    with play("adapter") as (package, page):
        first_frame(package, page)
        line_of(package, page, "log: visit 1, zh")
        page.mouse.click(100, 100)
        line_of(package, page, "log: logged in with string")
        page.reload()
        line_of(package, page, "log: visit 2, zh")
        assert package.errors == []


def test_a_game_of_es_modules_plays_its_sounds(play):
    with play("notes") as (package, page):
        first_frame(package, page)
        page.mouse.click(20, 300)
        line_of(package, page, r"log: played 262 Hz for 0\.3 s")
        wait_for_pixel(page, [10, 300], STAR)
        assert package.errors == []


def test_a_game_whose_engine_is_only_named_says_so(profile):
    with (
        pytest.raises(PackageError, match=r"'engine', version 3\.8\.1"),
        played(profile, GAMES / "plugin"),
    ):
        pass


def test_a_folder_stands_in_for_that_engine(play, tmp_path):
    (tmp_path / "core.js").write_text(
        "exports.start = (canvas) => { canvas.getContext('2d'); console.log('started'); };"
    )
    with play("plugin", plugin=(f"engine={tmp_path}",)) as (package, page):
        line_of(package, page, "log: started")
        assert package.errors == []


def test_a_package_goes_by_the_name_of_one_that_is_shipped(profile, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with played(profile, Path("demo")) as package:
        assert package.view()["dir"] == str(GAMES / "demo")
